"""Reads a result: the model's output, or how and at whose cost the job ended without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.fal.errors import FalError, ServerTrouble
from kling_desktop.fal.outcomes import Gone, ModelFailed, NotReady, Output, ResultOutcome
from kling_desktop.fal.problems import (
    CANCELLED_AT_FAL,
    CONTENT_REFUSED,
    FAL_FAILED,
    INPUT_REFUSED,
    MODEL_FAILED,
    NOTHING_MADE,
    REQUEST_GONE,
    STARTED_TOO_LATE,
)
from kling_desktop.fal.statuses import is_on_its_way
from kling_desktop.fal.verdicts import error_of, facts, is_no_fal
from kling_desktop.fal.words import detail_of, reason_in, types_in
from kling_desktop.records.problem import Charge

if TYPE_CHECKING:
    from kling_desktop.fal.answers import Answer
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.problem import ProblemKind

_ASK_AGAIN = frozenset({408, 409, 425, 429})
_OWN_FAILURES = frozenset({"internal_server_error", "downstream_service_error",
                           "downstream_service_unavailable", "generation_timeout"})  # fmt: skip
_CANCELLED = frozenset({"client_cancelled", "client_disconnected"})
_AFTER_WORK = frozenset({"content_policy_violation", "no_media_generated"})
_TOO_LATE = frozenset({"startup_timeout", "request_timeout"})
_WRAPPINGS = ("response", "data", "output", "result")
_HOUSEKEEPING = frozenset(
    {"status", "request_id", "requestId", "gateway_request_id", "logs", "metrics", "status_url",
     "response_url", "cancel_url", "queue_position", "error", "success"}
)  # fmt: skip


def result_of(answer: Answer, now: float) -> ResultOutcome | FalError:
    """The outcome in an answer, or an error after which the result should be asked for again."""
    if is_on_its_way(answer):
        return NotReady()
    if answer.succeeded:
        return Output(unwrapped(answer.json)) if answer.is_json else error_of(answer, now)
    if is_no_fal(answer) or answer.status in _ASK_AGAIN:
        return error_of(answer, now)
    return _refusal(answer, now)


def verdict_of(answer: Answer) -> ModelFailed:
    """The end of a job as a refusing answer tells it."""
    detail = detail_of(answer)
    types = _types(answer, detail)
    charge = charge_of(answer, types)
    kind = _kind(answer, types)
    reason = reason_in(answer) or f"HTTP {answer.status}"
    return ModelFailed(
        kind(charge=charge, reason=reason, details=facts(answer)),
        detail,
        charge,
        error_type=next(iter(types), ""),
    )


def charge_of(answer: Answer, types: tuple[str, ...]) -> Charge:
    """Who pays: fal bills no 5xx, and says the rest in `x-fal-billable-units` (fal errors docs)."""
    units = _billable_units(answer)
    if units is not None:
        return Charge.CHARGED if units > 0 else Charge.NOT_CHARGED
    if answer.status >= 500:
        return Charge.NOT_CHARGED
    if _CANCELLED.intersection(types):
        return CANCELLED_AT_FAL.charge
    was_made = _AFTER_WORK.intersection(types) or not types
    return Charge.MAY_BE if answer.status != 422 or was_made else Charge.PROBABLY_NOT


def unwrapped(value: JsonValue) -> JsonValue:
    """The output itself where a server puts it inside an envelope of housekeeping fields."""
    if not isinstance(value, dict):
        return value
    inside = [name for name in value if name not in _HOUSEKEEPING]
    if len(inside) == 1 and inside[0] in _WRAPPINGS and isinstance(value[inside[0]], dict):
        return value[inside[0]]  # type: ignore[no-any-return] # a dict, as just asked
    return value


def _refusal(answer: Answer, now: float) -> ResultOutcome | FalError:
    if isinstance(answer.fields.get("detail"), list):
        return verdict_of(answer)
    match answer.status:
        case 401 | 402 | 403 | 405:
            return error_of(answer, now)
        case 404 | 410 if _billable_units(answer) is None:
            gone = Gone(REQUEST_GONE(details=facts(answer)))
            return gone if answer.is_object else error_of(answer, now)
        case status if status >= 500 and not is_models_word(answer):
            return error_of(answer, now)
        case _:
            return verdict_of(answer)


def is_models_word(answer: Answer) -> bool:
    """Whether a 5xx tells of the job itself and not of the way to it.

    A 504 on the fetch has been seen while the clip was there a moment later.
    """
    if answer.word("error_type") or answer.headers.get("x-fal-error-type"):
        return True
    if types_in(detail_of(answer)):
        return True
    return answer.status == 500 and "detail" in answer.fields


def is_perhaps_passing(outcome: ResultOutcome | FalError, answer: Answer) -> bool:
    """Whether a failure should be asked for once more before it is believed."""
    if isinstance(outcome, ServerTrouble):
        return outcome.said_by_fal
    return isinstance(outcome, ModelFailed) and answer.status >= 500


def _types(answer: Answer, detail: JsonValue) -> tuple[str, ...]:
    own = answer.word("error_type") or answer.headers.get("x-fal-error-type", "")
    return (own, *types_in(detail)) if own else types_in(detail)


def _kind(answer: Answer, types: tuple[str, ...]) -> ProblemKind:
    found = set(types)
    # Not every safety refusal uses fal's type for it.
    said = reason_in(answer).lower()
    if "content_policy_violation" in found or "safety" in said or "content policy" in said:
        return CONTENT_REFUSED
    if "no_media_generated" in found:
        return NOTHING_MADE
    if found & _CANCELLED or answer.status == 499:
        return CANCELLED_AT_FAL
    if found & _TOO_LATE:
        return STARTED_TOO_LATE
    if found & _OWN_FAILURES or answer.status >= 500:
        return FAL_FAILED
    return INPUT_REFUSED if answer.status == 422 else MODEL_FAILED


def _billable_units(answer: Answer) -> float | None:
    try:
        return float(answer.headers.get("x-fal-billable-units", ""))
    except ValueError:
        return None
