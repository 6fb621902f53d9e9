"""Files of our own: whole or not there, on the disk when we say so, and cleaned away after."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 1 << 20
"""Bytes read or written at once: other threads run meanwhile, and memory stays small."""


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put(part: Path, target: Path) -> None:
    """Gives a written file its name, over whatever had it; both are on the disk then."""
    to_disk(part)
    part.replace(target)
    folder_to_disk(target.parent)


def to_disk(path: Path) -> None:
    """Waits until a file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    """Waits until a folder's names are on the disk, where the system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for the same bytes, or a copy of them where that cannot be."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def let_go(path: Path) -> None:
    """Deletes a file or a folder that is only in the way; one that stays does no harm."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.unlink()


def reason_of(error: OSError) -> str:
    """What the system says, for a sentence to a person."""
    return error.strerror or str(error) or type(error).__name__
