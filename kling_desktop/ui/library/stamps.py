"""Small painted things that many cards share or paint again and again, kept as pictures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from PySide6.QtGui import QFont

    from kling_desktop.ui.theme import Tokens

_BADGE_BACK = QColor(0, 0, 0, 176)
_BADGE_TEXT = QColor("#ececec")
_MOST = 200


class Stamps:
    """Badges and words of cards for one theme, one font and one scale of the screen."""

    def __init__(self, tokens: Tokens, font: QFont, scale: float) -> None:
        self.tokens = tokens
        self.scale = scale
        self._font = font
        self._metrics = QFontMetrics(font)
        self._kept: dict[Hashable, QPixmap] = {}

    def badge(self, text: str, *, loud: bool = False, room: int = 400) -> QPixmap:
        """Words on a round-cornered ground, elided to `room`; loud is on the accent."""
        return self._stamp((text, loud, room), lambda: self._badge(text, room, loud=loud))

    def words(self, title: str, meta: str, stars: int, size: QSize) -> QPixmap:
        """Two lines below a poster: title; take and model with the stars at the right."""
        key = (title, meta, stars, size.width(), size.height())
        return self._stamp(key, lambda: self._words(title, meta, stars, size))

    def _stamp(self, key: Hashable, made: Callable[[], QPixmap]) -> QPixmap:
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            kept = self._kept[key] = made()
        return kept

    def _badge(self, text: str, room: int, *, loud: bool) -> QPixmap:
        text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 12)
        size = QSize(self._metrics.horizontalAdvance(text) + 12, self._metrics.height() + 2)
        picture = self._blank(size, QColor(Qt.GlobalColor.transparent))
        painter = self._painter(picture)
        box = QRectF(0, 0, size.width(), size.height())
        back = QColor(self.tokens.button) if loud else _BADGE_BACK
        painter.fillPath(rounded(box, 4), back)
        painter.setPen(QColor("#ffffff") if loud else _BADGE_TEXT)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return picture

    def _words(self, title: str, meta: str, stars: int, size: QSize) -> QPixmap:
        # On the ground of the panel, so that the letters keep the screen's own smoothing.
        picture = self._blank(size, QColor(self.tokens.panel))
        painter = self._painter(picture)
        line = QRect(0, 0, size.width(), size.height() // 2)
        vertical, elide = Qt.AlignmentFlag.AlignVCenter, self._metrics.elidedText
        painter.setPen(QColor(self.tokens.text))
        painter.drawText(line, vertical, elide(title, Qt.TextElideMode.ElideMiddle, line.width()))
        line.translate(0, line.height())
        taken = _paint_stars(painter, line, stars, QColor(self.tokens.warn))
        painter.setPen(QColor(self.tokens.text2))
        shown = elide(meta, Qt.TextElideMode.ElideRight, line.width() - taken)
        painter.drawText(line, vertical, shown)
        painter.end()
        return picture

    def _blank(self, size: QSize, color: QColor) -> QPixmap:
        scaled = QSize(round(size.width() * self.scale), round(size.height() * self.scale))
        picture = QPixmap(scaled)
        picture.setDevicePixelRatio(self.scale)
        picture.fill(color)
        return picture

    def _painter(self, picture: QPixmap) -> QPainter:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        return painter


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """A rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _paint_stars(painter: QPainter, line: QRect, stars: int, color: QColor) -> int:
    """Paints at the right end of a line; returns the width that is taken."""
    if not stars:
        return 0
    side = max(10, round(line.height() * 0.66))
    painter.save()
    painter.translate(line.right() + 1 - stars * side, line.top() + (line.height() - side) // 2)
    for _ in range(stars):
        painter.fillPath(_star(side), color)
        painter.translate(side, 0)
    painter.restore()
    return stars * side + 6


def _star(side: int) -> QPainterPath:
    """A five-pointed star in a square of this side, half a pixel free all round."""
    middle, far = side / 2, side / 2 - 0.5
    path = QPainterPath()
    for point in range(10):
        reach = far if point % 2 == 0 else far * 0.42
        angle = math.pi * point / 5 - math.pi / 2
        x, y = middle + reach * math.cos(angle), middle + 0.5 + reach * math.sin(angle)
        if point == 0:
            path.moveTo(x, y)
        else:
            path.lineTo(x, y)
    path.closeSubpath()
    return path
