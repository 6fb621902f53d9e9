"""Files that come into being whole or not at all, and never in the place of another."""

from __future__ import annotations

import contextlib
import os
import uuid
from typing import TYPE_CHECKING

from kling_desktop.media.problems import NAME_TAKEN, MediaRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LONGEST = 200
"""UTF-8 bytes of a stem: with counter, suffix, `.kling.json` and `.part` it stays below 255."""
_FORBIDDEN = frozenset('/\\:*?"<>|')


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Takes a name that is free in a folder by making an empty file: `stem.mp4`, `stem (2).mp4` …

    Two programs that ask at the same moment get two names. A sidecar left of an older file keeps
    its name taken too. Raises OSError where the folder refuses.
    """
    plain = safe_stem(stem)
    number = 1
    while True:
        name = plain if number == 1 else f"{plain} ({number})"
        path = folder / f"{name}{suffix}"
        number += 1
        if sidecar_of(path).exists():
            continue
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            return path


def safe_stem(stem: str) -> str:
    """A name that every system takes; letters of all scripts and emoji stay."""
    plain = "".join("-" if one in _FORBIDDEN or ord(one) < 32 else one for one in stem)
    short = plain.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore")
    return short.strip(" .\u200d\ufe0f") or "file"


def sidecar_of(path: Path) -> Path:
    """Where the recipe of a file lies: `boat_A.mp4` → `boat_A.mp4.kling.json`."""
    return path.with_name(f"{path.name}.kling.json")


def write_whole(target: Path, write: Callable[[Path], object]) -> None:
    """Lets `write` fill a `.part` file beside the target, and puts it in place when it is safe.

    The target may be absent, or the empty file that free_name made. Raises MediaRefused where it
    holds something, and OSError where the disk refuses; then nothing is left behind.
    """
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        write(part)
        _to_disk(part)
        _place(part, target)
    finally:
        part.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        _to_disk(target.parent)


def _place(part: Path, target: Path) -> None:
    if target.exists() and target.stat().st_size == 0:
        part.replace(target)
        return
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise MediaRefused(NAME_TAKEN(name=target.name)) from error
    except OSError:
        # Some file systems (exFAT, network shares) know no links.
        if target.exists():
            raise MediaRefused(NAME_TAKEN(name=target.name)) from None
        part.rename(target)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
