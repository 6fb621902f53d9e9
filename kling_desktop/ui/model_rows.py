"""Paints the rows of the list of models: headings, two lines, and a star that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from kling_desktop.ui.theme import tokens_of
from kling_desktop.ui.two_lines import TwoLines, paint_ground, small

ENDPOINT = Qt.ItemDataRole.UserRole + 10
STARRED = Qt.ItemDataRole.UserRole + 11
"""True, False, or None where there is no star."""
HEADING = "\0heading"
FOLD = "\0fold"
_EDGE, _AIR = 10, 5
_STARS = "★☆"


class ModelRows(TwoLines):
    """A heading is ENDPOINT = HEADING; other rows are those of TwoLines with a star."""

    def kept_right(self, metrics: QFontMetrics) -> int:
        """Room for the star."""
        return 2 * metrics.horizontalAdvance(_STARS[0])

    def star(self, row: QRect, metrics: QFontMetrics) -> QRect:
        """Where the star of a row is."""
        width = self.kept_right(metrics) + _EDGE
        return QRect(row.right() + 1 - width, row.top(), width, row.height())

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        if index.data(ENDPOINT) == HEADING:
            return QSize(120, QFontMetrics(small(option.font)).height() + 2 * _AIR)
        return super().sizeHint(option, index)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(ENDPOINT) == HEADING:
            painter.setFont(small(option.font))
            painter.setPen(QColor(tokens.text3))
            room = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
            metrics = QFontMetrics(small(option.font))
            text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
            painter.restore()
            return
        paint_ground(painter, option, QStyle.StateFlag.State_MouseOver)
        painter.restore()
        super().paint(painter, option, index)
        self._paint_marks(painter, option, index)

    def _paint_marks(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(option.rect.left() + 2, option.rect.top() + 6, 3, option.rect.height() - 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        starred = index.data(STARRED)
        if starred is not None:
            painter.setFont(option.font)
            painter.setPen(QColor(tokens.accent if starred else tokens.text3))
            place = self.star(option.rect, option.fontMetrics).adjusted(0, _AIR, -_EDGE, 0)
            alignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(place, int(alignment), _STARS[0] if starred else _STARS[1])
        painter.restore()
