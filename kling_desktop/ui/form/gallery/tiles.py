"""Draws entries in columns, and the headings between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kling_desktop.ui.form.gallery.entries import ENTRY, Entry
from kling_desktop.ui.icons import icon
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    Index = QModelIndex | QPersistentModelIndex

_PAD = 8
_ICON = 14
_RADIUS = 6


class Tiles(QStyledItemDelegate):
    """Knows how wide a column is, and which entry is chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.column = 160
        self.line = 320
        self.chosen = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high = QFontMetrics(option.font).lineSpacing()
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return QSize(self.line, high + 12 + (6 if index.row() else 0))
        return QSize(self.column, high + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            self._paint_entry(painter, option, entry)
        else:
            self._paint_heading(painter, option, str(entry))
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens_of(option.palette).text2))
        rect = option.rect.adjusted(_PAD, 0, -_PAD, -5)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        flags = QStyle.visualAlignment(option.direction, flags)
        painter.drawText(rect, int(flags), text)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        tokens = tokens_of(option.palette)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = option.rect.adjusted(1, 1, -1, -1)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        is_chosen = entry.place == self.chosen
        if is_chosen or is_current:
            painter.setPen(QPen(QColor(tokens.accent), 2) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.tint if is_chosen else tokens.hover))
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        inside = frame.adjusted(_PAD - 1, 0, 1 - _PAD, 0)
        if is_chosen:
            # Never color alone: the chosen one also has a mark.
            inside = self._paint_check(painter, option, inside)
        painter.setPen(QColor(tokens.text2))
        inside = _text(painter, option, inside, entry.badge, at_end=True)
        painter.setPen(QColor(tokens.text))
        _text(painter, option, inside, entry.title, at_end=False)

    def _paint_check(self, painter: QPainter, option: QStyleOptionViewItem, inside: QRect) -> QRect:
        box = QRect(inside.left(), inside.center().y() - _ICON // 2, _ICON, _ICON)
        box = QStyle.visualRect(option.direction, inside, box)
        icon("check").paint(painter, box)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            return inside.adjusted(0, 0, -_ICON - 5, 0)
        return inside.adjusted(_ICON + 5, 0, 0, 0)


def width_of(entry: Entry, metrics: QFontMetrics) -> int:
    """How much room an entry needs, with the mark of the chosen one."""
    badge = metrics.horizontalAdvance(entry.badge) + 10 if entry.badge else 0
    return metrics.horizontalAdvance(entry.title) + badge + _ICON + 5 + 2 * _PAD + 4


def _text(
    painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str, *, at_end: bool
) -> QRect:
    """Draws a text at one end of the room; gives the room that is left."""
    if not text:
        return room
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    flags = QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(room, int(flags), shown)
    used = metrics.horizontalAdvance(shown) + 10
    if option.direction == Qt.LayoutDirection.RightToLeft:
        return room.adjusted(used, 0, 0, 0) if at_end else room.adjusted(0, 0, -used, 0)
    return room.adjusted(0, 0, -used, 0) if at_end else room.adjusted(used, 0, 0, 0)
