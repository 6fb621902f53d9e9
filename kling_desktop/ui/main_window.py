"""The one window: three columns that can be moved, folded and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.frame_fit import FrameFit
from kling_desktop.ui.outline import Outline
from kling_desktop.ui.theme import BODY_PIXELS
from kling_desktop.ui.window_memory import first_place, fitted, present_screens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent

    from kling_desktop.ui.actions import Actions

NARROW = 1180
"""Below this width, in logical pixels, the queue folds to a rail by itself."""
VAST, HIGH = 2400, 1500
"""From these sizes on every column gets more."""
LOW = 760
"""Below this height the library shows one row."""
_FIRST_SIZES = {
    "make wide": 372,
    "make narrow": 320,
    "make vast": 460,
    "queue wide": 310,
    "queue narrow": 300,
    "queue vast": 400,
    "library tall": 207,
    "library low": 92,
    "library high": 360,
}
"""Logical pixels of what a person can drag, for each kind of room there is."""
_GROWING = {"make": 0.6, "queue": 0.4, "library": 0.5}
"""How much of the growth of the text each of them follows: half of what is in them is pictures."""
_LARGEST_PART = 0.38
"""Of the width of the window, for a column that only grew with the text."""
_FIRST_UNFOLDED = {"vast": True, "wide": True, "narrow": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """What the window is furnished with."""

    make: QWidget
    stage: QWidget
    library: QWidget
    queue: QWidget
    status: QWidget
    rail: QWidget | None = None
    """What is left of the queue where it is folded; without one it never folds by itself."""


class MainWindow(QMainWindow):
    """Holds the panels; knows nothing of what is in them.

    It can be shown before there are any: `furnish` brings them.

    `close_asked` comes instead of closing, until `allow_close`. `low_changed` says whether there
    is room for one row of clips only, `folded_changed` whether the queue is a rail.
    """

    close_asked = Signal()
    low_changed = Signal(bool)
    folded_changed = Signal(bool)
    project_asked = Signal(object)
    """The button that names the project."""
    moved_or_sized = Signal()

    _panels: Panels
    _actions: Actions

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_furnished = False
        self._may_close = False
        self._low = False
        self._unfold_wish = dict(_FIRST_UNFOLDED)
        self._sizes: dict[str, int] = {}
        self._hidden: list[str] = []
        self._arranged_for = ("", "")
        self.close_was_asked = False
        self.setWindowTitle(self.tr("Kling Desktop"))
        self.setMinimumSize(800, 480)
        self.setAcceptDrops(False)
        self.setGeometry(first_place(present_screens()[0]))
        self._frame_fit = FrameFit(self)
        self.outline: Outline | None = Outline(self._split, self)
        self.setCentralWidget(self.outline)

    def furnish(self, panels: Panels, actions: Actions) -> None:
        """Put the panels in their places. Once; a window that is shown keeps them for `unveil`."""
        from kling_desktop.ui.plain_keys import PlainKeys

        self.outline = None
        self.installEventFilter(PlainKeys(self))
        self._panels, self._actions = panels, actions
        self._side = _Side()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._centre = QSplitter(Qt.Orientation.Vertical)
        self._project = QPushButton()
        self._lay()
        self._lay_menu()
        self._tie()
        self._is_furnished = True
        self._show_parts()
        self._arrange()

    def unveil(self) -> None:
        """Show all panels at once: one by one, each would be measured over and over."""
        for part in (self.menuWidget(), self.centralWidget()):
            if part is not None:
                part.show()

    def show_project(self, name: str) -> None:
        """Name the project at the top right."""
        self._project.setText(name)
        self._project.setAccessibleName(self.tr("Project: {name}").format(name=name))

    def allow_close(self) -> None:
        """Close for good."""
        self._may_close = True
        self.close()

    def unfold_queue(self) -> None:
        """Show the queue instead of its rail, at this width of the window from now on."""
        self._unfold_wish[self._room(self.size())[0]] = True
        self._arrange()
        self.moved_or_sized.emit()

    def fold_queue(self) -> None:
        """Make a rail of the queue, at this width of the window, until it is asked for again."""
        self._unfold_wish[self._room(self.size())[0]] = False
        self._arrange()
        self.moved_or_sized.emit()

    def _fold_or_unfold(self, fold: bool) -> None:
        """Someone who folds or unfolds the queue wants it to be there."""
        self._actions.show_queue.setChecked(True)
        self.fold_queue() if fold else self.unfold_queue()

    @property
    def centre(self) -> QWidget:
        """The middle column: stage and library."""
        return self._centre

    @property
    def is_folded(self) -> bool:
        """Whether the queue is a rail now."""
        return not self._side.is_open

    @property
    def is_low(self) -> bool:
        """Whether there is room for one row of clips only."""
        return self._low

    def save_state(self) -> dict[str, Any]:
        """Place, sizes and folds, as plain JSON."""
        place = self.normalGeometry()
        return {
            "place": [place.x(), place.y(), place.width(), place.height()],
            "maximized": self.isMaximized(),
            "sizes": dict(self._sizes),
            "unfold": dict(self._unfold_wish),
            "hidden": [name for name in _SWITCHES if not self._actions.named(name).isChecked()],
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Lay everything as `save_state` saw it, moved onto a screen that is there."""
        place = state.get("place")
        if isinstance(place, list) and len(place) == 4:
            self.setGeometry(fitted(QRect(*map(int, place)), present_screens()))
            self._frame_fit.placed(self.size())
        self._unfold_wish |= dict(state.get("unfold", {}))
        self._hidden = list(state.get("hidden", []))
        kept = state.get("sizes", {})
        self._sizes |= {name: int(kept[name]) for name in _FIRST_SIZES if name in kept}
        if self._is_furnished:
            self._show_parts()
            self._arrange()
        if state.get("maximized"):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def restore_layout(self) -> None:
        """Put all columns back to where they were at first; the window stays where it is."""
        self._unfold_wish = dict(_FIRST_UNFOLDED)
        self._hidden = []
        self._show_parts()
        self._sizes = {}
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._frame_fit.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_furnished and self._arranged_for != self._room(event.size()):
            self._arrange()
        self.moved_or_sized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange and self._is_furnished:
            self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_was_asked = True
        self.close_asked.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self._is_furnished:
            return super().focusNextPrevChild(forward)
        from kling_desktop.ui.tab_walk import step

        return step(self, self._sections(), forward=forward)

    def _sections(self) -> tuple[QWidget, ...]:
        from kling_desktop.ui.make_column import MakeColumn

        make = self._panels.make
        first = make.sections if isinstance(make, MakeColumn) else (make,)
        panels = self._panels
        return (*first, panels.stage, panels.library, self._side, panels.status, self._project)

    def _show_parts(self) -> None:
        for name in _SWITCHES:
            self._actions.named(name).setChecked(name not in self._hidden)

    def _split(self, size: QSize) -> tuple[int, int, int]:
        """Where the panels will stand, as `_arrange` lays them."""
        breadth, height = self._room(size)
        side = self._size_of(f"queue {breadth}") if self._unfold_wish[breadth] else _RAIL
        return self._size_of(f"make {breadth}"), side, self._size_of(f"library {height}")

    def _size_of(self, name: str) -> int:
        """What was dragged, else what is good at first; larger text needs more of it."""
        if name in self._sizes:
            return self._sizes[name]
        larger = max(0.0, QApplication.font().pixelSize() / BODY_PIXELS - 1)
        wished = round(_FIRST_SIZES[name] * (1 + larger * _GROWING[name.partition(" ")[0]]))
        most = int(self.width() * _LARGEST_PART)
        return wished if "library" in name else max(_FIRST_SIZES[name], min(wished, most))

    def _arrange(self) -> None:
        """Lay columns and rows as they belong to the room there is."""
        was_open, was_low = self._side.is_open, self._low
        self._arranged_for = breadth, height = self._room(self.size())
        self._low = height == "low"
        self._side.open(wide=self._unfold_wish[breadth])
        side = self._size_of(f"queue {breadth}")
        side = side if self._side.is_open else self._side.sizeHint().width()
        make, foot = self._size_of(f"make {breadth}"), self._size_of(f"library {height}")
        self._columns.setSizes([make, max(1, self.width() - make - side), side])
        self._centre.setSizes([max(1, self.height() - foot), foot])
        if was_low != self._low:
            self.low_changed.emit(self._low)
        if was_open != self._side.is_open:
            self.folded_changed.emit(not self._side.is_open)

    def _note_sizes(self) -> None:
        """Keep what was dragged for the next time there is this kind of room."""
        breadth, height = self._room(self.size())
        make, _middle, side = self._columns.sizes()
        library = self._centre.sizes()[1]
        dragged = {f"make {breadth}": make, f"library {height}": library}
        if self._side.is_open:
            dragged[f"queue {breadth}"] = side
        self._sizes |= {name: size for name, size in dragged.items() if size > 0}
        self.moved_or_sized.emit()

    def _room(self, size: QSize) -> tuple[str, str]:
        width, height = size.width(), size.height()
        breadth = "narrow" if width < NARROW else "vast" if width >= VAST else "wide"
        return breadth, "low" if height < LOW else "high" if height >= HIGH else "tall"

    def _tie(self) -> None:
        self._project.clicked.connect(lambda: self.project_asked.emit(self._project))
        self._columns.splitterMoved.connect(self._note_sizes)
        self._centre.splitterMoved.connect(self._note_sizes)
        self._actions.show_make.toggled.connect(self._panels.make.setVisible)
        self._actions.show_library.toggled.connect(self._panels.library.setVisible)
        self._actions.show_queue.toggled.connect(self._side.setVisible)
        self._actions.fold_queue.triggered.connect(self._fold_or_unfold)
        self.folded_changed.connect(self._actions.fold_queue.setChecked)
        self._actions.restore_layout.triggered.connect(self.restore_layout)

    def _lay(self) -> None:
        """From the outside in: each change of parent makes Qt look up all styles again."""
        from kling_desktop.ui.make_column import rule

        whole = QWidget(self)
        whole.setHidden(self.isVisible())
        self.setCentralWidget(whole)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._columns, 1)
        column.addWidget(rule(whole))
        column.addWidget(self._panels.status)
        for splitter, parts in (
            (self._columns, (self._panels.make, self._centre, self._side)),
            (self._centre, (self._panels.stage, self._panels.library)),
        ):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            for part in parts:
                splitter.addWidget(part)
        self._side.furnish(self._panels.queue, self._panels.rail)
        self._columns.setStretchFactor(1, 1)
        self._centre.setStretchFactor(0, 1)

    def _lay_menu(self) -> None:
        from kling_desktop.ui.icons import icon
        from kling_desktop.ui.make_column import rule
        from kling_desktop.ui.style import set_role

        bar = QFrame(self)
        bar.setHidden(self.isVisible())
        self.setMenuWidget(bar)
        set_role(bar, "bar")
        column = QVBoxLayout(bar)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(5, 4, 14, 4)
        column.addLayout(row)
        column.addWidget(rule(bar))
        menus = QMenuBar(bar)
        row.addWidget(menus, 1)
        row.addWidget(self._project)
        self._actions.fill(menus, self)
        set_role(self._project, "chip")
        self._project.setIcon(icon("folder"))


_RAIL = 43
"""Logical pixels of the folded queue, as far as is known before it is there."""
_SWITCHES = ("show_make", "show_library", "show_queue")


class _Side(QWidget):
    """The queue, or the rail that is left of it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = True
        self._queue: QWidget | None = None
        self._rail: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def furnish(self, queue: QWidget, rail: QWidget | None) -> None:
        self._queue, self._rail = queue, rail
        self._row.addWidget(queue)
        if rail is not None:
            self._row.addWidget(rail)
            rail.hide()

    def open(self, *, wide: bool) -> None:
        if self._queue is None or self._rail is None:
            return
        self.is_open = wide
        self._queue.setVisible(wide)
        self._rail.setVisible(not wide)
        rail_width = self._rail.sizeHint().width()
        self.setMinimumWidth(0 if wide else rail_width)
        self.setMaximumWidth(_NO_LIMIT if wide else rail_width)


_NO_LIMIT = 16777215
"""Qt's own word for a widget that may be as wide as it likes."""
