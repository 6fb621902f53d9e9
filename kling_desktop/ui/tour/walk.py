"""How a tour goes on: by its steps, each of which waits until the eyes have seen something.

A walk is no coroutine. Input that is sent the way the system sends it makes Qt work through its
queue at once, and that may not happen inside a task of the loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

_BEAT = 40
"""Milliseconds between two looks."""


class TourStopped(Exception):  # noqa: N818 - a stop, not an error of the program
    """The tour cannot go on; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Until:
    """Wait until `look` finds something (it is handed back), at most so many seconds."""

    look: Callable[[], object]
    seconds: float
    missing: str | Callable[[], str]
    """What to say if it is never seen; a call is made when that is certain."""

    @property
    def complaint(self) -> str:
        """A sentence about what was not seen."""
        missing = self.missing if isinstance(self.missing, str) else self.missing()
        return f"Not seen within {self.seconds:g} s: {missing}."


Steps: TypeAlias = Generator[Until, object, None]


class Pause:
    """A look that finds something once a time is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def __call__(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self._end


def pause(seconds: float) -> Until:
    """Wait that long, as eyes that linger do."""
    return Until(Pause(seconds), seconds + 60, "the window stands still")


class Walk(QObject):
    """Goes through steps, one look at a time, from a Qt timer."""

    ended = Signal(str)
    """Empty, or why it could not go on."""

    def __init__(self, steps: Steps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._until: Until | None = None
        self._limit = 0.0
        self._is_looking = False
        self._beat = QTimer(self, interval=_BEAT)
        self._beat.timeout.connect(self._look)

    def start(self) -> None:
        """Takes the first step at the next turn of the loop."""
        self._beat.start()

    def _look(self) -> None:
        if self._is_looking:
            return
        self._is_looking, is_over = True, True
        why = "the tour itself is broken; its error stands above"
        try:
            self._go_on()
            is_over = False
        except StopIteration:
            why = ""
        except TourStopped as stop:
            why = str(stop)
        finally:
            self._is_looking = False
            if is_over:
                self._end(why)

    def _go_on(self) -> None:
        until = self._until
        if until is None:
            self._wait_for(next(self._steps))
            return
        found = until.look()
        if found:
            self._wait_for(self._steps.send(found))
        elif time.monotonic() > self._limit:
            raise TourStopped(until.complaint)

    def _wait_for(self, until: Until) -> None:
        self._until = until
        self._limit = time.monotonic() + until.seconds

    def _end(self, why: str) -> None:
        self._beat.stop()
        self.ended.emit(why)
