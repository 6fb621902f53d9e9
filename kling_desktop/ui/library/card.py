"""How one clip's card is laid out and painted: poster, badges, two lines of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen
from PySide6.QtWidgets import QStyle

from kling_desktop.ui.library.stamps import rounded
from kling_desktop.ui.theme import BODY_PIXELS

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from kling_desktop.ui.library.stamps import Stamps
    from kling_desktop.ui.theme import Tokens

GAP = 8
"""Logical pixels between two cards and round them."""
RADIUS = 6
_RING = 2
_WIDTH = 168
"""Logical pixels of a poster under words of the usual size."""
_INNER_RING = QColor(255, 255, 255, 170)
_ABOVE_WORDS = 6


@dataclass(frozen=True, slots=True)
class CardShape:
    """The sizes of every card at the present text size, in logical pixels."""

    poster: QSize
    line: int
    """Height of one line of words; 0 where there is room for posters only."""

    @classmethod
    def full(cls, font: QFont) -> CardShape:
        """Poster and two lines of words; larger words have a wider poster above them."""
        larger = max(0.0, font.pixelSize() / BODY_PIXELS - 1)
        width = round(_WIDTH * (1 + larger / 2))
        return cls(QSize(width, round(width * 9 / 16)), QFontMetrics(font).height() + 1)

    @classmethod
    def low(cls, height: int) -> CardShape:
        """Only the poster, as high as there is room."""
        poster = max(36, min(94, height - 2 * GAP))
        return cls(QSize(round(poster * 16 / 9), poster), 0)

    @property
    def grid(self) -> QSize:
        """What one card takes, its gap included."""
        words = 2 * self.line + _ABOVE_WORDS if self.line else 0
        return QSize(self.poster.width() + GAP + 2, self.poster.height() + words + GAP + 2)

    def poster_in(self, cell: QRect) -> QRect:
        """Where the poster stands in a cell of the grid."""
        return QRect(cell.x() + GAP // 2 + 1, cell.y() + GAP // 2 + 1, *self.poster.toTuple())


def paint_ground(painter: QPainter, rect: QRect, tokens: Tokens) -> None:
    """A quiet ground where the poster will be."""
    painter.fillPath(rounded(QRectF(rect), RADIUS), QColor(tokens.hover))


def paint_ring(painter: QPainter, rect: QRect, state: QStyle.StateFlag, tokens: Tokens) -> None:
    """Selection is a ring in the accent; the keyboard's place a dashed one where it differs."""
    flag = QStyle.StateFlag
    selected, focused = bool(state & flag.State_Selected), bool(state & flag.State_HasFocus)
    if selected:
        pen = QPen(QColor(tokens.accent), _RING)
    elif focused:
        pen = QPen(QColor(tokens.accent), _RING, Qt.PenStyle.DashLine)
    elif state & flag.State_MouseOver:
        pen = QPen(QColor(tokens.text3), 1)
    else:
        return
    outside = QRectF(rect).adjusted(-1, -1, 1, 1)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(outside, RADIUS + 1, RADIUS + 1)
    if selected and focused:
        painter.setPen(QPen(_INNER_RING, 1))
        painter.drawRoundedRect(outside.adjusted(2, 2, -2, -2), RADIUS - 1, RADIUS - 1)


def paint_badges(
    painter: QPainter, rect: QRect, badges: tuple[tuple[str, bool], ...], stamps: Stamps
) -> None:
    """What is special about a clip, at the top of its poster; True is on the accent."""
    left = rect.left() + 6
    for text, loud in badges:
        room = rect.right() - 5 - left
        if room < 24:
            break
        stamp = stamps.badge(text, loud=loud, room=room)
        painter.drawPixmap(left, rect.top() + 6, stamp)
        left += round(stamp.width() / stamps.scale) + 4


def paint_length(painter: QPainter, rect: QRect, length: str, stamps: Stamps) -> None:
    """How long a clip is, at the bottom right of its poster."""
    stamp = stamps.badge(length)
    size = stamp.deviceIndependentSize().toSize()
    painter.drawPixmap(rect.bottomRight() - QPoint(size.width() + 4, size.height() + 4), stamp)


def words_place(rect: QRect, shape: CardShape) -> QRect:
    """Where the words stand below a poster."""
    return QRect(rect.left(), rect.bottom() + _ABOVE_WORDS, rect.width(), 2 * shape.line)
