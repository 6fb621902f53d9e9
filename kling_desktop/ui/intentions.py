"""The tiles that say what a clip is made from; one line of choice where there is no room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.icons import icon
from kling_desktop.ui.intention_tile import IntentionTile
from kling_desktop.ui.style import set_role

_COLUMNS = (4, 3, 2)
_SPACING = 6
_MOST_OF_HEIGHT = 0.3
"""The tiles may take so much of the column; beyond it they fold to one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One intention as it is shown."""

    key: str
    short: str
    """On the tile: "Picture"."""
    long: str
    """Where it stands alone: "From picture"."""
    icon: str
    tip: str = ""


class Intentions(QWidget):
    """Exactly one of the given intentions is chosen.

    `chosen` carries its key; `order_changed` the keys in the order that a person gave them, empty
    for the usual one.
    """

    chosen = Signal(str)
    order_changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[Tile, ...] = ()
        self._low = False
        self._columns = 0
        self._board = QWidget(self)
        self._grid = QGridLayout(self._board)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._tiles[number].key))
        self._combo: QComboBox | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._board)
        self._board.setAccessibleName(self.tr("What the clip is made from"))
        # Laid in four columns, the tiles must not keep the window from becoming narrower.
        self._board.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_tiles(self, tiles: tuple[Tile, ...], chosen: str) -> None:
        """Show these intentions, one of them chosen."""
        if tiles != self._tiles:
            self._tiles = tiles
            self._make_tiles()
            self._fill_combo()
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Show another one as chosen, without a signal."""
        for number, tile in enumerate(self._tiles):
            if tile.key == key:
                self._group.button(number).setChecked(True)
                if self._combo is not None:
                    self._combo.setCurrentIndex(number)

    def chosen_key(self) -> str:
        """The key of the chosen one; empty before any is shown."""
        number = self._group.checkedId()
        return self._tiles[number].key if number >= 0 else ""

    def fit(self, width: int, height: int, *, low: bool) -> None:
        """Lay the tiles for a column of that size in pixels, in one line where it is `low`."""
        for button in self._group.buttons():
            button.ensurePolished()
        sizes = [button.sizeHint() for button in self._group.buttons()]
        least = max((size.width() for size in sizes), default=0)
        columns = min(_columns_for(width, least), max(1, len(sizes)))
        rows = -(-len(sizes) // columns)
        tall = rows * (max((size.height() for size in sizes), default=0) + _SPACING)
        cramped = columns * (least + _SPACING) - _SPACING > width
        self._set_low(low=low or cramped or (rows > 2 and tall > height * _MOST_OF_HEIGHT))
        self._lay_tiles(columns)

    def _set_low(self, *, low: bool) -> None:
        if low == self._low:
            return
        self._low = low
        if low and self._combo is None:
            self._combo = self._built_combo()
            self._fill_combo()
            self.choose(self.chosen_key())
        self._board.setVisible(not low)
        if self._combo is not None:
            self._combo.setVisible(low)

    def _make_tiles(self) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        for number, tile in enumerate(self._tiles):
            self._group.addButton(self._built_tile(tile), number)
        columns, self._columns = self._columns or _COLUMNS[0], 0
        self._lay_tiles(columns)

    def _lay_tiles(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, button in enumerate(self._group.buttons()):
            self._grid.addWidget(button, number // columns, number % columns)
            self._grid.setColumnStretch(number % columns, 1)

    def _built_tile(self, tile: Tile) -> QToolButton:
        button = IntentionTile(self._board)
        set_role(button, "intention")
        button.setText(tile.short)
        button.setIcon(icon(tile.icon))
        button.setToolTip(tile.tip or tile.long)
        button.setAccessibleName(tile.long)
        button.setAccessibleDescription(tile.tip)
        button.menu_wished.connect(lambda spot: self.menu(tile.key).popup(spot))
        button.dropped_on.connect(lambda other: self._put_at(tile.key, other))
        return button

    def menu(self, key: str) -> QMenu:
        """What can be done with one of them: its place in the order."""
        keys = [tile.key for tile in self._tiles]
        place = keys.index(key)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Order of the tiles"))
        earlier = menu.addAction(icon("arrow-left"), self.tr("Move one place forward"))
        earlier.setEnabled(place > 0)
        earlier.triggered.connect(lambda: self._move(key, place - 1))
        later = menu.addAction(icon("arrow-right"), self.tr("Move one place back"))
        later.setEnabled(place < len(keys) - 1)
        later.triggered.connect(lambda: self._move(key, place + 1))
        menu.addSeparator()
        menu.addAction(self.tr("Usual order"), lambda: self.order_changed.emit(()))
        return menu

    def _put_at(self, key: str, other: QWidget) -> None:
        place = self._group.id(other) if isinstance(other, QToolButton) else -1
        if place >= 0:
            self._move(key, place)

    def _move(self, key: str, place: int) -> None:
        keys = [tile.key for tile in self._tiles if tile.key != key]
        keys.insert(place, key)
        if keys != [tile.key for tile in self._tiles]:
            self.order_changed.emit(tuple(keys))

    def _built_combo(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(self.tr("What the clip is made from"))
        combo.setIconSize(QSize(16, 16))
        combo.setMinimumContentsLength(6)
        combo.activated.connect(self._choose_from_combo)
        combo.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        combo.customContextMenuRequested.connect(
            lambda spot: self.menu(self.chosen_key()).popup(combo.mapToGlobal(spot))
        )
        self._column.addWidget(combo)
        return combo

    def _fill_combo(self) -> None:
        if self._combo is None:
            return
        self._combo.clear()
        for tile in self._tiles:
            self._combo.addItem(icon(tile.icon), tile.long, tile.key)
            self._combo.setItemData(self._combo.count() - 1, tile.tip, Qt.ItemDataRole.ToolTipRole)

    def _choose_from_combo(self, number: int) -> None:
        self._group.button(number).setChecked(True)
        self.chosen.emit(self._tiles[number].key)


def _columns_for(width: int, least: int) -> int:
    for columns in _COLUMNS:
        if columns * (least + _SPACING) - _SPACING <= width:
            return columns
    return _COLUMNS[-1]
