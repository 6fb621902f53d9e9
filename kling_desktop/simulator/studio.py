"""The rendering room: threads of low priority that turn a film order into a file."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kling_desktop.simulator.film_order import FilmOrder, Made

_LOW_PRIORITY = 10
_OFTEN_ENOUGH = 0.04
"""Progress is told at most this often, as a part of the whole."""


class Studio:
    """Renders without standing in anybody's way: as few threads as are useful, all low."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._under_way: list[Future[Made]] = []
        workers = max(1, min(2, (os.cpu_count() or 2) - 1))
        self._workers = ThreadPoolExecutor(workers, "render", initializer=_step_back)

    async def make(self, order: FilmOrder, folder: Path, progress: Callable[[float], None]) -> Made:
        """Makes what is asked for. Raises InputRefusedError for a file that cannot be used."""
        loop = asyncio.get_running_loop()
        told = 0.0

        def tell(part: float) -> None:
            nonlocal told
            if part - told >= _OFTEN_ENOUGH or part >= 1.0:
                told = part
                loop.call_soon_threadsafe(progress, part)

        work = self._workers.submit(self._render, order, folder, tell)
        self._under_way.append(work)
        try:
            return await asyncio.wrap_future(work)
        finally:
            self._under_way = [one for one in self._under_way if not one.done()]

    async def close(self) -> None:
        """Stops renders in mid-clip and waits for their threads."""
        self._stopping.set()
        pending = [asyncio.wrap_future(one) for one in self._under_way]
        await asyncio.gather(*pending, return_exceptions=True)
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _render(self, order: FilmOrder, folder: Path, tell: Callable[[float], None]) -> Made:
        # Late, because PyAV and Pillow take longer to load than the whole server to start.
        from kling_desktop.simulator.render import render

        return render(order, folder, tell, self._stopping.is_set)


def _step_back() -> None:
    """Lowers the priority of this thread, where the system knows such a thing."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)
