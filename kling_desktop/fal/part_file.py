"""The unfinished file of a download, and beside it what is needed to go on with it later."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, BinaryIO

from kling_desktop.fal.errors import DiskFull, DownloadFailed, FolderRefused
from kling_desktop.fal.problems import DISK_FULL, FOLDER_REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_RESERVE = 1 << 30
_RESERVE_SHARE = 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a part came from; going on needs the very same file."""

    url: str
    """Without its query, which may be a secret and changes from link to link."""
    validator: str = ""
    """A strong ETag, or Last-Modified."""
    total: int | None = None


class PartFile:
    """A `.part` file that grows. All methods block: call them in a worker thread.

    Raises DiskFull and FolderRefused.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = note_of(path)
        self._file = self._open()
        self.size = os.fstat(self._file.fileno()).st_size
        self.origin = self._read_note() if self.size else None

    def begin(self, origin: Origin) -> None:
        """Empties the file and notes where its bytes will come from."""
        with _disk(self.path):
            self._file.seek(0)
            self._file.truncate()
            self._note.write_text(json.dumps(asdict(origin)), encoding="utf-8")
        self.size = 0
        self.origin = origin

    def go_on(self) -> None:
        """Stands at the end of what is there."""
        self._file.seek(0, os.SEEK_END)

    def write(self, chunks: Iterable[bytes]) -> None:
        """Adds chunks at the end."""
        with _disk(self.path):
            self._file.writelines(chunks)
            self.size = self._file.tell()

    def seal(self) -> None:
        """The file is whole: where its bytes came from need not be known any more."""
        with _disk(self.path):
            self._note.unlink(missing_ok=True)

    def close(self) -> None:
        """Closes the file; it stays as it is."""
        self._file.close()

    def require_room(self, more: int) -> None:
        """Raises DiskFull unless there is room for more bytes and a reserve beside them."""
        with _disk(self.path):
            disk = shutil.disk_usage(self.path.parent)
        if disk.free - min(_RESERVE, disk.total // _RESERVE_SHARE) < more:
            raise DiskFull(DISK_FULL(folder=str(self.path.parent)))

    def _open(self) -> BinaryIO:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        # Without O_NONBLOCK a pipe in the file's place would be waited for.
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        with _disk(self.path):
            descriptor = os.open(self.path, flags, 0o644)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.close(descriptor)
                raise OSError(errno.EINVAL, "there is something else in its place")
            return os.fdopen(descriptor, "r+b", buffering=0)

    def _read_note(self) -> Origin | None:
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Origin(**json.loads(self._note.read_text(encoding="utf-8")))
        return None


def note_of(part: Path) -> Path:
    """The file beside a part that says where its bytes came from; gone once the part is whole."""
    return part.with_name(f"{part.name}.from")


@contextlib.contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _disk_error(error, path) from error


def _disk_error(error: OSError, path: Path) -> DownloadFailed:
    folder = str(path.parent)
    if error.errno in _FULL:
        return DiskFull(DISK_FULL(folder=folder))
    reason = error.strerror or type(error).__name__
    return FolderRefused(FOLDER_REFUSED(folder=folder, reason=reason))
