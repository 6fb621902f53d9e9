"""What became of a paid POST: one pure reading of its one attempt.

    certainly not sent      NotConnected                              NotSent
    fal's limit             429                                       Limited
    the account             401, 402, 403, or an unsendable key       AccountRefused
    this job                400, 404, 413, 415, 422 with fal's JSON   Refused
    accepted                2xx with a request_id                     Accepted
    all else                408, 409, 5xx, a lost answer, a redirect, Unconfirmed
                            another 4xx, 2xx without request_id

fal has no idempotency key, so whatever is not certain counts as perhaps bought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.fal.addresses import adopted
from kling_desktop.fal.errors import FalError, Forbidden, KeyRefused, NotConnected
from kling_desktop.fal.outcomes import (
    Accepted,
    AccountRefused,
    Limited,
    NotSent,
    Refused,
    SubmitOutcome,
    Unconfirmed,
)
from kling_desktop.fal.problems import (
    BUSY,
    INPUT_REFUSED,
    INPUT_TOO_LARGE,
    KEY_REFUSED,
    MODEL_UNKNOWN,
    SUBMIT_UNCONFIRMED,
)
from kling_desktop.fal.retry import retry_after_of
from kling_desktop.fal.verdicts import account_trouble, facts
from kling_desktop.fal.words import detail_of, reason_in

if TYPE_CHECKING:
    from kling_desktop.fal.answers import Answer
    from kling_desktop.fal.hosts import Hosts

USUAL_WAIT = 10.0
"""Seconds after a 429 that does not say how long."""

_CERTAIN_NO = frozenset({400, 404, 413, 415, 422})
_LONGEST_ID = 200


def outcome_of_error(error: FalError) -> SubmitOutcome:
    """Reads an attempt that brought no answer."""
    if isinstance(error, NotConnected):
        return NotSent(error.problem)
    if isinstance(error, KeyRefused):
        return AccountRefused(error.problem, "key")
    if isinstance(error, Forbidden):
        return AccountRefused(error.problem, error.reason)
    details = f"{error.problem.said()}\n{error.problem.details}".strip()
    return Unconfirmed(SUBMIT_UNCONFIRMED(details=details))


def outcome_of_answer(answer: Answer, hosts: Hosts, endpoint_id: str, now: float) -> SubmitOutcome:
    """Reads an answer. `now` is Unix seconds."""
    if answer.succeeded:
        return _accepted(answer, hosts, endpoint_id)
    match answer.status:
        case 429:
            wait = retry_after_of(answer.headers, now)
            return Limited(USUAL_WAIT if wait is None else wait, BUSY(details=facts(answer)))
        case 401:
            return AccountRefused(KEY_REFUSED(details=facts(answer)), "key")
        case 402 | 403:
            reason, problem = account_trouble(answer)
            return AccountRefused(problem, reason)
        case status if status in _CERTAIN_NO and answer.is_object:
            return _refused(answer, endpoint_id)
        case _:
            return _unconfirmed(answer)


def _accepted(answer: Answer, hosts: Hosts, endpoint_id: str) -> SubmitOutcome:
    said = answer.fields.get("request_id")
    request_id = str(said) if isinstance(said, str | int) and not isinstance(said, bool) else ""
    if not request_id.strip(". ") or len(request_id) > _LONGEST_ID:
        return _unconfirmed(answer)
    position = answer.fields.get("queue_position")
    ahead = position if isinstance(position, int) and not isinstance(position, bool) else None
    return Accepted(adopted(hosts, endpoint_id, request_id, answer.fields), ahead)


def _refused(answer: Answer, endpoint_id: str) -> Refused:
    reason = reason_in(answer)
    if answer.status == 404:
        problem = MODEL_UNKNOWN(endpoint_id=endpoint_id, details=facts(answer))
    elif answer.status == 413:
        problem = INPUT_TOO_LARGE(details=facts(answer))
    else:
        problem = INPUT_REFUSED(reason=reason, details=facts(answer))
    return Refused(problem, detail_of(answer))


def _unconfirmed(answer: Answer) -> Unconfirmed:
    return Unconfirmed(SUBMIT_UNCONFIRMED(details=facts(answer)))
