"""What stands behind *More*: each thing by name, with one sentence and the least price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from kling_desktop.ui.popup_place import place_below
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import tokens_of
from kling_desktop.ui.two_lines import FACTS, PRICE, paint_ground, small

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from kling_desktop.ui.model_card import Purpose

_KEY = Qt.ItemDataRole.UserRole + 10
_EDGE, _AIR = 10, 7
_SIGNS = 46
"""Letters in a line of the list, at least."""
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class MorePopup(QFrame):
    """Closes with a choice or Escape; `closed` comes either way, and before `chosen`."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "popup")
        self.setAccessibleName(self.tr("More to make"))
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Sentences(self._list))
        self._list.setAccessibleName(self.tr("More to make"))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._list)

    def show_purposes(self, purposes: tuple[Purpose, ...], chosen: str | None) -> None:
        """Give the list, and what is chosen now."""
        self._model.clear()
        for one in purposes:
            item = QStandardItem(one.title)
            item.setData(one.key, _KEY)
            item.setData(" ".join(part for part in (one.sentence, one.older) if part), FACTS)
            item.setData(one.price, PRICE)
            said = (one.title, one.sentence, one.older, one.price)
            item.setData(". ".join(part for part in said if part), _SAID)
            self._model.appendRow(item)
        keys = [one.key for one in purposes]
        place = keys.index(chosen) if chosen in keys else 0
        self._list.setCurrentIndex(self._model.index(place, 0))

    def open_below(self, anchor: QWidget) -> None:
        """Open right below a widget, as wide as it is."""
        self.setFixedWidth(max(anchor.width(), self.fontMetrics().averageCharWidth() * _SIGNS))
        self.ensurePolished()
        self._list.setFixedHeight(self._wanted_height(anchor))
        self.adjustSize()
        self.move(place_below(self, anchor))
        self.show()
        self._list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _wanted_height(self, anchor: QWidget) -> int:
        width = self.width() - 20
        delegate = self._list.itemDelegate()
        option = QStyleOptionViewItem()
        option.font = self._list.font()
        option.fontMetrics = self._list.fontMetrics()
        option.rect = QRect(0, 0, width, 10)
        rows = range(self._model.rowCount())
        wanted = sum(delegate.sizeHint(option, self._model.index(row, 0)).height() for row in rows)
        return min(wanted + 8, anchor.screen().availableGeometry().height() - 40)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.isVisible():
            key = index.data(_KEY)
            self.close()
            self.chosen.emit(key)


_SAID = Qt.ItemDataRole.AccessibleTextRole


class _Sentences(QStyledItemDelegate):
    """A name with a price at its right, and a sentence that wraps below."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 0
        if width < option.rect.width() or width < 100:
            width = option.rect.width()
        metrics = QFontMetrics(small(option.font))
        room = QRect(0, 0, max(60, width - 2 * _EDGE), 10_000)
        sentence = metrics.boundingRect(room, int(_TEXT), index.data(FACTS) or "").height()
        return QSize(120, option.fontMetrics.height() + sentence + 2 * _AIR + 1)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, QStyle.StateFlag.State_Selected)
        room = option.rect.adjusted(_EDGE, _AIR, -_EDGE, -_AIR)
        painter.setFont(small(option.font))
        painter.setPen(QColor(tokens.text2))
        price = index.data(PRICE) or ""
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, int(right), price)
        left = room.width() - QFontMetrics(small(option.font)).horizontalAdvance(price) - _EDGE
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.text))
        title = option.fontMetrics.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), title)
        painter.setFont(small(option.font))
        painter.setPen(QColor(tokens.text2))
        below = room.adjusted(0, option.fontMetrics.height() + 1, 0, 0)
        painter.drawText(below, int(_TEXT), index.data(FACTS) or "")
        painter.restore()
