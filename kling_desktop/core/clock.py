"""What time it is and how to wait: the one seam through which the engine meets time."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Time for the engine; tests bring their own."""

    def now(self) -> float:
        """Unix seconds."""
        ...

    async def wait(self, event: asyncio.Event, seconds: float | None) -> bool:
        """Waits until the event is set (True) or the seconds are over (False); None is forever."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> float:
        """Unix seconds."""
        return time.time()

    async def wait(self, event: asyncio.Event, seconds: float | None) -> bool:
        """Waits until the event is set (True) or the seconds are over (False); None is forever."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        return True
