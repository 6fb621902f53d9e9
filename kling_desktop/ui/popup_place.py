"""Where a list opens below the control that opened it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def place_below(popup: QWidget, anchor: QWidget) -> QPoint:
    """Right below it, moved as far as it takes to be on the screen."""
    below = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
    room = anchor.screen().availableGeometry()
    x = max(room.left(), min(below.x(), room.right() - popup.width()))
    y = max(room.top(), min(below.y(), room.bottom() - popup.height()))
    return QPoint(x, y)
