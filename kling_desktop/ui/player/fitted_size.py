"""How large a picture stands in a room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt


def fitted_size(source: QSize, room: QSize) -> QSize:
    """The largest size of the source's shape that fits; all in device pixels."""
    if source.isEmpty() or room.isEmpty():
        return QSize()
    return source.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
