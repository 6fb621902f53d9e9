"""A clip leaves the program: to be dropped on another, or pasted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

_DRAGGED = 160
"""Pixels of the longer side of what hangs at the mouse."""


def mime_of(path: Path) -> QMimeData | None:
    """The file itself; None where it is gone."""
    if not path.exists():
        return None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def drag_out(source: QWidget, data: QMimeData, image: QImage) -> None:
    """Returns when it was dropped or given up."""
    drag = QDrag(source)
    drag.setMimeData(data)
    if not image.isNull():
        small = image.scaled(
            _DRAGGED,
            _DRAGGED,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        drag.setPixmap(QPixmap.fromImage(small))
    drag.exec(Qt.DropAction.CopyAction)
