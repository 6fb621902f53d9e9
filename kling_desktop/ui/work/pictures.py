"""Small pictures for slots, queue and library, decoded away from the window's thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from pathlib import Path

Arrived: TypeAlias = Callable[[QImage | None], None]
"""Called once, on the window's thread; None where there is no picture."""
_Key: TypeAlias = tuple[str, int]

_KEPT = 128
_THREADS = 2
_FORMATS = frozenset(b"png jpg jpeg webp gif bmp tif tiff".split())
"""What Qt may read. Not SVG, which is a program more than a picture."""


class Pictures(QObject):
    """Decodes files to images of a wanted size, each once; the last ones are kept."""

    _done = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: SimpleQueue[tuple[_Key, Callable[[], QImage]] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._waiting: dict[_Key, list[Arrived]] = {}
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self._number = 0
        self._is_closed = False
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def of_file(self, path: Path, longest: int, arrived: Arrived) -> None:
        """An image at most `longest` device pixels wide and high."""
        self._ask((str(path), longest), lambda: decode_small(path, longest), arrived)

    def of_bytes(self, data: bytes, arrived: Arrived) -> None:
        """The image of an encoded picture."""
        self._number += 1
        self._ask(("", self._number), lambda: QImage.fromData(data), arrived)

    def close(self) -> None:
        """Answers nothing more, and waits for what is being decoded."""
        self._is_closed = True
        self._waiting.clear()
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _ask(self, key: _Key, decode: Callable[[], QImage], arrived: Arrived) -> None:
        if key in self._kept:
            self._kept.move_to_end(key)
            arrived(self._kept[key])
            return
        if self._is_closed:
            return
        asked = self._waiting.setdefault(key, [])
        asked.append(arrived)
        if len(asked) == 1:
            self._work.put((key, decode))
            self._employ()

    def _employ(self) -> None:
        if len(self._threads) < _THREADS:
            thread = threading.Thread(target=self._run, name="pictures", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self) -> None:
        while (order := self._work.get()) is not None:
            key, decode = order
            self._done.emit(key, decode())

    def _deliver(self, key: _Key, image: QImage) -> None:
        if key[0] and not image.isNull():
            self._kept[key] = image
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        for arrived in self._waiting.pop(key, ()):
            arrived(None if image.isNull() else image)


def decode_small(path: Path, longest: int) -> QImage:
    """A picture decoded straight to a small size, upright; null where there is none to see."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if reader.format().data() in _FORMATS:
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) > longest:
            size.scale(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(size.expandedTo(QSize(1, 1)))
        image = reader.read()
        if not image.isNull():
            return image
    return _decode_otherwise(path, longest)


def _decode_otherwise(path: Path, longest: int) -> QImage:
    """Videos, and pictures in formats that Qt has no reader for."""
    from kling_desktop.media import posters, probe
    from kling_desktop.records.media import MediaKind
    from kling_desktop.records.problem import ProblemError

    try:
        if probe.probe(path).kind is MediaKind.VIDEO:
            return QImage.fromData(posters.poster(path, (longest, longest)))
        return QImage.fromData(posters.thumbnail(path, longest))
    except (ProblemError, OSError):
        return QImage()
