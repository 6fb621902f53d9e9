"""Words on a dark ground that can be read on any picture."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from kling_desktop.ui.theme import DARK

GROUND = QColor(10, 10, 10, 205)
INK = QColor(DARK.text)
_SMALL = 12 / 13
_ACROSS, _DOWN = 10, 3
_LEAST = "mmmm…"


def chip_font() -> QFont:
    """A little smaller than running text, and growing with it."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(12, round(font.pixelSize() * _SMALL)) if font.pixelSize() > 0 else 12)
    return font


def chip_height() -> int:
    """Of every chip in a row."""
    return QFontMetrics(chip_font()).height() + 2 * _DOWN


def paint_ground(painter: QPainter, rect: QRectF) -> None:
    """The pill behind the words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GROUND)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


class Chip(QLabel):
    """One line, elided in the middle where there is no room; the whole text is the tooltip."""

    def __init__(self, parent: QWidget, *, tip: str = "", shrinks: bool = True) -> None:
        super().__init__(parent)
        self._tip = tip
        self._shrinks = shrinks
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Says this, or is not there."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def full_text(self) -> str:
        """All of it."""
        return self.text()

    def shown_text(self) -> str:
        """As painted."""
        room = self.width() - 2 * _ACROSS
        metrics = QFontMetrics(chip_font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        width = QFontMetrics(chip_font()).horizontalAdvance(self.text())
        return QSize(math.ceil(width) + 2 * _ACROSS + 1, chip_height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters, for the eye to find it by."""
        if not self._shrinks:
            return self.sizeHint()
        least = QFontMetrics(chip_font()).horizontalAdvance(_LEAST) + 2 * _ACROSS
        return QSize(min(least, self.sizeHint().width()), chip_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and words."""
        shown = self.shown_text()
        self.setToolTip(self.text() if shown != self.text() else self._tip)
        painter = QPainter(self)
        paint_ground(painter, QRectF(self.rect()))
        painter.setFont(chip_font())
        painter.setPen(INK)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()
