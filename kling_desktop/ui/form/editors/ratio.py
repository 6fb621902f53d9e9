"""Aspect ratios, drawn as the shapes that they are."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.form.editors.choices import ratio_of
from kling_desktop.ui.form.editors.segments import SegmentsEditor
from kling_desktop.ui.theme import tokens_of


class RatioEditor(SegmentsEditor):
    """Segments with a drawn frame before each text."""

    def _icon(self, value: object) -> QIcon | None:
        shape = ratio_of(value)
        return QIcon(_Frame(*shape)) if shape else None


class _Frame(QIconEngine):
    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._shape = (width, height)

    def clone(self) -> QIconEngine:
        return _Frame(*self._shape)

    def isNull(self) -> bool:
        return False

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self._draw(painter, QRectF(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        picture.setDevicePixelRatio(scale)
        return picture

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._draw(painter, QRectF(rect), mode, state)

    def _draw(self, painter: QPainter, rect: QRectF, mode: QIcon.Mode, state: QIcon.State) -> None:
        width, height = self._shape
        stroke = rect.width() / 16 * 1.5
        room = min(rect.width(), rect.height()) - 2 * stroke
        longest = max(width, height)
        frame = QRectF(0, 0, room * width / longest, room * height / longest)
        frame.moveCenter(rect.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(_ink(mode, state)), stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, stroke, stroke)


def _ink(mode: QIcon.Mode, state: QIcon.State) -> str:
    tokens = tokens_of(QApplication.palette())
    if mode == QIcon.Mode.Disabled:
        return tokens.text3
    return tokens.text if state == QIcon.State.On else tokens.text2
