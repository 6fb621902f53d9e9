"""The asyncio loop that runs inside Qt's own.

qasync 0.28 starts one Qt timer per delayed call and keeps cancelled ones until they expire, and its
coarse timers wake early. So delayed calls go back into asyncio's heap here, with one precise timer
for the earliest of them. Where a task lets Qt look at its events, qasync wakes other tasks inside
that task, which asyncio refuses, and the waking is lost: here it waits. Everything else stays
qasync's. Leans on private names (`_scheduled`, `_timer_cancelled_count`, `_timer_handle_cancelled`
of asyncio, `_SimpleTimer` and `_timer` of qasync), guarded by tests.
"""

from __future__ import annotations

import asyncio
import heapq
import math
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import PySide6  # noqa: F401  # qasync takes the first Qt it finds imported
from PySide6.QtCore import Qt, QTimer
from qasync import QEventLoop, _SimpleTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextvars import Context

    from PySide6.QtCore import QTimerEvent
    from PySide6.QtWidgets import QApplication

_WORKERS = 4
_MANY_DEAD = 100
_LONGEST = 2**31 - 1
"""Milliseconds that one Qt timer can wait."""


class _PatientTimer(_SimpleTimer):  # type: ignore[misc]  # qasync has no types
    """Calls nothing while a task is at work; a timer of Qt that was left alone comes again."""

    def __init__(self, loop: QtLoop) -> None:
        super().__init__()
        self._loop = weakref.ref(loop)

    def timerEvent(self, event: QTimerEvent) -> None:
        """As qasync's, or later."""
        loop = self._loop()
        if loop is not None and asyncio.current_task(loop) is None:
            super().timerEvent(event)


class QtLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """asyncio on Qt: calls run in order, never early, and cancelled ones leave no timer behind."""

    _scheduled: list[asyncio.TimerHandle]
    _timer_cancelled_count: int

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._timer = _PatientTimer(self)
        self._alarm = QTimer()
        self._alarm.setSingleShot(True)
        self._alarm.setTimerType(Qt.TimerType.PreciseTimer)
        self._alarm.timeout.connect(self._run_due)
        self.set_default_executor(ThreadPoolExecutor(_WORKERS, thread_name_prefix="work"))

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401  # asyncio's own signature
        context: Context | None = None,
    ) -> asyncio.Handle:
        """As asyncio's; a delay of nothing is `call_soon`."""
        if delay <= 0:
            soon: asyncio.Handle = super().call_later(0, callback, *args, context=context)
            return soon
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401  # asyncio's own signature
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """As asyncio's, through its own heap."""
        handle = asyncio.BaseEventLoop.call_at(self, when, callback, *args, context=context)
        if self._scheduled[0] is handle:
            self._set_alarm()
        return handle

    def close(self) -> None:
        """Stop the timer, then everything else."""
        if not self.is_running():
            self._alarm.stop()
        super().close()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        super()._timer_handle_cancelled(handle)
        dead = self._timer_cancelled_count
        if dead > _MANY_DEAD and 2 * dead > len(self._scheduled):
            self._drop_dead()

    def _drop_dead(self) -> None:
        live = []
        for handle in self._scheduled:
            if handle.cancelled():
                handle._scheduled = False  # type: ignore[attr-defined]  # asyncio's own mark
            else:
                live.append(handle)
        heapq.heapify(live)
        self._scheduled[:] = live
        self._timer_cancelled_count = 0
        self._set_alarm()

    def _set_alarm(self) -> None:
        if not self._scheduled:
            self._alarm.stop()
            return
        wait = (self._scheduled[0].when() - self.time()) * 1000
        self._alarm.start(min(_LONGEST, max(0, math.ceil(wait))))

    def _run_due(self) -> None:
        now = self.time()
        while self._scheduled and self._scheduled[0].when() <= now:
            handle = heapq.heappop(self._scheduled)
            handle._scheduled = False  # type: ignore[attr-defined]  # asyncio's own mark
            if handle.cancelled():
                self._timer_cancelled_count -= 1
            else:
                self._add_callback(handle)
        self._set_alarm()


def run(app: QApplication, main: Coroutine[Any, Any, int]) -> int:
    """Run a program to its end on Qt's loop, and clean up behind it.

    The end is the end of `main`: closing the last window stops nothing.
    """
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner:
        return runner.run(main)
