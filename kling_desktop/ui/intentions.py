"""The tiles that say what a clip is made from; one line of choice where the window is low."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role

_COLUMNS = 4


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
    """Exactly one of the given intentions is chosen; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[Tile, ...] = ()
        self._low = False
        self._board = QWidget(self)
        self._grid = QGridLayout(self._board)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._tiles[number].key))
        self._combo: QComboBox | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._board)
        self._board.setAccessibleName(self.tr("What the clip is made from"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_tiles(self, tiles: tuple[Tile, ...], chosen: str) -> None:
        """Show these intentions, one of them chosen."""
        if tiles != self._tiles:
            self._tiles = tiles
            self._lay_tiles()
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

    def set_low(self, low: bool) -> None:
        """One line instead of tiles, for a low window."""
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

    def _lay_tiles(self) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._grid.removeWidget(old)
            old.deleteLater()
        columns = min(_COLUMNS, max(1, len(self._tiles)))
        for number, tile in enumerate(self._tiles):
            button = _built_tile(tile, self._board)
            self._group.addButton(button, number)
            self._grid.addWidget(button, number // columns, number % columns)

    def _built_combo(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(self.tr("What the clip is made from"))
        combo.setIconSize(QSize(16, 16))
        combo.setMinimumContentsLength(6)
        combo.activated.connect(self._choose_from_combo)
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


def _built_tile(tile: Tile, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    set_role(button, "intention")
    button.setText(tile.short)
    button.setIcon(icon(tile.icon))
    button.setIconSize(QSize(18, 18))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setCheckable(True)
    button.setToolTip(tile.tip or tile.long)
    button.setAccessibleName(tile.long)
    button.setAccessibleDescription(tile.tip)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
