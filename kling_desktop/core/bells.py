"""One bell per job: whoever changes something rings, and the job's task wakes up and looks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.core.clock import Clock


class Bells:
    """A ring while nobody waits is kept for the next wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bells: dict[str, asyncio.Event] = {}

    def hang(self, job_id: str) -> None:
        """From now on `ring_all` reaches that job too, also before it waits the first time."""
        self._bell(job_id)

    def ring(self, job_id: str) -> None:
        """Wakes that job's task."""
        self._bell(job_id).set()

    def ring_all(self) -> None:
        """Wakes every job's task."""
        for bell in self._bells.values():
            bell.set()

    async def wait(self, job_id: str, seconds: float | None) -> bool:
        """Sleeps until rung (True) or the time is over (False); None sleeps until rung."""
        bell = self._bell(job_id)
        rung = await self._clock.wait(bell, seconds)
        bell.clear()
        return rung

    def take_down(self, job_id: str) -> None:
        """The job is gone or final."""
        self._bells.pop(job_id, None)

    def _bell(self, job_id: str) -> asyncio.Event:
        return self._bells.setdefault(job_id, asyncio.Event())
