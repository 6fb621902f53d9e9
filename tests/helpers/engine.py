"""The job engine for tests: virtual time, a scripted server, and everything else real."""

from __future__ import annotations

import asyncio
import functools
import itertools
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kling_desktop.core.clip_places import ClipPlaces
from kling_desktop.core.clock import SystemClock
from kling_desktop.core.folders import Folders
from kling_desktop.core.inputs import Inputs
from kling_desktop.core.jobs import Jobs
from kling_desktop.core.journal import JobRecords, Journal
from kling_desktop.core.origins import Connect, Origins
from kling_desktop.core.parts import ClipRecords, Surroundings
from kling_desktop.core.refused import Refused
from kling_desktop.core.rehearsal import Rehearsal, simulator_command
from kling_desktop.core.settings import SettingsStore
from kling_desktop.core.tasks import Tasks
from kling_desktop.core.uploads import Uploads
from kling_desktop.core.writer import Writer
from kling_desktop.fal.client import Fal
from kling_desktop.fal.hosts import Hosts
from kling_desktop.records.job import Job, JobState, MadeBy, Order
from kling_desktop.store.clips import ClipStore
from kling_desktop.store.database import Database
from kling_desktop.store.inputs import InputStore
from kling_desktop.store.jobs import JobStore
from kling_desktop.store.projects import ProjectStore
from kling_desktop.store.refused_values import RefusedValueStore
from kling_desktop.store.uploads import UploadStore
from tests.helpers.catalog import bundled
from tests.helpers.scripted_fal import ENDPOINT, ORIGIN, PlainAddresses, ScriptedFal
from tests.helpers.virtual_time import Inline, settled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.clock import Clock
    from kling_desktop.core.writer import Threads
    from kling_desktop.fal.storage import Uploaded
    from kling_desktop.records.clip import Clip


@functools.cache
def _catalog() -> Catalog:
    return bundled()


@dataclass(slots=True)
class Key:
    """A key that comes and goes."""

    text: str | None = "id:secret"

    def __call__(self) -> str | None:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an engine for tests is put together."""

    folder: Path
    clock: Clock
    connect: Connect
    key: Callable[[], str | None] = field(default_factory=Key)
    hosts: Hosts = field(default_factory=lambda: Hosts.single(ORIGIN))
    rehearsal: Rehearsal = field(default_factory=lambda: Rehearsal(("no-such-program",)))
    uploads: Any = field(default_factory=PlainAddresses)
    writer: Threads = field(default_factory=Inline)
    files: Threads = field(default_factory=Inline)
    chance: Callable[[], float] = lambda: 0.5
    clips: Callable[[ClipStore], ClipRecords] = lambda store: store
    """Puts something before the store of clips."""
    jobs: Callable[[JobStore], JobRecords] = lambda store: store
    """Puts something before the store of jobs."""


@dataclass(slots=True)
class Bench:
    """A running engine with everything a test wants to look at."""

    jobs: Jobs
    database: Database
    clips: ClipStore
    store: JobStore
    folders: Folders
    settings: SettingsStore
    origins: Origins
    rehearsal: Rehearsal
    refused: Refused
    made: list[Clip]
    states: dict[str, list[JobState]]

    def state(self, job: Job) -> JobState:
        """Where a job is now."""
        return self.jobs.get(job.job_id).state

    def is_in(self, job: Job, *states: JobState) -> Callable[[], bool]:
        """A condition for VirtualClock.run."""
        return lambda: self.state(job) in states

    def all_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return all(job.is_final for job in self.jobs.all())

    def files(self) -> list[str]:
        """Names of everything below the clips folder."""
        return sorted(one.name for one in self.folders.clips.rglob("*") if one.is_file())


def bench(plan: Plan) -> Bench:
    """Builds it over the folder's database, which may hold an earlier run."""
    folders = Folders.below(plan.folder)
    folders.create()
    database = Database(folders.database)
    database.open()
    store, clips, shots = JobStore(database), ClipStore(database), ProjectStore(database)
    settings = SettingsStore(folders.settings)
    numbers = itertools.count(len(store.open_jobs()) + len(store.recent(10_000)) + 1)
    refused = Refused(RefusedValueStore(database), plan.writer)
    origins = Origins(plan.hosts, plan.key, plan.connect, plan.rehearsal)
    jobs = Jobs(
        Surroundings(
            journal=Journal(plan.jobs(store), plan.writer, plan.clock),
            clips=plan.clips(clips),
            shots=shots,
            writer=plan.writer,
            files=plan.files,
            origins=origins,
            uploads=plan.uploads,
            input_name=lambda ref: ref.file_name,
            places=ClipPlaces(folders, settings, shots.name),
            catalog=_catalog,
            refused=refused,
            clock=plan.clock,
            chance=plan.chance,
            new_id=lambda: f"0190-{next(numbers):012d}",
        )
    )
    made: list[Clip] = []
    states: dict[str, list[JobState]] = {}
    jobs.clip_made.connect(made.append)

    def note(job: Job) -> None:
        seen = states.setdefault(job.job_id, [])
        if not seen or seen[-1] is not job.state:
            seen.append(job.state)

    jobs.added.connect(note)
    jobs.changed.connect(note)
    return Bench(
        jobs=jobs,
        database=database,
        clips=clips,
        store=store,
        folders=folders,
        settings=settings,
        origins=origins,
        rehearsal=plan.rehearsal,
        refused=refused,
        made=made,
        states=states,
    )


@asynccontextmanager
async def scripted_bench(folder: Path, fal: ScriptedFal, **changes: Any) -> AsyncIterator[Bench]:
    """A started engine over a scripted server, on the server's clock."""

    made = await begun(folder, fal, **changes)
    try:
        yield made
    finally:
        await made.jobs.close()
        made.database.close()


@asynccontextmanager
async def real_bench(
    folder: Path,
    *,
    hosts: Hosts | None = None,
    key: Callable[[], str | None] | None = None,
    simulator: Sequence[str] = (),
) -> AsyncIterator[tuple[Bench, Inputs]]:
    """The engine as the program puts it together, in real time, over real connections."""
    writer, files = Writer(), Writer("files", 3)
    folders = Folders.below(folder)
    folders.create()
    command = (*simulator_command(folders.rehearsal), *simulator)
    rehearsal = Rehearsal(command, folders.logs / "simulator.log")
    database = Database(folders.database)
    database.open()
    inputs = Inputs(folders.inputs, folder / "outgoing", InputStore(database), writer, _no_fetch)
    tasks = Tasks()
    held: list[Origins] = []

    async def send(
        origin: str, path: Path, name: str, content_type: str, progress: Callable[[int], None]
    ) -> Uploaded:
        return await held[0].upload(origin, path, name, content_type, progress)

    uploads = Uploads(inputs, send, UploadStore(database), writer, tasks)
    plan = Plan(
        folder=folder,
        clock=SystemClock(),
        connect=Fal.open,
        hosts=hosts or Hosts.single(ORIGIN),
        key=key or (lambda: "rehearsal:rehearsal"),
        rehearsal=rehearsal,
        uploads=uploads,
        writer=writer,
        files=files,
        chance=random.random,
    )
    made = bench(plan)
    held.append(made.origins)
    uploads.changed.connect(made.jobs.upload_moved)
    await made.jobs.start()
    try:
        yield made, inputs
    finally:
        await tasks.close()
        await made.jobs.close()
        for one in (writer, files):
            one.close()
        database.close()
        made.database.close()


async def _no_fetch(url: str, path: Path) -> None:
    raise FileNotFoundError(url)


async def begun(folder: Path, fal: ScriptedFal, **changes: Any) -> Bench:
    """A started engine that a test ends by itself, mostly with crash()."""

    async def connect(hosts: Hosts, key: Callable[[], str | None]) -> ScriptedFal:
        return fal

    made = bench(Plan(folder=folder, clock=fal.clock, connect=connect, **changes))
    await made.jobs.start()
    return made


async def crash(made: Bench) -> None:
    """Ends an engine without any of its courtesies; what is on disk is all that stays."""
    for task in asyncio.all_tasks():
        if task.get_name().startswith(("job ", "watch ", "journal", "simulator rest")):
            task.cancel()
    await settled()
    made.database.close()


def an_order(prompt: str = "The cat turns to the window", **changes: Any) -> Order:
    """One real clip for $0.28, with whatever is changed."""
    facts: dict[str, Any] = {
        "endpoint_id": ENDPOINT,
        "values": {"prompt": prompt},
        "made_by": MadeBy.FAL,
        "title": "Cat",
        "price_each": Decimal("0.28"),
    }
    return Order(**{**facts, **changes})
