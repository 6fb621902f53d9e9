"""A body that belongs to the title above it: set in, with a line at its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_LINE = 2
_INDENT = 12


class Indented(QWidget):
    """A column of fields."""

    def __init__(self, parent: QWidget | None, *, plain: bool = False) -> None:
        super().__init__(parent)
        self._plain = plain
        self.column = QVBoxLayout(self)
        self.column.setSpacing(12)
        self._set_in()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_in()

    def _set_in(self) -> None:
        indent = 0 if self._plain else _INDENT
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.column.setContentsMargins(*((0, 0, indent, 0) if is_mirrored else (indent, 0, 0, 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._plain:
            return
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _LINE if is_mirrored else 0
        line = QColor(tokens_of(self.palette()).line)
        QPainter(self).fillRect(left, 0, _LINE, self.height(), line)
