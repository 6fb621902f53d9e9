"""Does something soon, and not more often than is good to look at."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

AT_MOST_EVERY = 40
"""Milliseconds. A burst of changes is worth one look at most so often."""


class Soon(QTimer):
    """Calls at the next turn of the event loop; when asked again and again, every now and then."""

    def __init__(self, call: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent, singleShot=True)
        self._called_at = 0.0
        self._call = call
        self.timeout.connect(self._run)

    def ask(self) -> None:
        """To be called for each change."""
        if not self.isActive():
            since = (time.monotonic() - self._called_at) * 1000
            self.start(0 if since > AT_MOST_EVERY else AT_MOST_EVERY)

    def _run(self) -> None:
        self._call()
        self._called_at = time.monotonic()
