"""The simulator's own time, which can run faster than the wall's and be moved forward."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """Unix seconds, plus what it was moved on by. Waits are divided by `speed`."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = max(speed, 0.001)
        self._ahead = 0.0

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Moves the time on, so that retention and expiry can be seen."""
        self._ahead += seconds

    def real_seconds(self, seconds: float) -> float:
        """How long a wait of simulated seconds takes by the wall's clock."""
        return seconds / self._speed

    async def sleep(self, seconds: float) -> None:
        """Waits simulated seconds."""
        await asyncio.sleep(self.real_seconds(seconds))


def rfc3339(at: float) -> str:
    """Unix seconds as fal writes times: `2026-11-22T08:00:00.000Z`."""
    text = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def unix_seconds(text: str) -> float:
    """The time that an ISO 8601 text means, UTC where it names no zone. Raises ValueError."""
    when = datetime.fromisoformat(text)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
