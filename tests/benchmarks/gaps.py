"""How long the event loop lets a 16 ms timer wait, and what it was doing meanwhile."""

from __future__ import annotations

import collections
import os
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from tests.benchmarks.table import percentile

if TYPE_CHECKING:
    from types import FrameType

EVERY = 0.016
_LONG = 0.033


@dataclass(frozen=True, slots=True)
class Beats:
    """What lay between the beats, in seconds."""

    gaps: list[float]
    work: list[float]
    """Processor time of the window's own thread in each gap. The rest of a gap it waited: for the
    timer, for Python's lock, or for a processor that others used."""

    @property
    def figures(self) -> tuple[float, float, int, float, float]:
        """Longest gap and 99th percentile in ms, how many over 33 ms, and the same of the work."""
        return (
            max(self.gaps) * 1000,
            percentile(self.gaps, 0.99) * 1000,
            sum(gap > _LONG for gap in self.gaps),
            max(self.work) * 1000,
            percentile(self.work, 0.99) * 1000,
        )


class Gaps(QObject):
    """A precise timer, and the times between its beats.

    With KLING_BENCH_PLACES in the environment it tells where the thread was in the long ones.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last, self._worked = 0.0, 0.0
        self._beats = Beats([], [])
        self._places: collections.Counter[str] = collections.Counter()
        self._ends = threading.Event()

    def begin(self) -> None:
        """From now on."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start(round(EVERY * 1000))
        if "KLING_BENCH_PLACES" in os.environ:
            watch = threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True)
            watch.start()

    def end(self) -> Beats:
        """The timer stops."""
        self._timer.stop()
        self._ends.set()
        for place, count in self._places.most_common(25):
            sys.stderr.write(f"{count:4} {place}\n")
        return self._beats

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._beats.gaps.append(now - self._last)
        self._beats.work.append(worked - self._worked)
        self._last, self._worked = now, worked

    def _watch(self, main: int) -> None:
        told = 0.0
        while not self._ends.wait(0.004):
            last = self._last
            if told != last and time.perf_counter() - last > _LONG:
                told = last
                self._places[_place(sys._current_frames()[main])] += 1


def _place(frame: FrameType | None) -> str:
    """The last calls. Frames are not kept: what is in them would live on."""
    names: list[str] = []
    while frame is not None and len(names) < 7:
        code = frame.f_code
        names.append(f"{code.co_filename.rpartition('/')[2]}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " > ".join(reversed(names))
