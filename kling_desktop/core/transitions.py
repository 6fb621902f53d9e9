"""Which state may follow which, and who may cause it: one table and one pure check.

The rules behind it: nothing paid for may vanish, nothing is charged twice.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from kling_desktop.records.job import Job, JobState

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cause(StrEnum):
    """Who makes a job change."""

    ENGINE = "engine"
    """This program, by what it did or could not do itself."""
    FAL = "fal"
    """A word of the server."""
    PERSON = "person"


class ForbiddenChangeError(Exception):
    """Somebody asked for a change that must not happen. A mistake in the program."""


_E, _F, _P = Cause.ENGINE, Cause.FAL, Cause.PERSON


def _by(**causes: tuple[Cause, ...]) -> Mapping[JobState, frozenset[Cause]]:
    return MappingProxyType({JobState(name): frozenset(who) for name, who in causes.items()})


ARROWS: Mapping[JobState, Mapping[JobState, frozenset[Cause]]] = MappingProxyType(
    {
        JobState.WAITING: _by(uploading=(_E,), cancelled=(_P,)),
        JobState.UPLOADING: _by(
            waiting=(_E, _F, _P), submitting=(_E,), failed=(_E, _F), cancelled=(_P,)
        ),
        JobState.SUBMITTING: _by(waiting=(_E, _F), in_queue=(_F,), failed=(_F,), unconfirmed=(_E,)),
        JobState.UNCONFIRMED: _by(in_queue=(_F,), waiting=(_P,), cancelled=(_P,)),
        JobState.IN_QUEUE: _by(in_progress=(_F,), fetching=(_F,), failed=(_F,), cancelled=(_F,)),
        JobState.IN_PROGRESS: _by(in_queue=(_F,), fetching=(_F,), failed=(_F,), cancelled=(_F,)),
        JobState.FETCHING: _by(
            in_queue=(_F,), downloading=(_F,), finished=(_F,), failed=(_F,), cancelled=(_F,)
        ),
        JobState.DOWNLOADING: _by(fetching=(_E, _F), finished=(_E,), failed=(_E, _F)),
        JobState.FAILED: _by(waiting=(_P,), fetching=(_P,)),
        JobState.FINISHED: _by(),
        JobState.CANCELLED: _by(),
    }
)
"""From, to, and who may cause it."""

BEFORE_REQUEST = frozenset(
    {JobState.WAITING, JobState.UPLOADING, JobState.SUBMITTING, JobState.UNCONFIRMED}
)
"""A job with a request is never in one of these."""

NEEDS_REQUEST = frozenset(
    {
        JobState.IN_QUEUE,
        JobState.IN_PROGRESS,
        JobState.FETCHING,
        JobState.DOWNLOADING,
        JobState.FINISHED,
    }
)
"""A job without a request is never in one of these."""

_IDENTITY = ("job_id", "shot_id", "take", "made_by", "origin", "created_at")


def allowed(old: JobState, new: JobState, cause: Cause) -> bool:
    """Whether that arrow exists for whoever causes it. Staying is always allowed."""
    return old is new or cause in ARROWS[old].get(new, frozenset())


def objection(old: Job, new: Job, cause: Cause) -> str:
    """Why `new` must not replace `old`; empty where it may."""
    if not allowed(old.state, new.state, cause):
        return f"no arrow {old.state} -> {new.state} for {cause}"
    if any(getattr(old, name) != getattr(new, name) for name in _IDENTITY):
        return "a job keeps its identity"
    return _about_request(old, new) or _about_attempts(old, new)


def check(old: Job, new: Job, cause: Cause) -> None:
    """Raises ForbiddenChangeError where `new` must not replace `old`."""
    reason = objection(old, new, cause)
    if reason:
        raise ForbiddenChangeError(f"job {old.job_id}: {reason}")


def unresolved(job: Job) -> int:
    """How many of its POSTs may have reached fal without us knowing their request."""
    return len(job.attempts) - (1 if job.request is not None else 0)


def _about_request(old: Job, new: Job) -> str:
    if old.request is not None:
        if new.request is None or new.request.request_id != old.request.request_id:
            return "a request is never forgotten or exchanged"
        if new.state in BEFORE_REQUEST:
            return f"a job with a request never returns to {new.state}"
    if new.request is None and new.state in NEEDS_REQUEST:
        return f"{new.state} needs a request"
    if old.request is None and new.request is not None and old.state not in BEFORE_REQUEST:
        return "a request begins where a POST was sent"
    return ""


def _about_attempts(old: Job, new: Job) -> str:
    before, after = len(old.attempts), len(new.attempts)
    if old.state is new.state:
        return "" if after <= before else "an attempt is written when submitting begins"
    if new.state is JobState.SUBMITTING:
        return _about_sending(old, new)
    if old.state is JobState.SUBMITTING and new.state in {JobState.WAITING, JobState.FAILED}:
        return "" if after == before - 1 else "an attempt that did not reach fal is taken off"
    if old.state is JobState.FAILED and new.state is JobState.WAITING and before:
        return "what may be at fal is not sent again"
    return "" if after == before else "attempts change only where a POST is sent or refused"


def _about_sending(old: Job, new: Job) -> str:
    if len(new.attempts) != len(old.attempts) + 1 or new.attempts[:-1] != old.attempts:
        return "each POST is one attempt, written before it leaves"
    if new.body is None:
        return "the exact body is written before it leaves"
    return ""
