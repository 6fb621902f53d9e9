"""How long the event loop lets a 16 ms timer wait, and what it was doing meanwhile."""

from __future__ import annotations

import collections
import os
import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, Qt, QTimer

from tests.benchmarks.table import percentile

EVERY = 0.016
_LONG = 0.033


class Gaps(QObject):
    """A precise timer, and the times between its beats; `places` has who held up the long ones."""

    def __init__(self, *, watched: bool = False) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self.gaps: list[float] = []
        self.places: collections.Counter[str] = collections.Counter()
        self._watched, self._ends = watched, threading.Event()

    def begin(self) -> None:
        """From now on."""
        self.gaps.clear()
        self._last = time.perf_counter()
        self._timer.start(round(EVERY * 1000))
        if self._watched:
            main = threading.get_ident()
            threading.Thread(target=self._watch, args=(main,), daemon=True).start()

    def end(self) -> list[float]:
        """Seconds between the beats; the timer stops."""
        self._timer.stop()
        self._ends.set()
        return self.gaps

    def tell(self) -> None:
        """Where the long ones were, on standard error, with KLING_BENCH_PLACES set."""
        if "KLING_BENCH_PLACES" in os.environ:
            for place, count in self.places.most_common(25):
                sys.stderr.write(f"{count:4} {place}\n")

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def _watch(self, main: int) -> None:
        told = 0.0
        while not self._ends.wait(0.004):
            last = self._last
            if time.perf_counter() - last < EVERY + 0.012 or told == last:
                continue
            told = last
            self.places[_place(sys._current_frames()[main])] += 1


def _place(frame: object) -> str:
    stack = traceback.extract_stack(frame)[-7:]  # type: ignore[arg-type]
    return " > ".join(f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in stack)


def summary(gaps: list[float]) -> tuple[float, float, int]:
    """Longest gap and 99th percentile in ms, and how many were longer than 33 ms."""
    return (
        max(gaps) * 1000,
        percentile(gaps, 0.99) * 1000,
        sum(gap > _LONG for gap in gaps),
    )
