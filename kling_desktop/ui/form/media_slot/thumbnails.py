"""Decodes small pictures of kept files, away from the GUI thread, for the maker of a MediaPort."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KEPT = 64
_FORMATS = frozenset(b"png jpg jpeg webp gif avif heic heif bmp tif tiff".split())


class Thumbnails(QObject):
    """Call it on the GUI thread; it answers there, at once where it still has the picture."""

    _decoded = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._kept: OrderedDict[tuple[Path, int], QImage] = OrderedDict()
        self._waiting: dict[tuple[Path, int], list[Callable[[QImage | None], None]]] = {}
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)

    def ask(self, path: Path, longest: int, callback: Callable[[QImage | None], None]) -> None:
        """The picture with its longer side at most `longest` device pixels; None if it is none."""
        key = (path, longest)
        if key in self._kept:
            self._kept.move_to_end(key)
            callback(self._kept[key])
            return
        asked = self._waiting.setdefault(key, [])
        asked.append(callback)
        if len(asked) == 1:
            self._pool.start(lambda: self._decode(key))

    def close(self) -> None:
        """Wait for what is being decoded. Nothing is answered after this."""
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def _decode(self, key: tuple[Path, int]) -> None:
        image = decode_small(*key)
        if isValid(self):
            self._decoded.emit(key, image)

    def _on_decoded(self, key: tuple[Path, int], image: QImage) -> None:
        if not image.isNull():
            self._kept[key] = image
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        for callback in self._waiting.pop(key, ()):
            callback(None if image.isNull() else image)


def decode_small(path: Path, longest: int) -> QImage:
    """A picture decoded straight to a small size, turned as EXIF asks; null if it is none."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if reader.format().data() not in _FORMATS:
        return QImage()
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        box = QSize(longest, longest)
        if size.width() > longest or size.height() > longest:
            size.scale(box, Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(size.expandedTo(QSize(1, 1)))
    return reader.read()
