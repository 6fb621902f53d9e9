"""What the stages of the engine share, put together once by Jobs."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kling_desktop.core.job_logs import JobLogs
from kling_desktop.core.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.bells import Bells
    from kling_desktop.core.clip_places import ClipPlaces
    from kling_desktop.core.clock import Clock
    from kling_desktop.core.gates import SendingState
    from kling_desktop.core.journal import Journal
    from kling_desktop.core.origins import Origins
    from kling_desktop.core.refused import Refused
    from kling_desktop.core.writer import Threads
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.media import MediaRef
    from kling_desktop.records.problem import Problem

SUBMISSIONS_AT_ONCE = 2
DOWNLOADS_AT_ONCE = 3


class ClipRecords(Protocol):
    """What the engine needs of the store of clips."""

    def save(self, clip: Clip) -> None:
        """On disk when it returns."""
        ...

    def get(self, clip_id: str) -> Clip | None:
        """The clip of that id."""
        ...


class ShotRecords(Protocol):
    """What the engine needs of the store of projects."""

    def add_shot(self, shot_id: str, project_id: str, title: str, created_at: float) -> None:
        """Begins a shot; one that exists stays as it is."""
        ...

    def take_letters(self, shot_id: str, count: int) -> int:
        """Reserves takes and returns the number of the first."""
        ...


class InputAddresses(Protocol):
    """What the engine needs of the uploads."""

    async def url_of(self, ref: MediaRef, origin: str) -> str:
        """The input's URL at the origin, uploaded first where needed. Raises ProblemError."""
        ...

    async def forget(self, ref: MediaRef, origin: str) -> None:
        """The URL no longer serves."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the engine is given by the composition root."""

    journal: Journal
    clips: ClipRecords
    shots: ShotRecords
    writer: Threads
    files: Threads
    """For work on files that may take long."""
    origins: Origins
    uploads: InputAddresses
    input_name: Callable[[MediaRef], str]
    """The name a person's file came with."""
    places: ClipPlaces
    catalog: Callable[[], Catalog]
    refused: Refused
    """What servers did not take, for the next try."""
    clock: Clock
    chance: Callable[[], float]
    """A number from 0 to 1, for spreading waits."""
    new_id: Callable[[], str]
    """UUIDv7 texts, so that ids sort by age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Surroundings, and what the stages tell each other."""

    around: Surroundings
    bells: Bells
    sending: SendingState
    clip_made: Callable[[Clip], None]
    account_refused: Callable[[str, Problem], None]
    """Told with the origin, so that the person can be asked."""
    account_forgiven: Callable[[str], None]
    """Told with the origin that is tried again."""
    logged: Callable[[str], None]
    """Told when a job has new log lines."""
    away_changed: Callable[[str, bool], None]
    """Told when an origin does not answer any more, or answers again."""
    begin: Callable[[str], None]
    """Starts with a job that came into being inside the engine."""
    window: Window = field(default_factory=lambda: Window())
    logs: JobLogs = field(default_factory=JobLogs)
    reaches: dict[str, Reach] = field(default_factory=dict)
    submissions: defaultdict[str, asyncio.Semaphore] = field(
        default_factory=lambda: defaultdict(lambda: asyncio.Semaphore(SUBMISSIONS_AT_ONCE))
    )
    downloads: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(DOWNLOADS_AT_ONCE)
    )

    @property
    def journal(self) -> Journal:
        """The owner of all jobs."""
        return self.around.journal

    def now(self) -> float:
        """Unix seconds."""
        return self.around.clock.now()

    def reach(self, origin: str) -> Reach:
        """The way to an origin."""
        if origin not in self.reaches:
            self.reaches[origin] = Reach(
                self.around.clock,
                self.around.chance,
                lambda away: self.away_changed(origin, away),
            )
        return self.reaches[origin]


@dataclass(slots=True)
class Window:
    """Whether somebody can see what happens."""

    hidden: bool = False
