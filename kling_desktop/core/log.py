"""The program's log: small rotating files, without secrets."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

Clean = Callable[[str], str]
"""Takes the secrets out of a text."""


class CleanFormatter(logging.Formatter):
    """Formats a record, traceback included, and cleans the whole."""

    def __init__(self, clean: Clean) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._clean = clean

    def format(self, record: logging.LogRecord) -> str:
        """One line, or several with a traceback; never a key or a signed address."""
        return self._clean(super().format(record))


class QuietLogFile(logging.handlers.RotatingFileHandler):
    """A log that cannot be written is no reason to stop, nor to tell all to the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Drops the record. The default prints it, with its arguments, as they are."""


def log_to(folder: Path, clean: Clean) -> logging.Handler:
    """Writes INFO and above to `folder`, three files of 1 MB at most.

    A folder that refuses gives a log that keeps nothing; the program goes on without one.
    """
    handler = _handler_in(folder)
    handler.setLevel(logging.INFO)
    handler.setFormatter(CleanFormatter(clean))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    # httpx writes one INFO line per request, with the whole signed URL
    for name in ("httpx", "httpcore", "hpack"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler


def log_crashes(folder: Path) -> None:
    """Where the interpreter itself dies, its stack goes to a file. It holds no values."""
    import faulthandler

    try:
        handle = os.open(folder / "crash.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        return
    faulthandler.enable(handle)


def log_uncaught() -> None:
    """What nobody caught goes to the log, with the traceback and without local values."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def log_all_to(folder: Path, secrets: Callable[[], Iterable[str]]) -> None:
    """The program's own words, what crashed it and what nobody caught, without the secrets."""
    from kling_desktop.fal.redaction import redacted

    log_to(folder, lambda text: redacted(text, secrets()))
    log_crashes(folder)
    log_uncaught()


def _handler_in(folder: Path) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return QuietLogFile(
            folder / "kling-desktop.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return logging.NullHandler()


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("kling_desktop").critical("not caught", exc_info=(kind, error, trace))


def _uncaught_in_thread(hook: threading.ExceptHookArgs) -> None:
    if hook.exc_value is not None:
        _uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)


def _unraisable(hook: sys.UnraisableHookArgs) -> None:
    """An error where Python has nobody to raise it to, as while an object is deleted."""
    if hook.exc_value is not None:
        _uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
