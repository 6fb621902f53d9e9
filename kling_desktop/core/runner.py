"""One task per open job, which does what the job's state asks for until the job is final."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from kling_desktop.core.downloads import Downloads
from kling_desktop.core.following import Following
from kling_desktop.core.journal import JobMovedError
from kling_desktop.core.problems import OTHER_SERVER, STOPPED_BY_SURPRISE
from kling_desktop.core.reconciling import Reconciling
from kling_desktop.core.sending import Sending
from kling_desktop.core.transitions import unresolved
from kling_desktop.records.job import Job, JobState
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from kling_desktop.core.parts import Parts
    from kling_desktop.core.tasks import Tasks

_log = logging.getLogger(__name__)

Stage = Callable[[Job], Awaitable[None]]

_SURPRISE_PAUSE = 60.0
"""Seconds after which a job that broke by our mistake is tried again."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages, each with what it remembers."""

    sending: Sending
    following: Following
    downloads: Downloads
    reconciling: Reconciling

    def by_state(self) -> Mapping[JobState, Stage]:
        """What is done in each state that is not final."""
        return MappingProxyType(
            {
                JobState.WAITING: self.sending.wait,
                JobState.UPLOADING: self.sending.upload,
                JobState.SUBMITTING: self.sending.interrupted,
                JobState.UNCONFIRMED: self.reconciling.confirm,
                JobState.IN_QUEUE: self.following.follow,
                JobState.IN_PROGRESS: self.following.follow,
                JobState.FETCHING: self.following.fetch,
                JobState.DOWNLOADING: self.downloads.download,
            }
        )


def stages_for(parts: Parts) -> Stages:
    """All stages over the same parts."""
    sending = Sending(parts)
    return Stages(sending, Following(parts, sending), Downloads(parts), Reconciling(parts))


class Runner:
    """Starts, restarts and ends the tasks."""

    def __init__(self, parts: Parts, stages: Stages, tasks: Tasks) -> None:
        self._parts = parts
        self._stages = stages
        self._by_state = stages.by_state()
        self._tasks = tasks
        self._running: dict[str, Callable[[], object]] = {}
        self._begin_again: set[str] = set()
        self._watching: set[str] = set()
        self._closing = False

    def run(self, job_id: str) -> None:
        """Makes sure that a task cares for the job, and that it looks now."""
        if job_id in self._running:
            self._parts.bells.ring(job_id)
        if self._closing or job_id in self._running:
            return
        task = self._tasks.spawn(
            self._live(job_id), f"job {job_id}", on_error=lambda error: self._broke(job_id, error)
        )
        self._running[job_id] = task.cancel
        task.add_done_callback(lambda _: self._ended(job_id))

    def interrupt(self, job_id: str) -> None:
        """Ends what the job is doing at this moment; then it begins from its state again.

        Only for states in which nothing can be lost by it: waiting, uploading, and from fetching
        on.
        """
        stop = self._running.get(job_id)
        if stop is None:
            self.run(job_id)
            return
        self._begin_again.add(job_id)
        stop()

    def watch(self, job_id: str) -> None:
        """Looks after attempts that the job does not wait for."""
        if self._closing or job_id in self._watching or not self._watched(job_id):
            return
        self._watching.add(job_id)
        task = self._tasks.spawn(self._stages.reconciling.watch(job_id), f"watch {job_id}")
        task.add_done_callback(lambda _: self._watching.discard(job_id))

    def close(self) -> None:
        """No new task from here on."""
        self._closing = True

    async def _live(self, job_id: str) -> None:
        self._parts.bells.hang(job_id)
        while self._parts.journal.has(job_id):
            job = self._parts.journal.get(job_id)
            if job.is_final:
                break
            try:
                if self._can_go_on(job):
                    await self._by_state[job.state](job)
                else:
                    await self._parts.bells.wait(job_id, None)
            except JobMovedError:
                continue
            except ProblemError as error:
                await self._blocked(job_id, error)
        self._forget(job_id)

    def _can_go_on(self, job: Job) -> bool:
        """A job of another server stays as it is; waiting ones say so at their gate."""
        if self._parts.around.origins.is_configured(job.origin):
            return True
        if job.state is JobState.WAITING:
            return True
        problem = OTHER_SERVER(origin=job.origin, current=self._parts.sending.fal_origin)
        self._parts.journal.show(job.job_id, problem=problem)
        return job.state is JobState.SUBMITTING

    async def _blocked(self, job_id: str, error: ProblemError) -> None:
        """Mostly a disk that takes no record: nothing was acted on, so it can be tried again."""
        _log.warning("job %s cannot go on: %s", job_id, error)
        self._parts.journal.show(job_id, problem=error.problem)
        await self._parts.bells.wait(job_id, 5.0)

    def _broke(self, job_id: str, error: BaseException) -> None:
        """A mistake of ours: the job stays resumable and is tried again after a while."""
        if not self._parts.journal.has(job_id):
            return
        problem = STOPPED_BY_SURPRISE(details=f"{type(error).__name__}: {error}")
        self._parts.journal.show(job_id, problem=problem)
        if not self._closing:
            self._tasks.spawn(self._again(job_id), f"job {job_id} again")

    async def _again(self, job_id: str) -> None:
        await self._parts.bells.wait(job_id, _SURPRISE_PAUSE)
        if self._parts.journal.has(job_id):
            self.run(job_id)

    def _ended(self, job_id: str) -> None:
        self._running.pop(job_id, None)
        if job_id in self._begin_again:
            self._begin_again.discard(job_id)
            if self._parts.journal.has(job_id):
                self.run(job_id)

    def _watched(self, job_id: str) -> bool:
        job = self._parts.journal.get(job_id)
        waits = job.state in {JobState.UNCONFIRMED, JobState.SUBMITTING}
        return not waits and unresolved(job) > 0

    def _forget(self, job_id: str) -> None:
        self._stages.following.forget(job_id)
        self._stages.downloads.forget(job_id)
        self._parts.bells.take_down(job_id)
