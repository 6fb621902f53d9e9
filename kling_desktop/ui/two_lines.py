"""Paints list rows: a title with something at its right, and a smaller line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

FACTS = Qt.ItemDataRole.UserRole + 1
"""The line below the title."""
PRICE = Qt.ItemDataRole.UserRole + 2
"""What stands at the right."""
_EDGE = 10
_AIR = 6


class TwoLines(QStyledItemDelegate):
    """One row per index: DisplayRole, FACTS, PRICE and, where given, DecorationRole."""

    def kept_right(self, _metrics: QFontMetrics) -> int:
        """Pixels at the right that somebody else paints."""
        return 0

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        height = option.fontMetrics.height() + 2 * _AIR
        if index.data(FACTS):
            height += QFontMetrics(small(option.font)).height() + 1
        return QSize(120, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = tokens_of(option.palette)
        is_enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, QStyle.StateFlag.State_Selected)
        room = option.rect.adjusted(
            _EDGE, _AIR, -_EDGE - self.kept_right(option.fontMetrics), -_AIR
        )
        self._paint_icon(painter, room, index)
        smaller = small(option.font)
        painter.setFont(smaller)
        painter.setPen(QColor(tokens.text2))
        price = index.data(PRICE) or ""
        metrics = QFontMetrics(smaller)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, price)
        facts = metrics.elidedText(
            index.data(FACTS) or "", Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, facts)
        room.setRight(room.right() - (metrics.horizontalAdvance(price) + 10 if price else 0))
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.text if is_enabled else tokens.text3))
        title = option.fontMetrics.elidedText(
            index.data() or "", Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        painter.restore()

    def _paint_icon(
        self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        picture: QIcon | None = index.data(Qt.ItemDataRole.DecorationRole)
        if picture is None:
            return
        picture.paint(painter, QRect(room.left(), room.top(), 16, 16), Qt.AlignmentFlag.AlignCenter)
        room.setLeft(room.left() + 26)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, state: QStyle.StateFlag) -> None:
    """A ground under a row that is in this state."""
    if option.state & state:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens_of(option.palette).hover))
        painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6)


def small(font: QFont) -> QFont:
    """The font of the second line."""
    smaller = QFont(font)
    smaller.setPixelSize(max(12, round(font.pixelSize() * 12 / 13)))
    return smaller
