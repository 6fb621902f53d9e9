"""A layout that breaks its line where the room ends, as words do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


def lines_of(widths: Sequence[int], room: int, gap: int) -> list[list[int]]:
    """Which items stand on which line: widths of items and of the line → lists of places."""
    lines: list[list[int]] = []
    used = 0
    for place, width in enumerate(widths):
        if lines and used + gap + width <= room:
            lines[-1].append(place)
            used += gap + width
        else:
            lines.append([place])
            used = width
    return lines


class FlowLayout(QLayout):
    """Items in reading order; one that is wider than the line gets the line, and may wrap."""

    def __init__(
        self, parent: QWidget | None = None, *, across: int = 8, down: int | None = None
    ) -> None:
        """Pixels between two items, and between two lines; without `down` they are alike."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.across = across
        self.down = across if down is None else down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take all widgets out and delete them."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        rects = self.rects(self._inside(QRect(0, 0, width, 0)))
        bottom = max((rect.bottom() + 1 for rect in rects), default=0)
        return bottom + self.contentsMargins().bottom()

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self.shown()]
        if not sizes:
            return QSize()
        width = self.width_of([size.width() for size in sizes])
        return self._grown(QSize(width, max(size.height() for size in sizes)))

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self.shown():
            size = size.expandedTo(item.minimumSize())
        return self._grown(size)

    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for item, place in zip(self.shown(), self.rects(self._inside(rect)), strict=True):
            item.setGeometry(QStyle.visualRect(direction, rect, place))

    def shown(self) -> list[QLayoutItem]:
        """The items that take room."""
        return [item for item in self._items if not item.isEmpty()]

    def width_of(self, widths: Sequence[int]) -> int:
        """Of all items on one line."""
        return sum(widths) + self.across * (len(widths) - 1)

    def rects(self, room: QRect) -> list[QRect]:
        """Where each item lies, from left to right; the room may be as high as it takes."""
        sizes = [_size_of(item, room.width()) for item in self.shown()]
        places: list[QRect] = []
        y = room.y()
        for line in lines_of([size.width() for size in sizes], room.width(), self.across):
            height, x = max(sizes[place].height() for place in line), room.x()
            for place in line:
                size = sizes[place]
                lower = (height - size.height()) // 2
                places.append(QRect(x, y + lower, size.width(), size.height()))
                x += size.width() + self.across
            y += height + self.down
        return places

    def _inside(self, rect: QRect) -> QRect:
        return rect.marginsRemoved(self.contentsMargins())

    def _grown(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())


def _size_of(item: QLayoutItem, room: int) -> QSize:
    hint = item.sizeHint()
    width = min(hint.width(), room)
    is_narrow = width < hint.width() and item.hasHeightForWidth()
    return QSize(width, item.heightForWidth(width) if is_narrow else hint.height())
