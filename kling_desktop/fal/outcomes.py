"""What can come out of the calls to fal's queue, as tagged unions to be matched exhaustively."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kling_desktop.fal.errors import AccountReason
    from kling_desktop.records.job import LogLine, Request
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.problem import Charge, Problem


# What a submit came to.


@dataclass(frozen=True, slots=True)
class Accepted:
    """fal has the job; `request` must be stored before anything else happens."""

    request: Request
    queue_position: int | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly nothing reached fal: the job may simply be sent again later."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Limited:
    """429: fal did not queue the job and asks to wait."""

    retry_after: float
    """Seconds."""
    problem: Problem


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """401, 402, 403: nothing was queued, and no other job would be either."""

    problem: Problem
    reason: AccountReason


@dataclass(frozen=True, slots=True)
class Refused:
    """fal's own JSON says no to this job; nothing was queued or charged."""

    problem: Problem
    detail: JsonValue = None
    """fal's `detail` with secrets taken out, for problems_from_422."""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """fal may have the job: it must not be sent again by itself."""

    problem: Problem


SubmitOutcome: TypeAlias = Accepted | NotSent | Limited | AccountRefused | Refused | Unconfirmed


# What a status says.


@dataclass(frozen=True, slots=True)
class InQueue:
    """Not begun."""

    position: int | None
    """Requests ahead; None where fal did not say."""
    logs: tuple[LogLine, ...] = ()


@dataclass(frozen=True, slots=True)
class InProgress:
    """Being made."""

    logs: tuple[LogLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """Over, well or badly: only the result says which."""

    logs: tuple[LogLine, ...] = ()
    error: str = ""
    error_type: str = ""
    inference_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class UnknownStatus:
    """A word this program does not know: keep asking."""

    text: str


Status: TypeAlias = InQueue | InProgress | Completed | UnknownStatus


# What a result is.


@dataclass(frozen=True, slots=True)
class Output:
    """The model's output, as fal wrote it."""

    json: JsonValue


@dataclass(frozen=True, slots=True)
class NotReady:
    """Still being made: ask for the status again."""


@dataclass(frozen=True, slots=True)
class ModelFailed:
    """The job ended without a result."""

    problem: Problem
    detail: JsonValue
    """fal's `detail` with secrets taken out, for problems_from_422."""
    charge: Charge
    error_type: str = ""
    """fal's word for it, such as `client_cancelled` or `content_policy_violation`."""


@dataclass(frozen=True, slots=True)
class Gone:
    """fal does not know the request (any more)."""

    problem: Problem


ResultOutcome: TypeAlias = Output | NotReady | ModelFailed | Gone


# What a cancel came to. None of these ends a job that fal still works on.


@dataclass(frozen=True, slots=True)
class CancelRequested:
    """fal passes the wish on; a late result is still possible and must be kept."""


@dataclass(frozen=True, slots=True)
class Removed:
    """fal took the request out of the queue; it will not be made."""


@dataclass(frozen=True, slots=True)
class AlreadyCompleted:
    """Too late: fetch the result."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """fal knows no such request, or this server cannot cancel: the status decides."""


CancelOutcome: TypeAlias = CancelRequested | Removed | AlreadyCompleted | NotFound
