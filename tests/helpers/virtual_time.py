"""Time that passes only when a test lets it, and work that is done at once."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable


P = ParamSpec("P")
T = TypeVar("T")

START = 1_700_000_000.0


class VirtualClock:
    """Time that passes only when nothing else is left to do."""

    def __init__(self, start: float = START) -> None:
        self._now = start
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._count = itertools.count()

    def now(self) -> float:
        """Unix seconds."""
        return self._now

    async def wait(self, event: asyncio.Event, seconds: float | None) -> bool:
        """See core.clock."""
        over = asyncio.Event()
        if seconds is not None:
            heapq.heappush(self._sleepers, (self._now + seconds, next(self._count), over))
        waits = [asyncio.ensure_future(one.wait()) for one in (event, over)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        return event.is_set()

    async def run(self, done: Callable[[], bool], seconds: float = 48 * 3600) -> None:
        """Lets everything happen until `done`; TimeoutError when the virtual seconds are over."""
        end = self._now + seconds
        while True:
            await settled()
            if done():
                return
            if not self._sleepers or self._sleepers[0][0] > end:
                raise TimeoutError(f"not done within {seconds} virtual seconds")
            when, _, over = heapq.heappop(self._sleepers)
            self._now = max(self._now, when)
            over.set()

    async def pass_seconds(self, seconds: float) -> None:
        """Lets that much time pass, with all that happens in it."""
        end = self._now + seconds
        while True:
            await settled()
            if not self._sleepers or self._sleepers[0][0] > end:
                self._now = end
                return
            when, _, over = heapq.heappop(self._sleepers)
            self._now = max(self._now, when)
            over.set()


async def settled() -> None:
    """Returns when no task of this loop can go on without time or a thread."""
    loop = asyncio.get_running_loop()
    ready: deque[Any] = getattr(loop, "_ready")  # noqa: B009 - no public way to see it
    await asyncio.sleep(0)
    while ready:  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0)


class Inline:
    """Does blocking work at once, so that virtual time is exact."""

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the call returns or raises."""
        return call(*args, **kwargs)
