"""Which lines of fal's request history are POSTs of ours that never got their answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kling_desktop.core.canonical import body_hash
from kling_desktop.core.transitions import unresolved
from kling_desktop.records.job import Attempt, Job, JobState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kling_desktop.records.json_values import Values

SLACK_BEFORE = 120.0
"""Seconds by which a server's clock may be behind ours."""
SLACK_AFTER = 900.0
"""Seconds that a POST may take to arrive, and by which a server's clock may be ahead."""


class HistoryLine(Protocol):
    """What is needed of one line."""

    @property
    def request_id(self) -> str:
        """fal's id."""
        ...

    @property
    def sent_at(self) -> float | None:
        """Unix seconds by fal; None where it did not say."""
        ...

    @property
    def input(self) -> Values | None:
        """The body; None where it was not kept."""
        ...


Line = TypeVar("Line", bound=HistoryLine)


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """A POST of a job, of which it is not known what became of it."""

    job_id: str
    attempt: Attempt


def open_attempts(jobs: Iterable[Job], origin: str, endpoint_id: str) -> tuple[OpenAttempt, ...]:
    """Those at one origin and endpoint, oldest first. One that is under way is not open yet."""
    found = [
        OpenAttempt(job.job_id, attempt)
        for job in jobs
        if (job.origin, job.endpoint_id) == (origin, endpoint_id)
        for attempt in _open_of(job)
    ]
    return tuple(sorted(found, key=lambda one: one.attempt.sent_at))


def match(
    attempts: Sequence[OpenAttempt], lines: Iterable[Line], known: Collection[str]
) -> tuple[tuple[OpenAttempt, Line], ...]:
    """Pairs attempts with unknown lines of the same body, both in the order they were sent.

    Equal bodies are interchangeable, so counting is enough: of k attempts and m lines,
    min(k, m) are paired and nothing is guessed.
    """
    by_id = {line.request_id: line for line in lines if line.request_id not in known}
    hashes = {name: body_hash(line.input) for name, line in by_id.items() if line.input is not None}
    unknown = sorted((by_id[name] for name in hashes), key=lambda line: line.sent_at or math.inf)
    pairs: list[tuple[OpenAttempt, Line]] = []
    for one in attempts:
        line = next((line for line in unknown if _fits(one.attempt, line, hashes)), None)
        if line is not None:
            unknown.remove(line)
            pairs.append((one, line))
    return tuple(pairs)


def _open_of(job: Job) -> tuple[Attempt, ...]:
    if job.state is JobState.SUBMITTING:
        return job.attempts[:-1]
    return job.attempts[: unresolved(job)]


def _fits(attempt: Attempt, line: HistoryLine, hashes: Mapping[str, str]) -> bool:
    """Same body, and about when it was sent; a line without a time is as young as was asked for."""
    if hashes[line.request_id] != attempt.body_sha256:
        return False
    if line.sent_at is None:
        return True
    return attempt.sent_at - SLACK_BEFORE <= line.sent_at <= attempt.sent_at + SLACK_AFTER
