"""Small pictures for slots, queue and library, decoded away from the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Pictures(QObject):
    """Decodes files to images of a wanted size; each answer comes once, on the GUI thread."""

    _done = Signal(int, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._waiting: dict[int, Callable[[QImage | None], None]] = {}
        self._next = 0
        self._done.connect(self._deliver)

    def of_file(self, path: Path, longest: int, arrived: Callable[[QImage | None], None]) -> None:
        """An image at most `longest` device pixels wide and high, None where there is none."""
        self._ask(arrived, lambda: _read(path, longest))

    def of_bytes(self, data: bytes, arrived: Callable[[QImage | None], None]) -> None:
        """The image of an encoded picture."""
        self._ask(arrived, lambda: QImage.fromData(data))

    def close(self) -> None:
        """Answers nothing more, and waits for what is being decoded."""
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def _ask(self, arrived: Callable[[QImage | None], None], decode: Callable[[], QImage]) -> None:
        self._next += 1
        self._waiting[self._next] = arrived
        number = self._next
        self._pool.start(QRunnable.create(lambda: self._done.emit(number, decode())))

    def _deliver(self, number: int, image: QImage) -> None:
        arrived = self._waiting.pop(number, None)
        if arrived is not None:
            arrived(None if image.isNull() else image)


def _read(path: Path, longest: int) -> QImage:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(
            size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    return image if not image.isNull() else _read_otherwise(path, longest)


def _read_otherwise(path: Path, longest: int) -> QImage:
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
