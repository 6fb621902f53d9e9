"""What each answer to the POST makes of a job: pure, one row per answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kling_desktop.core.transitions import Cause
from kling_desktop.fal.queue import SubmitOptions
from kling_desktop.records.job import Job, JobState, Request, WaitingFor
from kling_desktop.records.problem import Charge, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.fal.errors import AccountReason

PRIVATE_SECONDS = 86_400
"""How long fal keeps the files of private work: long enough to fetch them the next day."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a job, ready to be applied to whatever it is by then."""

    cause: Cause
    changes: Mapping[str, Any]
    drops_attempt: bool = False
    """Whether the last attempt certainly did not reach fal."""

    def apply(self, old: Job) -> Job:
        """The job with the change."""
        attempts = old.attempts[:-1] if self.drops_attempt else old.attempts
        return replace(old, attempts=attempts, **self.changes)


def options_of(job: Job) -> SubmitOptions | None:
    """What is asked of fal beside the input."""
    if not job.private:
        return None
    return SubmitOptions(keep_payload=False, media_seconds=PRIVATE_SECONDS)


def accepted(request: Request, position: int | None, now: float) -> Edit:
    """fal has it."""
    return Edit(
        Cause.FAL,
        {
            "state": JobState.IN_QUEUE,
            "request": request,
            "queue_position": position,
            "checked_at": now,
            "problem": None,
            "charge": Charge.NOT_CHARGED,
        },
    )


def back_to_waiting(
    waiting_for: WaitingFor, problem: Problem, *, not_before: float | None, cause: Cause
) -> Edit:
    """Certainly not queued at fal: it waits, for the network, for fal's limit or for a person."""
    return Edit(
        cause,
        {
            "state": JobState.WAITING,
            "waiting_for": waiting_for,
            "problem": problem,
            "not_before": not_before,
        },
        drops_attempt=True,
    )


def refused(problem: Problem) -> Edit:
    """fal says no to this job, for nothing."""
    return Edit(
        Cause.FAL,
        {"state": JobState.FAILED, "problem": problem, "charge": Charge.NOT_CHARGED},
        drops_attempt=True,
    )


def unconfirmed(problem: Problem) -> Edit:
    """fal may have it; it is looked up and never sent again by itself."""
    return Edit(
        Cause.ENGINE,
        {"state": JobState.UNCONFIRMED, "problem": problem, "charge": Charge.MAY_BE},
    )


def waiting_for_account(reason: AccountReason) -> WaitingFor:
    """What a person has to see to when an account is refused."""
    return WaitingFor.BALANCE if reason == "balance" else WaitingFor.KEY
