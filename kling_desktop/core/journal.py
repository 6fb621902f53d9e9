"""The owner of all jobs: frozen records, each change on disk before anybody acts on or sees it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from psygnal import EmitLoopError, Signal, SignalInstance

from kling_desktop.core import transitions
from kling_desktop.core.problems import CANNOT_SAVE, CannotSaveError
from kling_desktop.core.transitions import Cause
from kling_desktop.records.job import Attempt, Job, JobEvent, JobState

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping, Set

    from kling_desktop.core.clock import Clock
    from kling_desktop.core.writer import Threads
    from kling_desktop.records.json_values import JsonValue

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class JobRecords(Protocol):
    """What the journal needs of the store of jobs. Each write is on disk when it returns."""

    def save(self, job: Job, note: str = "", facts: Mapping[str, JsonValue] | None = None) -> None:
        """Keeps the job and an event of it."""
        ...

    def save_many(self, jobs: Iterable[Job], note: str = "") -> None:
        """Keeps several jobs, all or none."""
        ...

    def open_jobs(self) -> list[Job]:
        """All that are not final, oldest first."""
        ...

    def recent(self, limit: int = 50) -> list[Job]:
        """The final ones that ended last, newest first."""
        ...

    def known_requests(self, origin: str) -> set[str]:
        """Every request id of that origin that belongs to a job."""
        ...

    def remove(self, job_id: str) -> None:
        """Takes the job out of the list."""
        ...

    def events(self, job_id: str) -> list[JobEvent]:
        """The life of a job, oldest first."""
        ...


class JobMovedError(Exception):
    """The job is no longer in the state that a change was meant for."""


@dataclass(slots=True)
class _Pending:
    job: Job
    note: str
    facts: Mapping[str, JsonValue]
    done: asyncio.Future[None] = field(default_factory=lambda: _future())


class Journal:
    """Jobs in memory, written through. Only `change` and `add` alter what a restart would find."""

    added = Signal(Job)
    changed = Signal(Job)
    removed = Signal(str)

    def __init__(self, store: JobRecords, writer: Threads, clock: Clock) -> None:
        self._store = store
        self._writer = writer
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._pending: list[_Pending] = []
        self._begun: set[asyncio.Task[Any]] = set()
        self._pump: asyncio.Task[None] | None = None

    def all(self) -> tuple[Job, ...]:
        """Every job that is open or ended lately, oldest first."""
        return tuple(sorted(self._jobs.values(), key=lambda job: (job.created_at, job.job_id)))

    def get(self, job_id: str) -> Job:
        """The job as it is now. Raises KeyError for an unknown one."""
        return self._jobs[job_id]

    def has(self, job_id: str) -> bool:
        """Whether that job is here."""
        return job_id in self._jobs

    def owner_of(self, origin: str, request_id: str) -> str | None:
        """The id of the job that has that request."""
        for job in self._jobs.values():
            request = job.request
            if request and (job.origin, request.request_id) == (origin, request_id):
                return job.job_id
        return None

    async def load(self, recent: int) -> None:
        """Reads the open jobs and the last final ones."""
        for job in await self._on_disk(self._read, recent):
            self._keep(job)

    async def add(self, jobs: Iterable[Job], note: str = "") -> None:
        """Takes new jobs, all or none."""
        new = tuple(jobs)
        await self._unbroken(self._add(new, note))

    async def change(
        self,
        job_id: str,
        edit: Callable[[Job], Job],
        *,
        cause: Cause = Cause.ENGINE,
        expect: Set[JobState] = frozenset(),
        note: str = "",
        facts: Mapping[str, JsonValue] | None = None,
    ) -> Job:
        """Replaces a job by what `edit` makes of it; on disk when this returns.

        Once begun it is carried through even where the caller is cancelled. Raises JobMovedError
        where the job is in none of the expected states (any will do for none given),
        ForbiddenChangeError where no such arrow exists, and CannotSaveError, after which
        nothing has changed.
        """
        return await self._unbroken(
            self._change(job_id, edit, _Change(cause, frozenset(expect), note, facts or {}))
        )

    async def hand_over(self, job_id: str, attempt: Attempt, found: Job) -> None:
        """Moves an attempt from one job to a new one that follows it, in one transaction."""
        await self._unbroken(self._hand_over(job_id, attempt, found))

    def show(self, job_id: str, **readings: Any) -> None:  # noqa: ANN401 - fields of Job
        """Shows what was read off (bytes, position, time of the last answer) without writing it.

        It reaches the disk with the next real change. State and request cannot be altered here.
        """
        old = self._jobs.get(job_id)
        if old is None:
            return
        new = replace(old, **readings)
        if new == old:
            return
        if new.state is not old.state or new.request != old.request or new.attempts != old.attempts:
            raise transitions.ForbiddenChangeError(f"job {job_id}: not a reading: {readings}")
        self._jobs[job_id] = new
        _tell(self.changed, new)

    async def remove(self, job_id: str) -> None:
        """Takes a final job out of the list. Raises JobMovedError for an open one."""
        await self._unbroken(self._remove(job_id))

    async def known_requests(self, origin: str) -> set[str]:
        """Every request id of that origin that belongs to a job."""
        return await self._on_disk(self._store.known_requests, origin)

    async def events(self, job_id: str) -> list[JobEvent]:
        """The life of a job, oldest first."""
        return await self._on_disk(self._store.events, job_id)

    async def close(self, seconds: float) -> None:
        """Lets what was begun reach the disk."""
        if self._begun:
            await asyncio.wait(set(self._begun), timeout=seconds)

    async def _unbroken(self, work: Coroutine[Any, Any, T]) -> T:
        """Carries `work` through, whatever becomes of the caller."""
        return await asyncio.shield(self._begin(work))

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work, name="journal")
        self._begun.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        """The caller gets the error; where it has gone, the next start finds the old record."""
        self._begun.discard(task)
        if not task.cancelled():
            task.exception()

    async def _add(self, jobs: tuple[Job, ...], note: str) -> None:
        await self._on_disk(self._store.save_many, jobs, note)
        for job in jobs:
            self._keep(job)
            _tell(self.added, job)

    async def _change(self, job_id: str, edit: Callable[[Job], Job], how: _Change) -> Job:
        async with self._locks[job_id]:
            old = self._jobs[job_id]
            if how.expect and old.state not in how.expect:
                raise JobMovedError(old.state)
            new = edit(old)
            if new == old:
                return old
            if new.state is not old.state:
                new = replace(new, changed_at=self._clock.now())
            transitions.check(old, new, how.cause)
            await self._write(_Pending(new, how.note, how.facts))
            self._jobs[job_id] = new
        _tell(self.changed, new)
        return new

    async def _hand_over(self, job_id: str, attempt: Attempt, found: Job) -> None:
        async with self._locks[job_id]:
            old = self._jobs[job_id]
            left = tuple(one for one in old.attempts if one != attempt)
            new = replace(old, attempts=left)
            transitions.check(old, new, Cause.FAL)
            both = (new, found)
            await self._on_disk(self._store.save_many, both, "found in the history")
            self._jobs[job_id] = new
        self._keep(found)
        _tell(self.changed, new)
        _tell(self.added, found)

    async def _remove(self, job_id: str) -> None:
        async with self._locks[job_id]:
            if not self._jobs[job_id].is_final:
                raise JobMovedError(self._jobs[job_id].state)
            await self._on_disk(self._store.remove, job_id)
            del self._jobs[job_id]
        del self._locks[job_id]
        _tell(self.removed, job_id)

    async def _write(self, pending: _Pending) -> None:
        """Hands the change to the pump; many that wait together share one commit."""
        self._pending.append(pending)
        if self._pump is None or self._pump.done():
            self._pump = self._begin(self._pump_out())
        await pending.done

    async def _pump_out(self) -> None:
        while self._pending:
            batch, self._pending = _first_alike(self._pending)
            saving = asyncio.ensure_future(self._save(batch))
            await asyncio.wait({saving})
            error = saving.exception()
            for one in batch:
                _resolve(one.done, error)

    async def _save(self, batch: list[_Pending]) -> None:
        if len(batch) == 1:
            only = batch[0]
            await self._on_disk(self._store.save, only.job, only.note, only.facts)
        else:
            jobs = [one.job for one in batch]
            await self._on_disk(self._store.save_many, jobs, batch[0].note)

    async def _on_disk(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the store gives; whatever it raises becomes CannotSaveError."""
        working = asyncio.ensure_future(self._writer.run(call, *args, **kwargs))
        await asyncio.wait({working})
        error = working.exception()
        if error is not None:
            raise CannotSaveError(CANNOT_SAVE(reason=str(error))) from error
        return working.result()

    def _keep(self, job: Job) -> None:
        self._jobs[job.job_id] = job
        self._locks.setdefault(job.job_id, asyncio.Lock())

    def _read(self, recent: int) -> list[Job]:
        return [*self._store.recent(recent), *self._store.open_jobs()]


@dataclass(frozen=True, slots=True)
class _Change:
    cause: Cause
    expect: frozenset[JobState]
    note: str
    facts: Mapping[str, JsonValue]


def _first_alike(pending: list[_Pending]) -> tuple[list[_Pending], list[_Pending]]:
    """The first change with all that can share its commit, and the rest, both in order."""
    first = pending[0]
    if first.facts:
        return [first], pending[1:]
    alike = [one for one in pending if one.note == first.note and not one.facts]
    chosen = {id(one) for one in alike}
    return alike, [one for one in pending if id(one) not in chosen]


def _future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


def _resolve(future: asyncio.Future[None], error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)


def _tell(signal: SignalInstance, *what: object) -> None:
    """A listener's mistake must not stop a job."""
    try:
        signal.emit(*what)
    except EmitLoopError:
        _log.exception("a listener to %s failed", signal.name)
