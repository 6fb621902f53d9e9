"""Opening a file that a person named: looked at first, opened once, never one that can block."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from kling_desktop.media.problems import (
    EMPTY_FILE,
    FILE_TOO_LARGE,
    NOT_A_FILE,
    UNREADABLE,
    MediaRefused,
)

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 2_000_000_000
"""Bytes. Larger files are refused before a byte is read."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)


def open_regular(path: Path, largest: int = LARGEST_FILE) -> BinaryIO:
    """Opens a regular file with something in it; links are followed to one.

    A pipe would block for ever and a device may act when opened, so both are asked about before
    the opening, and once more after it: what the name points to may change in between.
    Raises MediaRefused.
    """
    try:
        _check(os.stat(path), largest)  # noqa: PTH116  # the same call as fstat below
        file = os.fdopen(os.open(path, _FLAGS), "rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise MediaRefused(UNREADABLE(reason=reason)) from error
    try:
        _check(os.fstat(file.fileno()), largest)
    except MediaRefused:
        file.close()
        raise
    return file


def _check(found: os.stat_result, largest: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise MediaRefused(NOT_A_FILE())
    if found.st_size == 0:
        raise MediaRefused(EMPTY_FILE())
    refuse_larger(found.st_size, largest)


def refuse_larger(size: int, largest: int) -> None:
    """Raises MediaRefused for more than `largest` bytes."""
    if size > largest:
        raise MediaRefused(FILE_TOO_LARGE(limit=largest // 1_000_000))
