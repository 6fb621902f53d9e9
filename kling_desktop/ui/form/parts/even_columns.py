"""A layout that breaks its line where the room ends, in columns of one width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from kling_desktop.ui.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence


class EvenColumns(FlowLayout):
    """All items are as wide as the widest, and rows hold the same number where that is possible."""

    def width_of(self, widths: Sequence[int]) -> int:
        return max(widths) * len(widths) + self.across * (len(widths) - 1)

    def columns(self, room: int) -> int:
        """How many there is room for."""
        items = self.shown()
        widest = max((item.sizeHint().width() for item in items), default=0)
        fitting = max(1, (room + self.across) // max(1, widest + self.across))
        if fitting >= len(items):
            return max(1, len(items))
        rows = -(-len(items) // fitting)
        return -(-len(items) // rows)

    def rects(self, room: QRect) -> list[QRect]:
        items, columns = self.shown(), self.columns(room.width())
        height = max((item.sizeHint().height() for item in items), default=0)
        width = room.width() - self.across * (columns - 1)
        if len(items) <= columns:
            # A single row keeps to what it needs, so that it can share its line.
            widest = max((item.sizeHint().width() for item in items), default=0)
            width = min(width, widest * columns)
        edges = [width * column // columns for column in range(columns + 1)]
        places = []
        for index in range(len(items)):
            row, column = divmod(index, columns)
            left = room.x() + edges[column] + self.across * column
            top = room.y() + row * (height + self.down)
            places.append(QRect(left, top, edges[column + 1] - edges[column], height))
        return places
