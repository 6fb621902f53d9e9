"""The window's surfaces before anything stands on them, so that nothing moves when it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPaintEvent

    Split = Callable[[QSize], tuple[int, int, int]]
    """Widths of the left and the right column and the height of the lower row, for a size."""

_HEAD, _FOOT = 35, 26
"""Logical pixels of the menu bar and of the line at the foot, with their rules."""


class Outline(QWidget):
    """Paints where the columns will be; holds no widget and needs no font."""

    def __init__(self, split: Split, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._split = split
        self.was_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        left, right, low = self._split(self.size())
        whole = QRect(0, _HEAD, self.width(), self.height() - _HEAD - _FOOT)
        middle = whole.adjusted(left + 1, 0, -right - 1, -low - 1)
        palette, painter = self.palette(), QPainter(self)
        line = palette.color(QPalette.ColorRole.Mid)
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Window))
        painter.fillRect(middle, palette.color(QPalette.ColorRole.Shadow))
        for edge in (
            QRect(0, _HEAD - 1, self.width(), 1),
            QRect(0, whole.bottom() + 1, self.width(), 1),
            QRect(left, whole.top(), 1, whole.height()),
            QRect(middle.right() + 1, whole.top(), 1, whole.height()),
            QRect(left, middle.bottom() + 1, middle.width(), 1),
        ):
            painter.fillRect(edge, line)
        painter.end()
        self.was_painted = True
