"""How sounds look, listened to away from the window's thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kling_desktop.records.sound import Waveform

Arrived: TypeAlias = "Callable[[Waveform | None], None]"
"""Called once, on the window's thread; None where there is nothing to hear."""

_KEPT = 32
"""Each has 64 kB at the most."""


class Waves(QObject):
    """One sound after another, in a thread of its own; the last ones are kept.

    Kept files are named by their hash, so that a path stands for what is in it.
    """

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: SimpleQueue[Path | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._waiting: dict[Path, list[Arrived]] = {}
        self._kept: OrderedDict[Path, Waveform] = OrderedDict()
        self._is_closed = False
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def of_file(self, path: Path, arrived: Arrived) -> Callable[[], None]:
        """Listens to it; returns the call that says that it is no longer wanted."""
        if path in self._kept:
            self._kept.move_to_end(path)
            arrived(self._kept[path])
        elif not self._is_closed:
            asked = self._waiting.setdefault(path, [])
            asked.append(arrived)
            if len(asked) == 1:
                self._work.put(path)
                self._employ()
        return lambda: self._forget(path, arrived)

    def close(self) -> None:
        """Answers nothing more, and waits for the thread, which stops where it is."""
        self._is_closed = True
        self._waiting.clear()
        if self._thread is not None:
            self._work.put(None)
            self._thread.join()
            self._thread = None

    def _forget(self, path: Path, arrived: Arrived) -> None:
        asked = self._waiting.get(path, [])
        if arrived in asked:
            asked.remove(arrived)
            if not asked:
                del self._waiting[path]

    def _employ(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="waves", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (path := self._work.get()) is not None:
            if path in self._waiting:
                self._listen(path)

    def _listen(self, path: Path) -> None:
        from kling_desktop.media.waveform import waveform_of
        from kling_desktop.records.problem import ProblemError

        try:
            wave = waveform_of(path, lambda: path not in self._waiting)
        except (ProblemError, OSError):
            self._done.emit(path, None)
            return
        # Stopped halfway, it says nothing: whoever asked anew meanwhile stands in the line.
        if wave is not None:
            self._done.emit(path, wave)

    def _deliver(self, path: Path, wave: Waveform | None) -> None:
        if wave is not None:
            self._kept[path] = wave
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        for arrived in self._waiting.pop(path, ()):
            arrived(wave)
