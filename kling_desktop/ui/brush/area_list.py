"""The list of areas, over the picture's corner: hold still first, then what moves."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from kling_desktop.records.painting import Area
from kling_desktop.ui.area_look import name_of
from kling_desktop.ui.brush.area_row import AreaRow
from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from kling_desktop.ui.brush.seats import Seats
    from kling_desktop.ui.brush.session import BrushSession

_PADDING, _AIR = 5, 12
_SIGNS = 21
"""Letters that fit into its width."""


class AreaList(QFrame):
    """Follows the session; `resized` says that it needs another height."""

    resized = Signal()
    fold_wished = Signal(bool)
    """A person wants it shorter, or whole again."""

    def __init__(self, session: BrushSession, seats: Seats, add: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "floating")
        self.setAccessibleName(self.tr("Areas"))
        self._session, self._seats = session, seats
        self._rows: dict[int, AreaRow] = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._add = QToolButton(self._inside)
        set_role(self._add, "add-area")
        self._add.setDefaultAction(add)
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add_action = add
        self._column.addWidget(self._add)
        self._column.addStretch(1)
        self._fold = self._fold_button()
        self._is_short = False
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inside)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(2)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._fold)
        for told in (session.painting_changed, session.chosen_changed, seats.known):
            told.connect(self.show_areas)
        self.show_areas()

    def sizeHint(self) -> QSize:
        """As high as its rows, as wide as names and facts usually are."""
        height = self._column.sizeHint().height() + self._fold.sizeHint().height()
        height += 2 * _PADDING + _AIR
        if self._is_short:
            return QSize(self._column.minimumSize().width() + 2 * _PADDING + _AIR, height)
        return QSize(self.whole_width(), height)

    def whole_width(self) -> int:
        """With names and facts."""
        return self.fontMetrics().averageCharWidth() * _SIGNS + 110

    @property
    def is_short(self) -> bool:
        """Whether only the numbers are shown."""
        return self._is_short

    def show_short(self, *, short: bool) -> None:
        """Only the numbers, or names and facts too."""
        self._is_short = short
        for row in self._rows.values():
            row.show_short(short=short)
        beside, alone = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
            Qt.ToolButtonStyle.ToolButtonIconOnly,
        )
        self._add.setToolButtonStyle(alone if short else beside)
        self._fold.setIcon(icon("chevrons-left" if short else "chevrons-right"))
        words = self.tr("Show the names of the areas") if short else self.tr("Show numbers only")
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        side = Qt.AlignmentFlag.AlignHCenter if short else Qt.AlignmentFlag.AlignLeft
        self._outer.setAlignment(self._fold, side)
        self._column.setAlignment(self._add, side)
        # Qt tells outer layouts of it only later.
        for row in self._rows.values():
            row.updateGeometry()
        self._column.invalidate()
        self.resized.emit()

    def show_areas(self) -> None:
        """How they are now."""
        areas = self._session.painting.areas
        if {one.number for one in areas} != {*self._rows}:
            self._make_rows([one.number for one in areas])
        for area in areas:
            is_chosen = area.number == self._session.chosen
            region = self._seats.of(area)
            self._rows[area.number].show_area(area, region, is_chosen=is_chosen)
        left = self._session.areas_left
        text = self.tr("Add an area ({count} left)").format(count=left)
        full = self.tr("No more areas: the model takes no more")
        self._add_action.setText(text if left else full)
        self._add.setAccessibleName(self._add_action.text())

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        rows = (self._rows[number] for number in sorted(self._rows))
        return (*(stop for row in rows for stop in row.stops()), self._add, self._fold)

    def _make_rows(self, numbers: list[int]) -> None:
        for number in {*self._rows} - {*numbers}:
            row = self._rows.pop(number)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, number in enumerate(numbers):
            if number not in self._rows:
                self._column.insertWidget(place, self._made(number))
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)
        self.resized.emit()

    def _made(self, number: int) -> AreaRow:
        row = self._rows[number] = AreaRow(number, self._inside)
        row.show_short(short=self._is_short)
        row.chosen.connect(self._session.choose)
        row.renamed.connect(self._on_name)
        row.shown_changed.connect(lambda one, shown: self._session.show_area(one, shown=shown))
        row.removed.connect(self._session.remove_area)
        return row

    def _fold_button(self) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "icon")
        button.setIcon(icon("chevrons-right"))
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.fold_wished.emit(not self._is_short))
        button.setToolTip(self.tr("Show numbers only"))
        button.setAccessibleName(self.tr("Show numbers only"))
        return button

    def _on_name(self, number: int, name: str) -> None:
        is_own = name != name_of(Area(number=number))
        self._session.rename(number, name if is_own else "")
        self.show_areas()
