"""One file on its way up: opened safely, sent in pieces, with honest progress."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, BinaryIO

from kling_desktop.fal.dispatch import Call
from kling_desktop.fal.errors import UploadRefused
from kling_desktop.fal.pace import Pace, bound_unsent, held_up, unacknowledged
from kling_desktop.fal.problems import FILE_UNREADABLE

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.fal.border import Departure

_PIECE_WITHIN = 120.0
_SLOWEST = 2048
"""Bytes a second below which an upload is given up."""

Progress = Callable[[int], None]


class Parcel:
    """A file that is sent from its beginning at each attempt."""

    def __init__(self, file: BinaryIO, size: int, content_type: str, progress: Progress) -> None:
        self.content_type = content_type
        self._file = file
        self._size = size
        self._progress = progress

    def call(self, url: str, departure: Departure) -> Call:
        """The PUT of this file."""
        return Call(
            method="PUT",
            url=url,
            headers={"Content-Type": self.content_type, "Content-Length": str(self._size)},
            content=self._pieces(departure),
            within=_PIECE_WITHIN + self._size / _SLOWEST,
            pause=_PIECE_WITHIN,
        )

    async def _pieces(self, departure: Departure) -> AsyncIterator[bytes]:
        time = asyncio.get_running_loop().time
        pace = Pace()
        sent, size = 0, 0
        self._progress(0)
        await asyncio.to_thread(self._file.seek, 0)
        ahead = self._read(min(pace.size, self._size))
        try:
            while piece := await ahead:
                left = self._size - sent - len(piece)
                ahead = self._read(min(pace.size, left))
                if size != pace.size:
                    size = pace.size
                    bound_unsent(departure.plug, size)
                since = time()
                yield piece
                pace.sent(len(piece), time() - since, held_up(departure.plug))
                sent += len(piece)
                # Full only with the answer: until then nobody has confirmed a byte.
                taken = min(sent - unacknowledged(departure.plug), self._size - 1)
                self._progress(max(0, taken))
        finally:
            ahead.cancel()

    def _read(self, size: int) -> asyncio.Future[bytes]:
        """In a worker thread, for a disk or a share may take its time, while a piece is sent."""
        return asyncio.get_running_loop().run_in_executor(None, self._file.read, size)


def opened(path: Path, name: str) -> BinaryIO:
    """The file, to be read. Raises UploadRefused for anything that is no ordinary file."""
    try:
        # Asked before it is opened: opening a pipe would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UploadRefused(FILE_UNREADABLE(name=name, reason="It is not an ordinary file."))
        return path.open("rb")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UploadRefused(FILE_UNREADABLE(name=name, reason=reason)) from error
