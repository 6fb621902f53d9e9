"""Asyncio tasks that are never lost: held while they run, heard when they break."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Tasks:
    """Holds every task it started until it is done. A task's end is its only reporter."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[Any], Callable[[BaseException], None] | None] = {}

    def __len__(self) -> int:
        return len(self._running)

    def spawn(
        self,
        work: Coroutine[Any, Any, T],
        name: str,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> asyncio.Task[T]:
        """Starts `work`. What it raises unexpectedly is logged, then given to `on_error`."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running[task] = on_error
        task.add_done_callback(self._ended)
        return task

    async def settle(self, seconds: float) -> None:
        """Waits until nothing runs any more, at most that long."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    async def close(self, seconds: float = 5.0) -> None:
        """Cancels what runs and waits for it, at most that long."""
        for task in list(self._running):
            task.cancel()
        await self.settle(seconds)
        for task in self._running:
            _log.error("task %s did not end in time", task.get_name())

    def _ended(self, task: asyncio.Task[Any]) -> None:
        on_error = self._running.pop(task, None)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        if on_error is None:
            _log.error("task %s broke", task.get_name(), exc_info=error)
            return
        _log.warning("task %s broke", task.get_name(), exc_info=error)
        on_error(error)
