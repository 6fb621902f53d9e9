"""Owns the memory of refused values: in memory for whoever looks, on disk for the next start."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from psygnal import Signal

from kling_desktop.catalog.refused_values import Asked, is_held, refused_values
from kling_desktop.core.telling import tell
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kling_desktop.core.writer import Threads
    from kling_desktop.records.job import Job
    from kling_desktop.records.json_values import Loc, Values
    from kling_desktop.records.problem import Problem
    from kling_desktop.records.refused_value import RefusedValue

_log = logging.getLogger(__name__)

MOST_REMEMBERED = 500


class RefusedRecords(Protocol):
    """What the memory needs of the store of refused values."""

    def save(self, refused: Iterable[RefusedValue], *, keep: int) -> None:
        """On disk when it returns."""
        ...

    def all(self) -> list[RefusedValue]:
        """The newest first."""
        ...

    def forget(self, refused: Iterable[RefusedValue]) -> None:
        """Takes them out."""
        ...


class Refused:
    """What each server refused, by endpoint, place and value.

    A disk that refuses costs the memory of the next start and nothing else.
    """

    changed = Signal()

    def __init__(self, store: RefusedRecords, writer: Threads) -> None:
        self._store, self._writer = store, writer
        self._known: dict[tuple[str, str, Loc, str], RefusedValue] = {}

    async def load(self) -> None:
        """Reads what earlier runs were refused."""
        try:
            found = await self._writer.run(self._store.all)
        except ProblemError as error:
            _log.info("the refused values cannot be read: %s", error)
            return
        self._keep(reversed(found))

    def of(self, origin: str, endpoint_id: str) -> tuple[RefusedValue, ...]:
        """What that server refused for that endpoint, the newest first."""
        newest_first = reversed(self._known.values())
        wanted = (origin, endpoint_id)
        return tuple(one for one in newest_first if (one.origin, one.endpoint_id) == wanted)

    async def note(self, job: Job, problems: Sequence[Problem], now: float) -> None:
        """A server refused a job for these; what is about its values is remembered."""
        asked = Asked(origin=job.origin, endpoint_id=job.endpoint_id, values=job.values, now=now)
        found = refused_values(asked, problems)
        if found:
            self._keep(found)
            await self._on_disk(lambda: self._store.save(found, keep=MOST_REMEMBERED))

    async def passed(self, job: Job) -> None:
        """A server made a clip of a job: what it holds is not refused any more."""
        await self._let_go(
            one for one in self.of(job.origin, job.endpoint_id) if is_held(one, job.values)
        )

    async def forget(self, origin: str, endpoint_id: str, loc: Loc, values: Values) -> None:
        """A person wants no warning of what stands at that place now."""
        await self._let_go(
            one for one in self.of(origin, endpoint_id) if one.loc == loc and is_held(one, values)
        )

    async def _let_go(self, those: Iterable[RefusedValue]) -> None:
        gone = tuple(those)
        if gone:
            for one in gone:
                self._known.pop(_key(one), None)
            tell(self.changed)
            await self._on_disk(lambda: self._store.forget(gone))

    def _keep(self, found: Iterable[RefusedValue]) -> None:
        for one in found:
            self._known.pop(_key(one), None)
            self._known[_key(one)] = one
        while len(self._known) > MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        tell(self.changed)

    async def _on_disk(self, write: Callable[[], None]) -> None:
        try:
            await self._writer.run(write)
        except ProblemError as error:
            _log.info("the refused values cannot be kept: %s", error)


def _key(one: RefusedValue) -> tuple[str, str, Loc, str]:
    return one.origin, one.endpoint_id, one.loc, one.digest
