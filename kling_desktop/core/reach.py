"""Whether a server answers. While it does not, one question at a time goes out; when one gets an
answer, all that waited go at once.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from kling_desktop.core.pacing import back_off
from kling_desktop.fal.errors import (
    AnswerLost,
    Busy,
    FalError,
    NotConnected,
    ServerTrouble,
    Unintelligible,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from kling_desktop.core.clock import Clock

LONGEST_SILENCE = 5.0
"""Seconds between two tries; a single small request costs nothing, and the return is seen soon."""


class Reach:
    """The way to one origin."""

    def __init__(
        self,
        clock: Clock,
        chance: Callable[[], float],
        on_change: Callable[[bool], None] = lambda away: None,
    ) -> None:
        self._clock = clock
        self._chance = chance
        self._on_change = on_change
        self._failures = 0
        self._asked_to_wait = 0.0
        self._probe = asyncio.Lock()
        """Held by the one that tries; the others stand in line, so that each gets its turn."""
        self._hurry = asyncio.Event()

    @property
    def is_away(self) -> bool:
        """Whether the last answer failed to come."""
        return self._failures > 0

    def try_now(self) -> None:
        """The network seems to be back: do not wait for the next try."""
        self._hurry.set()

    def lost(self) -> None:
        """A question that did not go through here got no answer. Tells so each time."""
        self._failures = max(1, self._failures)
        self._on_change(True)

    def answered(self) -> None:
        """The server said something, whatever it was."""
        if self._failures:
            self._failures = 0
            self._asked_to_wait = 0.0
            self._on_change(False)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """Put it round each question. Waits for its turn; lets every error through."""
        if self._failures:
            async with self._probe:
                if self._failures:
                    await self._pause()
                    with self._judging(probing=True):
                        yield
                    return
        with self._judging(probing=False):
            yield

    @contextmanager
    def _judging(self, *, probing: bool) -> Iterator[None]:
        try:
            yield
        except FalError as error:
            if _is_away(error):
                self._failed(error, probing=probing)
            else:
                self.answered()
            raise
        else:
            self.answered()

    async def _pause(self) -> None:
        delay = back_off(self._failures, self._chance(), cap=LONGEST_SILENCE)
        await self._clock.wait(self._hurry, max(delay, self._asked_to_wait))
        self._hurry.clear()

    def _failed(self, error: FalError, *, probing: bool) -> None:
        self._asked_to_wait = error.retry_after or 0.0
        if probing or not self._failures:
            self._failures += 1
        if self._failures == 1:
            self._on_change(True)


def _is_away(error: FalError) -> bool:
    """Whether the way is blocked for everybody, and not this one request in trouble."""
    if isinstance(error, ServerTrouble):
        return not error.said_by_fal
    return isinstance(error, NotConnected | AnswerLost | Busy | Unintelligible)
