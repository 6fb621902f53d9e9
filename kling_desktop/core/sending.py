"""From waiting to fal's answer: gate, upload, the one POST, and what its answer means."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog.validation import body_of, problems_from_422
from kling_desktop.core import submit_edits
from kling_desktop.core.canonical import body_hash
from kling_desktop.core.gates import Gate, Refusal
from kling_desktop.core.pacing import back_off
from kling_desktop.core.problems import (
    SENDING_INTERRUPTED,
    SENDING_UNKNOWN,
    CannotSaveError,
    SimulatorSilentError,
)
from kling_desktop.core.submit_edits import Edit
from kling_desktop.core.transitions import Cause
from kling_desktop.fal import errors, outcomes
from kling_desktop.records.job import (
    REHEARSAL_ORIGIN,
    Attempt,
    Job,
    JobState,
    Request,
    WaitingFor,
)
from kling_desktop.records.json_values import (
    JsonValue,
    Values,
    is_aside,
    media_refs,
    with_media_replaced,
)
from kling_desktop.records.problem import Charge, Problem, ProblemError

if TYPE_CHECKING:
    from kling_desktop.core.parts import Parts
    from kling_desktop.core.ports import FalCalls

_log = logging.getLogger(__name__)

_UPLOADING = frozenset({JobState.UPLOADING})
_SUBMITTING = frozenset({JobState.SUBMITTING})


class Sending:
    """The stages before a request exists."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._failures: dict[str, int] = {}
        self._posts = 0
        self.quiet = asyncio.Event()
        """Set while no POST is under way."""
        self.quiet.set()

    async def wait(self, job: Job) -> None:
        """`waiting`: goes on as soon as nothing stands in the way."""
        gate = self._parts.sending.gate(job, self._parts.now())
        if gate.is_open:
            await self._to(
                job,
                JobState.UPLOADING,
                waiting_for=WaitingFor.NOTHING,
                # A server that was silent is so until it answers.
                problem=job.problem if job.waiting_for is WaitingFor.NETWORK else None,
                not_before=None,
                transferred=0,
                to_transfer=None,
            )
            return
        await self._say_why(job, gate)
        await self._parts.bells.wait(job.job_id, gate.seconds)

    async def upload(self, job: Job) -> None:
        """`uploading`: brings the inputs up, then sends."""
        try:
            client = await self._parts.around.origins.client(job.origin)
            body = await self._body(job)
        except ProblemError as error:
            await self._upload_failed(job, error)
            return
        async with self._parts.submissions[job.origin]:
            gate = self._parts.sending.gate(job, self._parts.now())
            if gate.is_open:
                await self._submit(job, body, client)
            else:
                await self._to(
                    job, JobState.WAITING, waiting_for=gate.waiting_for, problem=gate.problem
                )

    async def interrupted(self, job: Job) -> None:
        """`submitting` without anybody sending: the program ended before an answer was stored."""
        await self._to(
            job,
            JobState.UNCONFIRMED,
            problem=SENDING_INTERRUPTED(),
            charge=Charge.MAY_BE,
        )

    def went_through(self, origin: str) -> None:
        """The origin answered: those that wait for the network go on."""
        if self._failures.pop(origin, None) is None:
            return
        for job in self._parts.journal.all():
            if job.origin == origin and job.waiting_for is WaitingFor.NETWORK:
                self._parts.journal.show(job.job_id, not_before=None)
                self._parts.bells.ring(job.job_id)

    def stop_for(self, origin: str, problem: Problem, reason: errors.AccountReason) -> None:
        """Sends nothing more to that account until the person has seen to it."""
        refusal = Refusal(submit_edits.waiting_for_account(reason), problem)
        is_news = origin not in self._parts.sending.refusals
        self._parts.sending.refusals[origin] = refusal
        if is_news:
            self._parts.account_refused(origin, problem)
        self._ring_waiting()

    def forgive(self, origin: str) -> None:
        """Another try: what the account refused is asked anew."""
        self._parts.sending.limits.pop(origin, None)
        if self._parts.sending.refusals.pop(origin, None) is not None:
            self._parts.account_forgiven(origin)
            self._ring_waiting()

    def _ring_waiting(self) -> None:
        for job in self._parts.journal.all():
            if job.state is JobState.WAITING:
                self._parts.bells.ring(job.job_id)

    async def _submit(self, job: Job, body: Values, client: FalCalls) -> None:
        attempt = Attempt(
            number=max((one.number for one in job.attempts), default=0) + 1,
            sent_at=self._parts.now(),
            body_sha256=body_hash(body),
        )
        sent = await self._parts.journal.change(
            job.job_id,
            lambda old: replace(
                old,
                state=JobState.SUBMITTING,
                attempts=(*old.attempts, attempt),
                body=body,
                problem=None,
                waiting_for=WaitingFor.NOTHING,
            ),
            expect=_UPLOADING,
        )
        self._posts += 1
        self.quiet.clear()
        try:
            outcome = await client.queue.submit(
                sent.endpoint_id, body, options=submit_edits.options_of(sent)
            )
            await self._record(sent, outcome)
        finally:
            self._posts -= 1
            if not self._posts:
                self.quiet.set()

    async def _record(self, job: Job, outcome: outcomes.SubmitOutcome) -> None:
        """Writes what came of the POST; as long as that fails, nothing else happens."""
        edit = self._edit_for(job, outcome)
        if isinstance(outcome, outcomes.Refused):
            await remember_refusal(self._parts, job, outcome.detail)
        while True:
            try:
                await self._parts.journal.change(
                    job.job_id, edit.apply, cause=edit.cause, expect=_SUBMITTING
                )
            except CannotSaveError as error:
                _log.warning("job %s: the answer is not saved: %s", job.job_id, error)
                self._parts.journal.show(job.job_id, problem=error.problem)
                await self._parts.bells.wait(job.job_id, 2.0)
                continue
            break
        self._tell_others(job, outcome)

    def _edit_for(self, job: Job, outcome: outcomes.SubmitOutcome) -> Edit:
        match outcome:
            case outcomes.Accepted(request, position):
                return self._accepted(job, request, position)
            case outcomes.NotSent(problem):
                return self._later(job.origin, problem)
            case outcomes.Limited(retry_after, problem):
                until = self._parts.now() + max(1.0, retry_after)
                return submit_edits.back_to_waiting(
                    WaitingFor.FAL_LIMIT, problem, not_before=until, cause=Cause.FAL
                )
            case outcomes.AccountRefused(problem, reason):
                return _for_account(reason, problem)
            case outcomes.Refused(problem, detail):
                return submit_edits.refused(field_problem(self._parts, job, problem, detail))
            case outcomes.Unconfirmed(problem):
                return submit_edits.unconfirmed(problem)

    def _accepted(self, job: Job, request: Request, position: int | None) -> Edit:
        if self._parts.journal.owner_of(job.origin, request.request_id) is not None:
            _log.warning("job %s: given the request of another job", job.job_id)
            return submit_edits.unconfirmed(SENDING_UNKNOWN())
        return submit_edits.accepted(request, position, self._parts.now())

    def _later(self, origin: str, problem: Problem) -> Edit:
        if origin != REHEARSAL_ORIGIN:
            self._parts.reach(origin).lost()
        failures = self._failures[origin] = self._failures.get(origin, 0) + 1
        until = self._parts.now() + back_off(failures, self._parts.around.chance(), cap=15.0)
        return submit_edits.back_to_waiting(
            WaitingFor.NETWORK, problem, not_before=until, cause=Cause.ENGINE
        )

    def _tell_others(self, job: Job, outcome: outcomes.SubmitOutcome) -> None:
        if not isinstance(outcome, outcomes.NotSent | outcomes.Unconfirmed):
            self._parts.reach(job.origin).answered()
        match outcome:
            case outcomes.AccountRefused(problem, reason):
                self.stop_for(job.origin, problem, reason)
            case outcomes.Limited(retry_after, _):
                self._parts.sending.limits[job.origin] = self._parts.now() + max(1.0, retry_after)
            case outcomes.Accepted() | outcomes.Refused():
                self.went_through(job.origin)
            case outcomes.NotSent() | outcomes.Unconfirmed():
                pass

    async def _upload_failed(self, job: Job, error: ProblemError) -> None:
        match error:
            case errors.Unreachable() | SimulatorSilentError():
                edit = self._later(job.origin, error.problem)
            case errors.KeyRefused():
                problem = self._parts.sending.about_key(error.problem)
                self.stop_for(job.origin, problem, "key")
                edit = _for_account("key", problem)
            case errors.Forbidden():
                self.stop_for(job.origin, error.problem, error.reason)
                edit = _for_account(error.reason, error.problem)
            case _:
                failed = {"state": JobState.FAILED, "problem": error.problem}
                edit = Edit(Cause.ENGINE, failed)
        await self._parts.journal.change(
            job.job_id,
            replace(edit, drops_attempt=False).apply,
            cause=edit.cause,
            expect=_UPLOADING,
        )

    async def _body(self, job: Job) -> Values:
        """The exact body: every local file brought up first and named by its address."""
        around = self._parts.around
        refs = tuple({ref for _, ref in media_refs(job.values)})
        given = await asyncio.gather(*(around.uploads.url_of(ref, job.origin) for ref in refs))
        urls = {
            ref: await around.origins.localized(job.origin, url)
            for ref, url in zip(refs, given, strict=True)
        }
        request_type = around.catalog().request_type_of(job.endpoint_id)
        asked = {name: one for name, one in job.values.items() if not is_aside(name)}
        values = asked if request_type is None else body_of(request_type, asked)
        body = with_media_replaced(values, lambda ref: urls[ref])
        return body if isinstance(body, Mapping) else {}

    async def _say_why(self, job: Job, gate: Gate) -> None:
        if (job.waiting_for, job.problem) == (gate.waiting_for, gate.problem):
            return
        await self._to(job, JobState.WAITING, waiting_for=gate.waiting_for, problem=gate.problem)

    async def _to(self, job: Job, state: JobState, **changes: object) -> Job:
        return await self._parts.journal.change(
            job.job_id,
            lambda old: replace(old, state=state, **changes),  # type: ignore[arg-type]  # our names
            expect=frozenset({job.state}),
        )


def field_problem(parts: Parts, job: Job, problem: Problem, detail: JsonValue) -> Problem:
    """fal's complaint at the field it is about; the other fields' go into its details."""
    request_type = parts.around.catalog().request_type_of(job.endpoint_id)
    if detail is None or request_type is None:
        return problem
    found = problems_from_422(detail, request_type)
    if not found:
        return problem
    first, *others = (replace(one, charge=problem.charge) for one in found)
    details = "\n".join((first.details or problem.details, *(one.said() for one in others)))
    return replace(first, details=details.strip())


async def remember_refusal(parts: Parts, job: Job, detail: JsonValue) -> None:
    """Each value that fal complained of, so that the next try with it is warned."""
    request_type = parts.around.catalog().request_type_of(job.endpoint_id)
    if detail is not None and request_type is not None:
        found = problems_from_422(detail, request_type)
        await parts.around.refused.note(job, found, parts.now())


def _for_account(reason: errors.AccountReason, problem: Problem) -> Edit:
    return submit_edits.back_to_waiting(
        submit_edits.waiting_for_account(reason), problem, not_before=None, cause=Cause.FAL
    )
