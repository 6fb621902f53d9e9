"""What a person's wish makes of a job: pure, and refused in words where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.core.naming import title_of
from kling_desktop.core.problems import (
    CANNOT_CANCEL_NOW,
    GIVEN_UP,
    NOT_POSSIBLE_NOW,
    TOO_LATE_TO_CANCEL,
    ActionRefusedError,
)
from kling_desktop.records.job import Job, JobState, MadeBy, Order, WaitingFor
from kling_desktop.records.problem import Charge, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = frozenset({JobState.WAITING, JobState.UPLOADING})
_AT_FAL = frozenset({JobState.IN_QUEUE, JobState.IN_PROGRESS})
_COMING = frozenset({JobState.FETCHING, JobState.DOWNLOADING})

DEFAULT_PROJECT = "default"


def ordered(
    order: Order, *, first_take: int, origin: str, now: float, new_id: Callable[[], str]
) -> tuple[Job, ...]:
    """The jobs of one press: one batch, letters that continue the shot's."""
    batch_id = new_id()
    prompt = order.values.get("prompt")
    title = order.title.strip() or title_of(prompt if isinstance(prompt, str) else "")
    return tuple(
        Job(
            job_id=new_id(),
            project_id=order.project_id or DEFAULT_PROJECT,
            shot_id=order.shot_id,
            take=first_take + number,
            batch_id=batch_id,
            made_by=order.made_by,
            origin=origin,
            endpoint_id=order.endpoint_id,
            title=title,
            values=order.values,
            state=JobState.WAITING,
            created_at=now,
            changed_at=now,
            private=order.private,
            price=order.price_each,
            waiting_for=WaitingFor.PERSON if order.held else WaitingFor.NOTHING,
        )
        for number in range(order.count)
    )


def cancelled(job: Job) -> Job:
    """At once where nothing was sent; a wish where fal has it."""
    if job.state in _HERE:
        return replace(job, state=JobState.CANCELLED, problem=None, charge=_nothing_yet(job))
    if job.state in _AT_FAL:
        return replace(job, cancel_wished=True)
    raise _refused(_WHY_NOT_CANCELLED.get(job.state, NOT_POSSIBLE_NOW))


def held(job: Job) -> Job:
    """Stays here until the person says so."""
    if job.state not in _HERE:
        raise _refused(NOT_POSSIBLE_NOW)
    return replace(
        job,
        state=JobState.WAITING,
        waiting_for=WaitingFor.PERSON,
        problem=None,
        not_before=None,
        transferred=0,
        to_transfer=None,
    )


def sent_now(job: Job) -> Job:
    """Waits for nothing more."""
    if job.state is not JobState.WAITING:
        raise _refused(NOT_POSSIBLE_NOW)
    return replace(job, waiting_for=WaitingFor.NOTHING, problem=None, not_before=None)


def retried(job: Job) -> Job:
    """Again from where no money is spent twice: a request is only fetched again."""
    if job.state is JobState.WAITING:
        return sent_now(job)
    if job.state in _COMING:
        return replace(job, paused=False, problem=None)
    if job.state is not JobState.FAILED:
        raise _refused(NOT_POSSIBLE_NOW)
    if job.request is not None:
        return replace(job, state=JobState.FETCHING, paused=False, problem=None)
    if job.attempts:
        raise _refused(NOT_POSSIBLE_NOW)
    return replace(
        job,
        state=JobState.WAITING,
        waiting_for=WaitingFor.NOTHING,
        problem=None,
        not_before=None,
        charge=Charge.NOT_CHARGED,
    )


def sent_again(job: Job) -> Job:
    """The person takes the risk of paying twice; the old attempt stays on watch."""
    if job.state is not JobState.UNCONFIRMED:
        raise _refused(NOT_POSSIBLE_NOW)
    return replace(
        job,
        state=JobState.WAITING,
        waiting_for=WaitingFor.NOTHING,
        problem=None,
        not_before=None,
    )


def given_up(job: Job) -> Job:
    """The person waits no longer; the old attempt stays on watch."""
    if job.state is not JobState.UNCONFIRMED:
        raise _refused(NOT_POSSIBLE_NOW)
    charge = Charge.NOT_CHARGED if job.made_by is MadeBy.REHEARSAL else Charge.MAY_BE
    problem = GIVEN_UP(charge=charge)
    return replace(job, state=JobState.CANCELLED, problem=problem, charge=charge, not_before=None)


def paused(job: Job) -> Job:
    """Fetches nothing more for now."""
    if job.state not in _COMING:
        raise _refused(NOT_POSSIBLE_NOW)
    return replace(job, paused=True)


def resumed(job: Job) -> Job:
    """Fetches again."""
    if job.state not in _COMING:
        raise _refused(NOT_POSSIBLE_NOW)
    return replace(job, paused=False, problem=None)


_WHY_NOT_CANCELLED = {
    JobState.SUBMITTING: CANNOT_CANCEL_NOW,
    JobState.FETCHING: TOO_LATE_TO_CANCEL,
    JobState.DOWNLOADING: TOO_LATE_TO_CANCEL,
}


def _nothing_yet(job: Job) -> Charge:
    """An earlier attempt that nobody has found may still cost."""
    return Charge.MAY_BE if job.attempts and job.made_by is MadeBy.FAL else Charge.NOT_CHARGED


def _refused(kind: ProblemKind) -> ActionRefusedError:
    return ActionRefusedError(kind())
