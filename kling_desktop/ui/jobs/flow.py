"""A layout that sets its items side by side and begins a new line where one no longer fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


def lines_of(sizes: list[int], width: int, gap: int) -> list[list[int]]:
    """Which items stand on which line: widths of items and of the line → lists of places."""
    lines: list[list[int]] = []
    used = 0
    for place, size in enumerate(sizes):
        if lines and used + gap + size <= width:
            lines[-1].append(place)
            used += gap + size
        else:
            lines.append([place])
            used = size
    return lines


class FlowLayout(QLayout):
    """Left to right, line by line; an item wider than the line gets the line and may wrap."""

    def __init__(self, parent: QWidget | None = None, gap: int = 14, line_gap: int = 2) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        margins = self.contentsMargins()
        width -= margins.left() + margins.right()
        heights = [height for height, _ in self._lines(width)]
        gaps = self._line_gap * max(0, len(heights) - 1)
        return margins.top() + sum(heights) + gaps + margins.bottom()

    def minimumSize(self) -> QSize:
        width = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(width, 0)

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._items]
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(sum(widths) + self._gap * max(0, len(widths) - 1), height)

    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        rect = rect.marginsRemoved(self.contentsMargins())
        top = rect.top()
        for height, items in self._lines(rect.width()):
            left = rect.left()
            for item in items:
                width = min(item.sizeHint().width(), rect.width())
                item.setGeometry(QRect(left, top, width, height))
                left += width + self._gap
            top += height + self._line_gap

    def _lines(self, width: int) -> Iterator[tuple[int, list[QLayoutItem]]]:
        sizes = [item.sizeHint().width() for item in self._items]
        for places in lines_of(sizes, width, self._gap):
            items = [self._items[place] for place in places]
            yield max(_height(item, width) for item in items), items


def _height(item: QLayoutItem, width: int) -> int:
    hint = item.sizeHint()
    if hint.width() <= width or not item.hasHeightForWidth():
        return hint.height()
    return item.heightForWidth(width)
