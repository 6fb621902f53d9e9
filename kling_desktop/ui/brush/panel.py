"""The brush as a whole: the picture, the tools and areas on it, the bars below."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from kling_desktop.ui.brush.area_list import AreaList
from kling_desktop.ui.brush.bars import DoneBar, SizeBar
from kling_desktop.ui.brush.brush_actions import BrushActions
from kling_desktop.ui.brush.canvas import BrushCanvas
from kling_desktop.ui.brush.session import BrushSession
from kling_desktop.ui.brush.tool_column import ToolColumn
from kling_desktop.ui.plain_keys import belongs_to_focus
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kling_desktop.records.painting import Painting, Point

_EDGE = 12
_MOST_OF_ROOM = 0.32
"""Of the width: a wider list would take too much of the picture, and shows numbers only."""


class BrushPanel(QFrame):
    """One painting, from opening to Done."""

    painting_changed = Signal()
    done = Signal()

    def __init__(self, painting: Painting, most_areas: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "stage")
        self.setAccessibleName(self.tr("Motion brush"))
        self.session = BrushSession(painting, most_areas, self)
        self.canvas = BrushCanvas(self.session, self)
        self.actions_ = BrushActions(self.session, self.canvas, self)
        acts = self.actions_
        self._tools = ToolColumn((*acts.tools, acts.undo, acts.redo), self.canvas)
        self.areas = AreaList(self.session, self.canvas.seats, acts.add, self.canvas)
        self._size_bar, self._done_bar = SizeBar(self.session, self), DoneBar(acts, self)
        self._folded: bool | None = None
        self._words = QLabel(self.canvas)
        set_role(self._words, "picture-chip")
        self._words.hide()
        self._lay_out()
        self._connect()

    @property
    def painting(self) -> Painting:
        """As it is now."""
        return self.session.painting

    def show_picture(self, picture: QImage) -> None:
        """What is painted on."""
        self.canvas.show_picture(picture)

    def event(self, event: QEvent) -> bool:
        """Claims its keys before the window's own shortcuts see them."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_taken = belongs_to_focus(event, QApplication.focusWidget())
            if not is_taken and self.actions_.of_key(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody inside used."""
        action = self.actions_.of_key(event)
        if action is None:
            super().keyPressEvent(event)
        elif action.isEnabled():
            action.trigger()

    def _connect(self) -> None:
        self.session.painting_changed.connect(self.painting_changed)
        self.session.painting_changed.connect(self._describe)
        self.session.chosen_changed.connect(self._describe)
        self.session.tool_changed.connect(self._describe)
        self.actions_.done.triggered.connect(self._on_done)
        self.canvas.menu_wished.connect(self._open_menu)
        self.canvas.poured.connect(self._pour)
        self.canvas.installEventFilter(self)
        self.areas.resized.connect(self._arrange)
        self.areas.fold_wished.connect(self._on_fold)
        self._describe()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """What lies on the picture follows its size."""
        if watched is self.canvas and event.type() is QEvent.Type.Resize:
            self._arrange()
        return False

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        for bar in (self._size_bar, self._done_bar):
            rule = QFrame(self)
            set_role(rule, "rule")
            rule.setFixedHeight(1)
            column.addWidget(rule)
            column.addWidget(bar)
        bars = (*self._size_bar.stops(), *self._done_bar.stops())
        for before, after in pairwise(
            (self.canvas, *self._tools.stops(), *self.areas.stops(), *bars)
        ):
            QWidget.setTabOrder(before, after)

    def _arrange(self) -> None:
        room = self.canvas.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self._tools.fit(room.height())
        self._tools.move(room.topLeft())
        is_roomy = self.areas.whole_width() <= room.width() * _MOST_OF_ROOM
        wanted = not is_roomy if self._folded is None else self._folded
        if wanted != self.areas.is_short:
            self.areas.show_short(short=wanted)
            return
        size = self.areas.sizeHint()
        self.areas.resize(size.width(), min(size.height(), room.height()))
        self.areas.move(room.right() + 1 - size.width(), room.top())
        beside = size.width() + _EDGE if is_roomy or wanted else 0
        self.canvas.keep_free(QMargins(self._tools.width() + _EDGE, 0, beside, 0))
        self._words.adjustSize()
        bottom = room.bottom() - self._words.height()
        self._words.move((self.canvas.width() - self._words.width()) // 2, bottom)

    def _describe(self) -> None:
        """What to do next, until it is done; and for those who cannot see the picture."""
        area, words = self.session.area, ""
        if not area.marks:
            words = self.tr("Paint over what should hold still.")
            if area.number:
                words = self.tr("Paint over what should move.")
        elif area.number and not area.path:
            words = self.tr("Now draw its path: press P.")
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.canvas.setAccessibleDescription(
            " ".join((words, self.tr("Arrows move the brush, Enter sets it down and lifts it.")))
        )
        self._arrange()

    def _on_done(self) -> None:
        if not self.canvas.let_go():
            self.done.emit()

    def _on_fold(self, short: bool) -> None:
        self._folded = short
        self._arrange()

    def _pour(self, point: Point) -> None:
        from kling_desktop.media.regions import poured

        patch = poured(self.session.area, self.painting.size, point)
        if patch is not None:
            self.session.add_mark(patch)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.actions_.in_menu():
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        menu.popup(place)
