"""The face of the job engine: all that a person can ask of jobs, and what there is to see."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from psygnal import Signal

from kling_desktop.core import actions
from kling_desktop.core.bells import Bells
from kling_desktop.core.clock import SystemClock
from kling_desktop.core.gates import Refusal, SendingState
from kling_desktop.core.journal import JobMovedError
from kling_desktop.core.parts import Parts, Surroundings
from kling_desktop.core.problems import NOT_POSSIBLE_NOW, ActionRefusedError
from kling_desktop.core.runner import Runner, stages_for
from kling_desktop.core.tasks import Tasks
from kling_desktop.core.transitions import Cause
from kling_desktop.core.upload_shares import UploadShares
from kling_desktop.records.clip import Clip
from kling_desktop.records.job import (
    REHEARSAL_ORIGIN,
    Job,
    JobEvent,
    JobState,
    LogLine,
    Order,
    WaitingFor,
)
from kling_desktop.records.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.uploads import UploadState

RECENT = 200
"""Final jobs that are still in the list after a start."""
_IDLE_CHECK = 20.0
_IDLE_CHECKS = 3
_POSTS_END_WITHIN = 0.8
_TASKS_END_WITHIN = 0.5

_INTERRUPTIBLE = frozenset(
    {JobState.WAITING, JobState.UPLOADING, JobState.FETCHING, JobState.DOWNLOADING}
)


class Jobs:
    """Each wish is on disk when its call returns. All on one event loop.

    Wishes that a job cannot fulfil in its state raise ActionRefusedError, which says why.
    """

    clip_made = Signal(Clip)
    """A file is in its place and in the library."""
    logged = Signal(str)
    """A job has new log lines."""
    sending_paused_changed = Signal(bool)
    account_refused = Signal(str, Problem)
    """An origin refused the account: nothing more is sent there until the person has seen to it."""
    account_forgiven = Signal(str)
    """What an origin refused is tried again."""
    away_changed = Signal(str, bool)
    """An origin does not answer any more (True), or answers again: one quiet line for all jobs."""

    def __init__(self, around: Surroundings, *, paused: bool = False) -> None:
        """`paused` keeps everything here from the start, as `pause_sending` does."""
        self._parts = Parts(
            around=around,
            bells=Bells(around.clock),
            sending=SendingState(
                around.origins.fal_origin, around.origins.has_key(), paused=paused
            ),
            clip_made=self.clip_made.emit,
            account_refused=self.account_refused.emit,
            account_forgiven=self.account_forgiven.emit,
            logged=self.logged.emit,
            away_changed=self.away_changed.emit,
            begin=lambda job_id: self._runner.run(job_id),
        )
        self._journal = around.journal
        self._tasks = Tasks()
        self._stages = stages_for(self._parts)
        self._runner = Runner(self._parts, self._stages, self._tasks)
        self._shares = UploadShares(self._parts)
        self._key_mark = around.origins.key_mark()
        self.added = self._journal.added
        """A new job."""
        self.changed = self._journal.changed
        """A job, as it is now."""
        self.removed = self._journal.removed
        """The id of a job that left the list."""

    # What there is to see.

    def all(self) -> tuple[Job, ...]:
        """Every open job and the ones that ended lately, oldest first."""
        return self._journal.all()

    def get(self, job_id: str) -> Job:
        """The job as it is now. Raises KeyError."""
        return self._journal.get(job_id)

    def logs(self, job_id: str) -> tuple[LogLine, ...]:
        """What the server said about it in this run of the program."""
        return self._parts.logs.of(job_id)

    async def events(self, job_id: str) -> list[JobEvent]:
        """Its life, oldest first; the log lines of an ended job are among the facts."""
        return await self._journal.events(job_id)

    @property
    def sending_paused(self) -> bool:
        """Whether the person wants nothing to be sent for now."""
        return self._parts.sending.paused

    def refusal(self, origin: str) -> Refusal | None:
        """What that origin refused, as long as nothing is sent there for it."""
        return self._parts.sending.refusals.get(origin)

    # What a person can ask.

    async def order(self, order: Order) -> tuple[Job, ...]:
        """Saves `order.count` jobs and begins with them. They share a batch; letters go on."""
        around = self._parts.around
        now = self._parts.now()
        shot = order.shot_id or around.new_id()
        whole = replace(order, shot_id=shot, project_id=order.project_id or actions.DEFAULT_PROJECT)
        first_take = await around.writer.run(self._take_letters, whole, now)
        jobs = actions.ordered(
            whole,
            first_take=first_take,
            origin=around.origins.origin_for(order.made_by),
            now=now,
            new_id=around.new_id,
        )
        await self._journal.add(jobs, "ordered")
        for job in jobs:
            self._runner.run(job.job_id)
        return jobs

    async def cancel(self, job_id: str) -> None:
        """Ends it where it is still here; where fal has it, fal is asked to stop."""
        await self._wish(job_id, actions.cancelled, "cancelled")
        self._runner.watch(job_id)

    async def hold(self, job_id: str) -> None:
        """Keeps it here, free to change."""
        await self._wish(job_id, actions.held, "held")

    async def send_now(self, job_id: str) -> None:
        """Goes on with a waiting one, whatever it was told to wait for."""
        self._stages.sending.forgive(self.get(job_id).origin)
        await self._wish(job_id, actions.sent_now)

    async def retry(self, job_id: str) -> None:
        """Tries again what failed, without buying anything twice."""
        self._stages.sending.forgive(self.get(job_id).origin)
        await self._wish(job_id, actions.retried, "tried again")

    async def send_again(self, job_id: str) -> None:
        """The person's answer to an unconfirmed one; it may cost twice."""
        await self._wish(job_id, actions.sent_again, "sent again by the person")
        self._runner.watch(job_id)

    async def give_up(self, job_id: str) -> None:
        """The person's other answer; if fal has it, it comes back as another take."""
        await self._wish(job_id, actions.given_up, "given up")
        self._runner.watch(job_id)

    async def check_now(self, job_id: str) -> None:
        """Asks now instead of at the next planned time."""
        self._parts.reach(self.get(job_id).origin).try_now()
        self._runner.run(job_id)

    async def pause(self, job_id: str) -> None:
        """Fetches nothing more of it for now."""
        await self._wish(job_id, actions.paused)

    async def resume(self, job_id: str) -> None:
        """Goes on fetching."""
        await self._wish(job_id, actions.resumed)

    async def remove(self, job_id: str) -> None:
        """Takes an ended one out of the list; its clips stay."""
        try:
            await self._journal.remove(job_id)
        except JobMovedError as error:
            raise ActionRefusedError(NOT_POSSIBLE_NOW()) from error
        self._parts.logs.forget(job_id)

    async def pause_sending(self, paused: bool) -> None:
        """Nothing more is sent; what fal has goes on."""
        if self._parts.sending.paused is not paused:
            self._parts.sending.paused = paused
            self.sending_paused_changed.emit(paused)
            self._parts.bells.ring_all()

    # What the rest of the program has to say.

    def key_changed(self) -> None:
        """There is another key, or none: whatever waited for one looks again.

        An account that was refused for its balance stays so, unless one key took the place of
        another: then it may be another account.
        """
        before, now = self._key_mark, self._parts.around.origins.key_mark()
        self._key_mark = now
        self._parts.sending.has_key = now is not None
        another = before is not None and now is not None and before != now
        refusals = self._parts.sending.refusals
        for origin, one in list(refusals.items()):
            if another or one.waiting_for is WaitingFor.KEY:
                del refusals[origin]
                self.account_forgiven.emit(origin)
        self._ask_again()

    def network_back(self) -> None:
        """The network seems to have returned: all ask at once, through few connections."""
        for reach in self._parts.reaches.values():
            reach.try_now()
        for job in self.all():
            if job.waiting_for is WaitingFor.NETWORK and not job.is_final:
                self._journal.show(job.job_id, not_before=None)
        self._ask_again()

    def show_window(self, *, hidden: bool) -> None:
        """Whether anybody can see the window; polls are slower while nobody does."""
        self._parts.window.hidden = hidden

    def upload_moved(self, state: UploadState) -> None:
        """An input is further on its way: shown on the jobs that wait for it."""
        self._shares.moved(state)

    async def start(self) -> None:
        """Loads what was not finished and goes on where each job was."""
        await self._parts.around.refused.load()
        await self._journal.load(RECENT)
        self._parts.sending.remember(self.all())
        for job in self.all():
            if not job.is_final:
                self._runner.run(job.job_id)
            self._runner.watch(job.job_id)
        self._tasks.spawn(self._let_simulator_rest(), "simulator rest")

    async def close(self) -> None:
        """Stops within two seconds. A POST under way may still get its answer; fal goes on."""
        self._runner.close()
        await SystemClock().wait(self._stages.sending.quiet, _POSTS_END_WITHIN)
        await self._tasks.close(_TASKS_END_WITHIN)
        await self._journal.close(_TASKS_END_WITHIN)
        await self._parts.around.origins.close()

    async def _wish(self, job_id: str, edit: Callable[[Job], Job], note: str = "") -> None:
        before = self.get(job_id).state
        await self._journal.change(job_id, edit, cause=Cause.PERSON, note=note)
        if before in _INTERRUPTIBLE:
            self._runner.interrupt(job_id)
        else:
            self._runner.run(job_id)

    def _take_letters(self, order: Order, now: float) -> int:
        shots = self._parts.around.shots
        shots.add_shot(order.shot_id, order.project_id, order.title, now)
        return shots.take_letters(order.shot_id, order.count)

    def _ask_again(self) -> None:
        self._stages.following.forget_troubles()
        self._stages.downloads.forget_troubles()
        self._parts.bells.ring_all()

    async def _let_simulator_rest(self) -> None:
        """A minute without a rehearsal, and its process may end."""
        idle = 0
        while True:
            await self._parts.around.clock.wait(asyncio.Event(), _IDLE_CHECK)
            busy = any(job.origin == REHEARSAL_ORIGIN and not job.is_final for job in self.all())
            used = self._parts.around.origins.was_rehearsing()
            idle = 0 if busy or used else idle + 1
            if idle == _IDLE_CHECKS:
                await self._parts.around.origins.rest()
