"""Asks fal what its endpoints cost, once a day where there is a key, and shows what it says."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.live_prices import still_counting, with_told
from kling_desktop.fal.platform import Unavailable
from kling_desktop.records.problem import ProblemError
from kling_desktop.records.told_price import ToldPrice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from kling_desktop.core.clock import Clock
    from kling_desktop.core.model_search import ModelCalls
    from kling_desktop.core.models import Models
    from kling_desktop.core.writer import Threads

_log = logging.getLogger(__name__)

A_DAY = 86_400.0
AFTER_TROUBLE = 3600.0
_AFTER_START = 3.0
"""Seconds in which other things come first."""
_AT_ONCE = 50
"""Endpoints in one question (fal platform API docs: 1 to 50)."""
_MOST_QUESTIONS = 24
"""In one go: an endpoint without a price spoils a whole list, so lists are halved to find it."""
_BETWEEN = 0.5
"""Seconds between two questions."""


class PriceRecords(Protocol):
    """What is needed of the store of told prices."""

    def asked_at(self, origin: str) -> float | None:
        """When that server was asked last (Unix seconds)."""
        ...

    def of(self, origin: str) -> list[ToldPrice]:
        """All that it told."""
        ...

    def save(self, origin: str, prices: Iterable[ToldPrice], asked_at: float) -> None:
        """On disk when it returns."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSources:
    """Who is asked, and with what."""

    origin: str
    """Where real work goes."""
    connect: Callable[[], Awaitable[ModelCalls]]
    has_key: Callable[[], bool]
    clock: Clock


class LivePrices:
    """Whatever goes wrong leaves the prices as they are, and is said in the log alone."""

    def __init__(
        self,
        models: Models,
        store: PriceRecords,
        sources: PriceSources,
        writer: Threads,
        files: Threads,
    ) -> None:
        self._models, self._store, self._sources = models, store, sources
        self._writer, self._files = writer, files
        self._look_again = asyncio.Event()
        self._not_before = 0.0

    def key_changed(self) -> None:
        """There is another key, or none."""
        self._not_before = 0.0
        self._look_again.set()

    async def keep_up(self) -> None:
        """Shows what is known, and asks when it is time; ends with the program."""
        asked_at = await self._look_up()
        clock = self._sources.clock
        await clock.wait(asyncio.Event(), _AFTER_START)
        while True:
            self._look_again.clear()
            left = self._time_left(asked_at) if self._sources.has_key() else A_DAY
            if left > 0:
                await clock.wait(self._look_again, left)
                await self._look_up()
            else:
                asked_at = await self._ask() or asked_at

    async def _look_up(self) -> float | None:
        """Shows what is known and not too old by now; gives when that was asked."""
        try:
            return await self._show_known()
        except ProblemError as error:
            _log.info("the told prices cannot be read: %s", error)
            return None

    def _time_left(self, asked_at: float | None) -> float:
        """Seconds until it is time; what was noted by a clock ahead of this one does not count."""
        now = self._sources.clock.now()
        last = asked_at if asked_at is not None and asked_at <= now else now - A_DAY
        return max(min(self._not_before, now + AFTER_TROUBLE), last + A_DAY) - now

    async def _ask(self) -> float | None:
        """When it was asked, or None where it has to be asked again sooner."""
        now = self._sources.clock.now()
        try:
            found = await self._told(now)
            origin = self._sources.origin
            await self._writer.run(self._store.save, origin, found, now)
            await self._show_known()
        except ProblemError as error:
            _log.info("fal's prices are not known: %s", error)
            self._not_before = now + AFTER_TROUBLE
            return None
        _log.info("fal told the prices of %d endpoints", len(found))
        return now

    async def _told(self, now: float) -> list[ToldPrice]:
        """What fal told; what it says nothing of is narrowed down by halving, within reason."""
        calls = await self._sources.connect()
        left = deque(self._questions())
        found: list[ToldPrice] = []
        for number in range(_MOST_QUESTIONS):
            if not left:
                break
            if number:
                await self._sources.clock.wait(asyncio.Event(), _BETWEEN)
            asked = left.popleft()
            answer = await calls.platform.price(asked)
            if not isinstance(answer, Unavailable):
                found += [
                    ToldPrice(
                        endpoint_id=one.endpoint_id,
                        amount=one.unit_price,
                        unit=one.unit,
                        currency=one.currency,
                        told_at=now,
                    )
                    for one in answer
                ]
            elif not answer.is_about_these:
                raise ProblemError(answer.problem)
            elif len(asked) > 1:
                half = len(asked) // 2
                left += [asked[:half], asked[half:]]
        return found

    def _questions(self) -> list[Sequence[str]]:
        """Those with a known price first: fal most likely has one too."""
        offered = [
            one
            for one in self._models.catalog.endpoints
            if one.offered and one.status is not EndpointStatus.WITHDRAWN
        ]
        known = [one.endpoint_id for one in offered if one.price is not None]
        others = [one.endpoint_id for one in offered if one.price is None]
        return [
            ids[begin : begin + _AT_ONCE]
            for ids in (known, others)
            for begin in range(0, len(ids), _AT_ONCE)
        ]

    async def _show_known(self) -> float | None:
        """Shows what was told so far; gives when that was asked."""
        origin = self._sources.origin
        known = await self._writer.run(self._store.of, origin)
        told = still_counting(known, self._sources.clock.now())
        if told:
            # Reads the request types that it needs, so that showing them reads nothing any more.
            await self._files.run(with_told, self._models.catalog, told)
        self._models.show_prices(told)
        return await self._writer.run(self._store.asked_at, origin)
