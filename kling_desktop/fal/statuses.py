"""Reads what fal says about a request on its way: its status, its log, the answer to a cancel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kling_desktop.fal.outcomes import (
    AlreadyCompleted,
    CancelOutcome,
    CancelRequested,
    Completed,
    InProgress,
    InQueue,
    NotFound,
    Removed,
    Status,
    UnknownStatus,
)
from kling_desktop.fal.verdicts import error_of, is_no_fal
from kling_desktop.fal.words import first_text
from kling_desktop.records.job import LogLine

if TYPE_CHECKING:
    from kling_desktop.fal.answers import Answer
    from kling_desktop.fal.errors import FalError
    from kling_desktop.records.json_values import JsonValue

_MOST_LOG_LINES = 1000
_LONGEST_LINE = 2000
_ON_ITS_WAY = frozenset({"IN_QUEUE", "IN_PROGRESS"})

Hide = Callable[[str], str]


def status_of(answer: Answer, hide: Hide, now: float) -> Status | FalError:
    """The status in an answer, or the error it stands for.

    Decided by the body's word and not by 200 or 202: servers differ (fal queue API docs, and
    others that speak the same protocol).
    """
    if not answer.succeeded:
        return _status_of_refusal(answer, now)
    if not answer.is_object:
        return error_of(answer, now)
    logs = log_lines(answer.fields.get("logs"), hide)
    match status_word(answer):
        case "IN_QUEUE":
            return InQueue(_whole_number(answer.fields.get("queue_position")), logs)
        case "IN_PROGRESS":
            return InProgress(logs)
        case "COMPLETED":
            return _completed(answer, logs, hide)
        case text:
            return UnknownStatus(hide(text[:100]))


def cancel_outcome(answer: Answer, now: float) -> CancelOutcome | FalError:
    """What the answer to a cancel means."""
    word = status_word(answer)
    if word == "ALREADY_COMPLETED":
        return AlreadyCompleted()
    if word == "NOT_FOUND":
        return NotFound()
    if answer.succeeded:
        return Removed() if word == "OK" else CancelRequested()
    if answer.status in {404, 405, 410, 501} and not is_no_fal(answer):
        return NotFound()
    return error_of(answer, now)


def status_word(answer: Answer) -> str:
    """The body's `status` in fal's spelling; empty where there is none."""
    return answer.word("status").strip().upper().replace("-", "_").replace(" ", "_")


def is_on_its_way(answer: Answer) -> bool:
    """Whether an answer says in any way that the request is not over."""
    if status_word(answer) in _ON_ITS_WAY:
        return True
    said = first_text(answer.fields.get("detail")).lower()
    return answer.status == 400 and "still in progress" in said


def log_lines(said: JsonValue, hide: Hide) -> tuple[LogLine, ...]:
    """fal's log entries, oldest first; whatever is no entry is left out."""
    if not isinstance(said, list):
        return ()
    lines = (_log_line(entry, hide) for entry in said[-_MOST_LOG_LINES:])
    return tuple(line for line in lines if line is not None)


def _log_line(entry: JsonValue, hide: Hide) -> LogLine | None:
    if isinstance(entry, str):
        return LogLine(message=hide(entry[:_LONGEST_LINE]))
    message = entry.get("message") if isinstance(entry, Mapping) else None
    if not isinstance(message, str) or not isinstance(entry, Mapping):
        return None
    return LogLine(
        message=hide(message[:_LONGEST_LINE]),
        at=str(entry.get("timestamp") or "")[:40],
        level=str(entry.get("level") or "")[:20],
    )


def _status_of_refusal(answer: Answer, now: float) -> Status | FalError:
    if is_on_its_way(answer):
        return InProgress()
    # Some servers replay the model's own refusal here; the result is the place that explains it.
    if answer.status == 422 and answer.is_object:
        return Completed(error=first_text(answer.fields.get("detail")))
    return error_of(answer, now)


def _completed(answer: Answer, logs: tuple[LogLine, ...], hide: Hide) -> Completed:
    metrics = answer.fields.get("metrics")
    seconds = metrics.get("inference_time") if isinstance(metrics, Mapping) else None
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return Completed(
        logs,
        error=hide(first_text(answer.fields.get("error"))),
        error_type=answer.word("error_type")[:60],
        inference_seconds=float(seconds) if is_number else None,  # type: ignore[arg-type] # is_number
    )


def _whole_number(value: JsonValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
