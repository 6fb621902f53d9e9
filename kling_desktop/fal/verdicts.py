"""What an answer that is no success means, for every call but the submit and the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from kling_desktop.fal.errors import (
    Busy,
    CallRefused,
    FalError,
    Forbidden,
    KeyRefused,
    NotFound,
    ServerTrouble,
    Unintelligible,
)
from kling_desktop.fal.problems import (
    BALANCE_EMPTY,
    BUSY,
    FORBIDDEN,
    INPUT_REFUSED,
    KEY_REFUSED,
    REQUEST_GONE,
    SERVER_TROUBLE,
    UNINTELLIGIBLE,
)
from kling_desktop.fal.retry import retry_after_of
from kling_desktop.fal.words import reason_in

if TYPE_CHECKING:
    from kling_desktop.fal.answers import Answer
    from kling_desktop.records.problem import Problem

_BALANCE_WORDS = ("balance", "billing", "top up", "payment", "credit", "locked")


def error_of(answer: Answer, now: float) -> FalError:
    """The error that an answer stands for. `now` is Unix seconds, for Retry-After dates."""
    status, request_id = answer.status, answer.request_id
    if is_no_fal(answer):
        return _unintelligible(answer)
    if status == 401:
        return KeyRefused(KEY_REFUSED(details=facts(answer)), request_id=request_id)
    if status in {402, 403}:
        reason, problem = account_trouble(answer)
        return Forbidden(problem, reason=reason, request_id=request_id)
    if status in {404, 405, 410}:
        return NotFound(REQUEST_GONE(details=facts(answer)), request_id=request_id)
    if status >= 500 or status in {408, 409, 425, 429}:
        return _passing(answer, now)
    refused = INPUT_REFUSED(reason=reason_in(answer), details=facts(answer))
    return CallRefused(refused, request_id=request_id)


def account_trouble(answer: Answer) -> tuple[Literal["balance", "forbidden"], Problem]:
    """Why 402 or 403 came: "User is locked. Reason: Exhausted balance" is no bad key."""
    said = reason_in(answer).lower()
    if answer.status == 402 or any(word in said for word in _BALANCE_WORDS):
        return "balance", BALANCE_EMPTY(details=facts(answer))
    return "forbidden", FORBIDDEN(details=facts(answer))


def is_no_fal(answer: Answer) -> bool:
    """Whether something in between answered: a sign-in page, a proxy, a gateway's own page."""
    return answer.status < 500 and (
        answer.status < 400
        or answer.status == 407
        or (answer.is_page and answer.status not in {408, 429})
    )


def is_said_by_fal(answer: Answer) -> bool:
    """Whether an error carries fal's own marks, so that no gateway in between made it up."""
    marked = answer.request_id or answer.headers.get("x-fal-error-type")
    return bool(marked) or any(name in answer.fields for name in ("detail", "error", "error_type"))


def facts(answer: Answer) -> str:
    """The raw facts for "Copy details"."""
    parts = [f"HTTP {answer.status}", without_query(answer.url)]
    if answer.request_id:
        parts.append(f"x-fal-request-id {answer.request_id}")
    return "\n".join((" ".join(parts), answer.text)).strip()


def without_query(url: str) -> str:
    """The address without what may be secret in it."""
    return url.partition("?")[0]


def host_in(url: str) -> str:
    """The host of an address, for people."""
    return urlsplit(url).hostname or "the server"


def _passing(answer: Answer, now: float) -> FalError:
    wait = retry_after_of(answer.headers, now)
    if answer.status == 429:
        return Busy(BUSY(details=facts(answer)), retry_after=wait, request_id=answer.request_id)
    trouble = SERVER_TROUBLE(host=host_in(answer.url), status=answer.status, details=facts(answer))
    return ServerTrouble(
        trouble,
        status=answer.status,
        said_by_fal=is_said_by_fal(answer),
        retry_after=wait,
        request_id=answer.request_id,
    )


def _unintelligible(answer: Answer) -> Unintelligible:
    problem = UNINTELLIGIBLE(host=host_in(answer.url), details=facts(answer))
    return Unintelligible(problem, request_id=answer.request_id)
