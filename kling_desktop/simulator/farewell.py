"""The end of the process: a signal, or the end of the parent, from the first moment on."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Farewell:
    """Ends the process at once, until somebody wants to be told instead."""

    def __init__(self, *, parent_stdin: bool) -> None:
        self._then: Callable[[], object] = lambda: os._exit(0)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._then())
        if parent_stdin:
            threading.Thread(target=self._wait_for_the_parent, name="parent", daemon=True).start()

    def tell(self, then: Callable[[], object]) -> None:
        """From now on this is called, perhaps from another thread."""
        self._then = then

    def _wait_for_the_parent(self) -> None:
        """The parent's end of the pipe closes when the parent ends, however it ends."""
        while os.read(0, 4096):
            pass
        self._then()
