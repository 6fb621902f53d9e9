"""A layout that breaks its line where the room ends, as words do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FlowLayout(QLayout):
    """Items side by side, the next line below. Uniform items share equal columns instead."""

    def __init__(self, parent: QWidget, *, spacing: int = 8, uniform: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._uniform = uniform
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        rects = self._rects(self._inside(QRect(0, 0, width, 0)))
        return max((rect.bottom() + 1 for rect in rects), default=0) + margins.bottom()

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._visible()]
        if not sizes:
            return QSize()
        gaps = self.spacing() * (len(sizes) - 1)
        if self._uniform:
            width = max(size.width() for size in sizes) * len(sizes)
        else:
            width = sum(size.width() for size in sizes)
        return self._grown(QSize(width + gaps, max(size.height() for size in sizes)))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._visible()]
        return self._grown(
            QSize(
                max((size.width() for size in sizes), default=0),
                max((size.height() for size in sizes), default=0),
            )
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for item, place in zip(self._visible(), self._rects(self._inside(rect)), strict=True):
            item.setGeometry(QStyle.visualRect(direction, rect, place))

    def columns(self, width: int) -> int:
        """How many equal columns there is room for, in even rows where that is possible."""
        items = self._visible()
        widest = max((item.sizeHint().width() for item in items), default=0)
        gap = self.spacing()
        fitting = max(1, (width + gap) // max(1, widest + gap))
        if fitting >= len(items):
            return max(1, len(items))
        rows = -(-len(items) // fitting)
        return -(-len(items) // rows)

    def _inside(self, rect: QRect) -> QRect:
        return rect.marginsRemoved(self.contentsMargins())

    def _grown(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rects(self, rect: QRect) -> list[QRect]:
        return self._grid(rect) if self._uniform else self._flow(rect)

    def _grid(self, rect: QRect) -> list[QRect]:
        items = self._visible()
        columns, gap = self.columns(rect.width()), self.spacing()
        height = max((item.sizeHint().height() for item in items), default=0)
        room = rect.width() - gap * (columns - 1)
        if len(items) <= columns:
            # A single row keeps to what it needs, so that it can share its line.
            widest = max((item.sizeHint().width() for item in items), default=0)
            room = min(room, widest * columns)
        edges = [room * column // columns for column in range(columns + 1)]
        rects = []
        for index in range(len(items)):
            row, column = divmod(index, columns)
            left = rect.x() + edges[column] + gap * column
            top = rect.y() + row * (height + gap)
            rects.append(QRect(left, top, edges[column + 1] - edges[column], height))
        return rects

    def _flow(self, rect: QRect) -> list[QRect]:
        rects: list[QRect] = []
        line: list[QRect] = []
        x, y = rect.x(), rect.y()
        for item in self._visible():
            size = self._size_of(item, rect.width())
            if line and x + size.width() > rect.x() + rect.width():
                y += max(one.height() for one in line) + self.spacing()
                x = rect.x()
                rects += _on_one_axis(line)
                line = []
            line.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + self.spacing()
        return rects + _on_one_axis(line)

    def _size_of(self, item: QLayoutItem, room: int) -> QSize:
        size = item.sizeHint()
        width = min(size.width(), room)
        if item.hasHeightForWidth():
            return QSize(width, item.heightForWidth(width))
        return QSize(width, size.height())


def _on_one_axis(line: list[QRect]) -> list[QRect]:
    height = max((one.height() for one in line), default=0)
    return [one.translated(0, (height - one.height()) // 2) for one in line]
