"""From the queue to the result: ask, wait, pass on the wish to stop. Only fal's word ends a job."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from kling_desktop.core import pacing
from kling_desktop.core.problems import CANCELLED_AT_FAL, REQUEST_GONE, REQUEST_NOT_FOUND
from kling_desktop.core.results import result_files
from kling_desktop.core.sending import Sending, field_problem, remember_refusal
from kling_desktop.core.transitions import Cause
from kling_desktop.fal import errors, outcomes
from kling_desktop.fal import problems as fal_problems
from kling_desktop.records.job import REHEARSAL_ORIGIN, Job, JobState, LogLine, MadeBy, Request
from kling_desktop.records.json_values import media_refs
from kling_desktop.records.problem import Charge, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kling_desktop.core.parts import Parts
    from kling_desktop.core.ports import FalCalls

T = TypeVar("T")

_log = logging.getLogger(__name__)

_AT_FAL = frozenset({JobState.IN_QUEUE, JobState.IN_PROGRESS})
_GONE_TRIES = 3
_INPUT_NOT_THERE = "file_download_error"
_CANCELLED_WORDS = frozenset({"client_cancelled", "client_disconnected"})
_NOT_ABOUT_THE_INPUT = frozenset(
    kind.code
    for kind in (
        fal_problems.CANCELLED_AT_FAL,
        fal_problems.FAL_FAILED,
        fal_problems.STARTED_TOO_LATE,
    )
)
"""Ends whose own words say more than a complaint about the settings would."""


_STRANGE_WORDS = 5
"""Unknown words for a status after which the result is asked."""


@dataclass(slots=True)
class _Memory:
    """What is known of a request in this run of the program."""

    failures: int = 0
    not_found_since: float | None = None
    wish_passed_on: bool = False
    gone: int = 0
    strange: int = 0
    """Words for a status that nobody knows."""


class Following:
    """The stages in which fal has the job."""

    def __init__(self, parts: Parts, sending: Sending) -> None:
        self._parts = parts
        self._sending = sending
        self._memories: dict[str, _Memory] = {}
        self._refused_by_polls: set[str] = set()

    async def follow(self, job: Job) -> None:
        """`in_queue` and `in_progress`: one question and the wait after it."""
        memory = self._memory(job)
        if job.cancel_wished and not memory.wish_passed_on:
            await self._pass_on_wish(job, memory)
            job = self._parts.journal.get(job.job_id)
            if job.state not in _AT_FAL:
                return
        try:
            status = await self._ask(job, lambda fal, at: fal.queue.status(at, logs=True))
        except errors.NotFound:
            await self._not_found(job, memory)
        except ProblemError as error:
            await self._trouble(job, memory, error)
        else:
            self._recovered(job, memory)
            await self._heard(job, status)

    async def fetch(self, job: Job) -> None:
        """`fetching`: the result says what the job came to."""
        if job.paused:
            await self._parts.bells.wait(job.job_id, None)
            return
        memory = self._memory(job)
        try:
            outcome = await self._ask(job, lambda fal, at: fal.queue.result(at))
        except errors.NotFound as error:
            await self._gone(job, memory, error.problem)
        except ProblemError as error:
            await self._trouble(job, memory, error)
        else:
            self._recovered(job, memory)
            self._parts.journal.show(job.job_id, **self._well())
            await self._fetched(job, memory, outcome)

    def forget(self, job_id: str) -> None:
        """The job is final."""
        self._memories.pop(job_id, None)

    def forget_troubles(self) -> None:
        """Network or key changed: whoever waits asks at once."""
        for memory in self._memories.values():
            memory.failures = 0

    async def _ask(self, job: Job, question: Callable[[FalCalls, Request], Awaitable[T]]) -> T:
        reach = self._parts.reach(job.origin)
        async with reach.asking():
            client = await self._parts.around.origins.client(job.origin)
            request = await self._parts.around.origins.request_of(job)
            answer = await question(client, request)
        self._sending.went_through(job.origin)
        return answer

    async def _heard(self, job: Job, status: outcomes.Status) -> None:
        match status:
            case outcomes.InQueue(position, logs):
                self._log_lines(job, logs)
                await self._still(job, JobState.IN_QUEUE, position)
            case outcomes.InProgress(logs):
                self._log_lines(job, logs)
                await self._still(job, JobState.IN_PROGRESS, None)
            case outcomes.Completed(logs=logs):
                self._log_lines(job, logs)
                await self._to(job, JobState.FETCHING, queue_position=None, **self._well())
            case outcomes.UnknownStatus(text):
                _log.info("job %s: unknown status %.40s", job.job_id, text)
                await self._strange(job)

    async def _strange(self, job: Job) -> None:
        """A word that fal does not use. After some of them the result is asked what is so."""
        memory = self._memory(job)
        memory.strange += 1
        if memory.strange % _STRANGE_WORDS:
            await self._still(job, job.state, job.queue_position)
        else:
            await self._to(job, JobState.FETCHING, queue_position=None, **self._well())

    async def _still(self, job: Job, state: JobState, position: int | None) -> None:
        now = self._parts.now()
        if state is job.state:
            self._parts.journal.show(job.job_id, queue_position=position, **self._well())
        else:
            job = await self._to(job, state, queue_position=position, **self._well())
        reading = pacing.Reading(
            state=state,
            position=position,
            elapsed=now - self._sent_at(job),
            usual=self._usual(job),
            hidden=self._parts.window.hidden,
            nearby=job.origin == REHEARSAL_ORIGIN,
        )
        delay = pacing.poll_delay(reading, self._parts.around.chance())
        await self._parts.bells.wait(job.job_id, delay)

    async def _fetched(self, job: Job, memory: _Memory, outcome: outcomes.ResultOutcome) -> None:
        match outcome:
            case outcomes.Output(output):
                await self._parts.around.refused.passed(job)
                charge = self._charged(job, Charge.CHARGED)
                state = JobState.DOWNLOADING if result_files(output) else JobState.FINISHED
                await self._to(
                    job,
                    state,
                    result=output,
                    charge=charge,
                    problem=None,
                    transferred=0,
                    to_transfer=None,
                )
            case outcomes.NotReady():
                await self._parts.bells.wait(job.job_id, 1.5)
                await self._to(job, JobState.IN_QUEUE, queue_position=None)
            case outcomes.ModelFailed() as failed:
                await self._model_failed(job, failed)
            case outcomes.Gone(problem):
                await self._gone(job, memory, problem)

    async def _model_failed(self, job: Job, failed: outcomes.ModelFailed) -> None:
        charge = self._charged(job, failed.charge)
        was_cancelled = (
            failed.error_type in _CANCELLED_WORDS
            or failed.problem.code == fal_problems.CANCELLED_AT_FAL.code
        )
        if job.cancel_wished and was_cancelled:
            await self._to(
                job,
                JobState.CANCELLED,
                charge=charge,
                problem=CANCELLED_AT_FAL(charge=charge, details=failed.problem.details),
            )
            return
        if failed.error_type == _INPUT_NOT_THERE:
            await self._forget_uploads(job)
        problem = failed.problem
        if problem.code not in _NOT_ABOUT_THE_INPUT:
            problem = field_problem(self._parts, job, problem, failed.detail)
            await remember_refusal(self._parts, job, failed.detail)
        await self._to(job, JobState.FAILED, charge=charge, problem=replace(problem, charge=charge))

    async def _forget_uploads(self, job: Job) -> None:
        """The model could not fetch an input: its address no longer serves."""
        for _, ref in media_refs(job.values):
            await self._parts.around.uploads.forget(ref, job.origin)

    async def _gone(self, job: Job, memory: _Memory, problem: Problem) -> None:
        memory.gone += 1
        if memory.gone < _GONE_TRIES:
            await self._parts.bells.wait(job.job_id, 5.0)
            return
        if job.cancel_wished:
            await self._cancelled(job)
            return
        charge = self._charged(job, Charge.MAY_BE)
        gone = REQUEST_GONE(charge=charge, details=problem.details)
        await self._to(job, JobState.FAILED, charge=charge, problem=gone)

    async def _not_found(self, job: Job, memory: _Memory) -> None:
        """Says nothing while the request is young; later it is shown; at last the result decides.

        A 404 also comes for another account's key, so it never ends a job by itself.
        """
        if job.cancel_wished and memory.wish_passed_on:
            await self._cancelled(job)
            return
        now = self._parts.now()
        if memory.not_found_since is None:
            memory.not_found_since = now
        lasting = now - memory.not_found_since
        if lasting > pacing.NOT_FOUND_LIMIT:
            await self._to(job, JobState.FETCHING)
            return
        memory.failures += 1
        if lasting > pacing.NOT_FOUND_GRACE:
            charge = self._charged(job, Charge.MAY_BE)
            self._parts.journal.show(job.job_id, problem=REQUEST_NOT_FOUND(charge=charge))
        await self._wait_after_failure(job, memory, 60.0)

    async def _trouble(self, job: Job, memory: _Memory, error: ProblemError) -> None:
        """Nothing is decided: it is shown, and asked again later."""
        memory.failures += 1
        problem = error.problem
        if isinstance(error, errors.KeyRefused):
            problem = self._parts.sending.about_key(problem)
        self._parts.journal.show(job.job_id, problem=problem)
        if isinstance(error, errors.KeyRefused | errors.Forbidden):
            reason = error.reason if isinstance(error, errors.Forbidden) else "key"
            self._sending.stop_for(job.origin, problem, reason)
            self._refused_by_polls.add(job.origin)
            await self._wait_after_failure(job, memory, 300.0)
        elif isinstance(error, errors.Unreachable) and self._parts.reach(job.origin).is_away:
            return
        else:
            await self._wait_after_failure(job, memory, 60.0)

    async def _wait_after_failure(self, job: Job, memory: _Memory, cap: float) -> None:
        delay = pacing.back_off(memory.failures, self._parts.around.chance(), cap=cap)
        await self._parts.bells.wait(job.job_id, delay)

    def _recovered(self, job: Job, memory: _Memory) -> None:
        memory.failures = 0
        memory.not_found_since = None
        if job.origin in self._refused_by_polls:
            self._refused_by_polls.discard(job.origin)
            self._sending.forgive(job.origin)

    def _well(self) -> dict[str, Any]:
        """The readings of a job whose question was answered, to be shown with what was said."""
        return {"problem": None, "checked_at": self._parts.now()}

    async def _pass_on_wish(self, job: Job, memory: _Memory) -> None:
        try:
            outcome = await self._ask(job, lambda fal, at: fal.queue.cancel(at))
        except (errors.Unreachable, errors.KeyRefused):
            return
        except ProblemError as error:
            _log.info("job %s: cannot be cancelled: %s", job.job_id, error)
            memory.wish_passed_on = True
            return
        memory.wish_passed_on = True
        if isinstance(outcome, outcomes.AlreadyCompleted):
            await self._to(job, JobState.FETCHING, queue_position=None)

    async def _cancelled(self, job: Job) -> None:
        charge = self._charged(job, Charge.PROBABLY_NOT)
        await self._to(
            job, JobState.CANCELLED, charge=charge, problem=CANCELLED_AT_FAL(charge=charge)
        )

    async def _to(self, job: Job, state: JobState, **changes: Any) -> Job:  # noqa: ANN401 - fields of Job
        return await self._parts.journal.change(
            job.job_id,
            lambda old: replace(old, state=state, **changes),
            cause=Cause.FAL,
            expect=frozenset({job.state}),
            facts=self._parts.logs.facts(job.job_id) if state is JobState.FETCHING else None,
        )

    def _log_lines(self, job: Job, lines: tuple[LogLine, ...]) -> None:
        if lines and self._parts.logs.add(job.job_id, lines):
            self._parts.logged(job.job_id)

    def _charged(self, job: Job, charge: Charge) -> Charge:
        return Charge.NOT_CHARGED if job.made_by is MadeBy.REHEARSAL else charge

    def _memory(self, job: Job) -> _Memory:
        return self._memories.setdefault(job.job_id, _Memory())

    def _sent_at(self, job: Job) -> float:
        return job.attempts[-1].sent_at if job.attempts else job.created_at

    def _usual(self, job: Job) -> tuple[int, int] | None:
        endpoint = self._parts.around.catalog().endpoint(job.endpoint_id)
        return None if endpoint is None else endpoint.usual_seconds
