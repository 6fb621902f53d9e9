"""Reading a picture clip for the stage: upright, whole, and no larger than a screen needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 4096
"""Pixels of the longer side."""
_FORMATS = frozenset({b"jpeg", b"png", b"webp", b"gif", b"bmp"})
"""Qt would also read SVG and worse; what made the clip is not to be trusted with that."""


def read_picture(path: Path) -> QImage:
    """The picture, or a null image. Slow: for a worker."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in _FORMATS:
        return _read_otherwise(path)
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST:
        most = QSize(_LARGEST, _LARGEST)
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return image if not image.isNull() else _read_otherwise(path)


def _read_otherwise(path: Path) -> QImage:
    """AVIF, TIFF, and what Qt gives up on."""
    from kling_desktop.media import posters
    from kling_desktop.records.problem import ProblemError

    try:
        return QImage.fromData(posters.thumbnail(path, _LARGEST))
    except (ProblemError, OSError):
        return QImage()
