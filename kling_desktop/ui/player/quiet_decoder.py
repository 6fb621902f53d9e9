"""Keeps the decoder of Qt's player off standard error, and off the graphics card."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QLoggingCategory, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QMessageLogContext

_LIBRARIES = (
    "Qt/lib/libavutil.so.*",
    "Qt/lib/libavutil.*.dylib",
    "avutil-*.dll",
    "libavutil.so.*",
    "libavutil.*.dylib",
)
"""FFmpeg as PySide6 brings it: installed on three systems, and lying flat in a frozen build."""
_QUIET = -8
"""AV_LOG_QUIET."""
_RULES = "qt.multimedia*=false"
"""Qt says about each clip what it found in it. QT_LOGGING_RULES still has the last word."""
_NO_CARD = ("QT_FFMPEG_DECODING_HW_DEVICE_TYPES", "")
"""Frames are drawn from memory, so decoding on the card would only add the way back, and the
drivers' complaints."""


def prepare_decoder() -> None:
    """Before the first QMediaPlayer."""
    os.environ.setdefault(*_NO_CARD)
    QLoggingCategory.setFilterRules(_RULES)


def hush_decoder() -> bool:
    """After the first QMediaPlayer, which sets the level itself; whether that could be undone.

    FFmpeg writes what is wrong with a damaged clip straight to standard error, past Qt's message
    handler and its logging rules (Qt 6.11, QtMultimedia's FFmpeg plug-in).
    """
    import ctypes

    here = Path(PySide6.__file__).parent
    found = next((path for pattern in _LIBRARIES for path in sorted(here.glob(pattern))), None)
    if found is None:
        return False
    try:
        ctypes.CDLL(str(found)).av_log_set_level(ctypes.c_int(_QUIET))
    except (OSError, AttributeError):
        return False
    return True


@contextmanager
def no_complaints() -> Iterator[None]:
    """Swallows what Qt says on this thread, for probing what may well not be there."""
    before = qInstallMessageHandler(_swallow)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _swallow(_kind: QtMsgType, _context: QMessageLogContext, _words: str | None) -> None:
    pass
