"""Looking up what became of a POST that got no answer. Never a second POST by itself."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections import defaultdict
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kling_desktop.core import pacing
from kling_desktop.core.history import SLACK_BEFORE, OpenAttempt, match, open_attempts
from kling_desktop.core.journal import JobMovedError
from kling_desktop.core.problems import (
    HISTORY_UNAVAILABLE,
    NOT_LISTED_YET,
    SENDING_INTERRUPTED,
    SENDING_UNKNOWN,
)
from kling_desktop.core.transitions import Cause, unresolved
from kling_desktop.fal.platform import HistoryRow, Unavailable
from kling_desktop.records.job import Attempt, Job, JobState, WaitingFor
from kling_desktop.records.problem import Charge, Problem, ProblemError

if TYPE_CHECKING:
    from kling_desktop.core.parts import Parts

_log = logging.getLogger(__name__)

_UNCONFIRMED = frozenset({JobState.UNCONFIRMED})


class Finding(StrEnum):
    """What a look into the history came to."""

    READ = "read"
    UNREADABLE = "unreadable"
    LATER = "later"
    """Nothing can be said now: no answer, or a POST with the same body is under way."""


class Reconciling:
    """`unconfirmed`, and attempts that stay on watch after the person has decided."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._locks: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def confirm(self, job: Job) -> None:
        """`unconfirmed`: one look into the history, and the wait until the next."""
        finding = await self.look(job)
        job = self._parts.journal.get(job.job_id)
        if job.state is not JobState.UNCONFIRMED:
            return
        now = self._parts.now()
        delay = pacing.next_reconcile(job.changed_at, now)
        self._parts.journal.show(
            job.job_id,
            problem=_problem_after(job, finding),
            checked_at=job.checked_at if finding is Finding.LATER else now,
            not_before=None if delay is None else now + delay,
        )
        await self._parts.bells.wait(job.job_id, delay)

    async def watch(self, job_id: str) -> None:
        """Follows attempts that the person did not wait for; ends when all are found, or in a day.

        What turns up becomes a job of its own.
        """
        while self._parts.journal.has(job_id):
            job = self._parts.journal.get(job_id)
            if job.state in {JobState.UNCONFIRMED, JobState.SUBMITTING} or not unresolved(job):
                return
            delay = pacing.next_reconcile(job.attempts[0].sent_at, self._parts.now())
            if delay is None:
                return
            await self._parts.around.clock.wait(asyncio.Event(), delay)
            if unresolved(self._parts.journal.get(job_id)):
                await self.look(job)

    async def look(self, job: Job) -> Finding:
        """Reads the history once for all jobs of this endpoint and adopts what is found."""
        async with self._locks[job.origin, job.endpoint_id]:
            attempts = open_attempts(self._parts.journal.all(), job.origin, job.endpoint_id)
            if not attempts:
                return Finding.READ
            try:
                rows = await self._rows(job, attempts)
            except ProblemError as error:
                _log.info("the history cannot be read now: %s", error)
                return Finding.LATER
            if isinstance(rows, Unavailable):
                return Finding.UNREADABLE
            return await self._adopt_all(job, attempts, rows)

    async def _rows(
        self, job: Job, attempts: tuple[OpenAttempt, ...]
    ) -> tuple[HistoryRow, ...] | Unavailable:
        start = attempts[0].attempt.sent_at - SLACK_BEFORE
        async with self._parts.reach(job.origin).asking():
            client = await self._parts.around.origins.client(job.origin)
            return await client.platform.requests_by_endpoint(job.endpoint_id, start)

    async def _adopt_all(
        self, job: Job, attempts: tuple[OpenAttempt, ...], rows: tuple[HistoryRow, ...]
    ) -> Finding:
        known = await self._parts.journal.known_requests(job.origin)
        if self._is_sending(job.origin, job.endpoint_id):
            return Finding.LATER
        for one, row in match(attempts, rows, known):
            await self._adopt(one, row)
        return Finding.READ

    def _is_sending(self, origin: str, endpoint_id: str) -> bool:
        """A POST under way may be any line of the same body; its answer comes soon."""
        return any(
            job.state is JobState.SUBMITTING
            and (job.origin, job.endpoint_id) == (origin, endpoint_id)
            for job in self._parts.journal.all()
        )

    async def _adopt(self, one: OpenAttempt, row: HistoryRow) -> None:
        job = self._parts.journal.get(one.job_id)
        request = await self._parts.around.origins.rebuilt(
            job.origin, job.endpoint_id, row.request_id
        )
        _log.info("job %s: found at the server as request %s", job.job_id, row.request_id)
        try:
            await self._parts.journal.change(
                job.job_id,
                lambda old: replace(
                    old,
                    state=JobState.IN_QUEUE,
                    request=request,
                    attempts=_last(old, one),
                    problem=None,
                    charge=Charge.NOT_CHARGED,
                    not_before=None,
                    checked_at=self._parts.now(),
                ),
                cause=Cause.FAL,
                expect=_UNCONFIRMED,
                note="found in the history",
            )
        except JobMovedError:
            await self._adopt_apart(one, row)
        self._parts.bells.ring(one.job_id)

    async def _adopt_apart(self, one: OpenAttempt, row: HistoryRow) -> None:
        """The job has gone on without this attempt; what it bought becomes another take."""
        around = self._parts.around
        job = self._parts.journal.get(one.job_id)
        if one.attempt not in job.attempts:
            return
        take = await around.writer.run(around.shots.take_letters, job.shot_id, 1)
        request = await around.origins.rebuilt(job.origin, job.endpoint_id, row.request_id)
        now = self._parts.now()
        found = replace(
            job,
            job_id=around.new_id(),
            take=take,
            state=JobState.IN_QUEUE,
            request=request,
            attempts=(one.attempt,),
            body=row.input,
            created_at=now,
            changed_at=now,
            waiting_for=WaitingFor.NOTHING,
            not_before=None,
            paused=False,
            cancel_wished=False,
            result=None,
            problem=None,
            charge=Charge.NOT_CHARGED,
            clip_ids=(),
            queue_position=None,
            transferred=0,
            to_transfer=None,
        )
        await self._parts.journal.hand_over(job.job_id, one.attempt, found)
        self._parts.begin(found.job_id)


def _last(job: Job, one: OpenAttempt) -> tuple[Attempt, ...]:
    others = tuple(attempt for attempt in job.attempts if attempt != one.attempt)
    return (*others, one.attempt)


def _problem_after(job: Job, finding: Finding) -> Problem | None:
    if finding is Finding.UNREADABLE:
        sent = datetime.datetime.fromtimestamp(job.attempts[-1].sent_at, datetime.UTC)
        return HISTORY_UNAVAILABLE(endpoint=job.endpoint_id, time=f"{sent:%Y-%m-%d %H:%M:%S}")
    if finding is Finding.READ and not _is_first_word(job):
        return NOT_LISTED_YET()
    return job.problem


def _is_first_word(job: Job) -> bool:
    """How it broke is told until the second look."""
    first = {SENDING_UNKNOWN.code, SENDING_INTERRUPTED.code}
    return job.checked_at is None and job.problem is not None and job.problem.code in first
