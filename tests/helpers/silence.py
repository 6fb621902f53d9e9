"""Makes noise a failure: log records, leaked widgets, threads, and connections that leave home."""

from __future__ import annotations

import ipaddress
import logging
import re
import sys
import threading
from typing import Any


class NoiseCollector(logging.Handler):
    """Collects every record of WARNING and above that no test asked for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.allowed: list[re.Pattern[str]] = []
        self.heard: list[str] = []

    def allow(self, pattern: str) -> None:
        """Lets records whose text matches pass in this test."""
        self.allowed.append(re.compile(pattern))

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the record's text unless it is allowed."""
        text = f"{record.levelname} {record.name}: {record.getMessage()}"
        if not any(pattern.search(text) for pattern in self.allowed):
            trace = record.exc_info and logging.Formatter().formatException(record.exc_info)
            self.heard.append(f"{text}\n{trace}" if trace else text)


def leftover_threads(before: set[threading.Thread]) -> list[str]:
    """Names of non-daemon threads that were started and still run."""
    return [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and thread.is_alive() and not thread.daemon
    ]


def stay_at_home() -> None:
    """From now on this process connects to loopback addresses only; cannot be undone."""
    sys.addaudithook(_refuse_to_leave)


def _refuse_to_leave(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_loopback(str(address[0])):
        raise ConnectionRefusedError(f"a test tried to reach {address[0]}")


def _is_loopback(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
