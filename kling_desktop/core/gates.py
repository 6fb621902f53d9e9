"""Whether a waiting job may be sent now, and if not, why and until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kling_desktop.core.problems import KEY_MISSING, OTHER_SERVER
from kling_desktop.records.job import Job, MadeBy, WaitingFor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.records.problem import Problem

LONGEST_TRUSTED_WAIT = 2 * 3600.0
"""Seconds; a `not_before` further ahead comes from a clock that was set wrong."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The answer."""

    waiting_for: WaitingFor = WaitingFor.NOTHING
    problem: Problem | None = None
    seconds: float | None = None
    """Until it is worth looking again; None: not before somebody says so."""

    @property
    def is_open(self) -> bool:
        """Whether it may go."""
        return self.waiting_for is WaitingFor.NOTHING


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an account refused, so that nothing more is sent to it."""

    waiting_for: WaitingFor
    problem: Problem


@dataclass(slots=True)
class SendingState:
    """What holds for all jobs. Owned by Jobs."""

    fal_origin: str
    has_key: bool = False
    paused: bool = False
    refusals: dict[str, Refusal] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    """Unix seconds before which nothing is sent to that origin."""

    def remember(self, jobs: Iterable[Job]) -> None:
        """An empty account stays refused over a restart, until the person says otherwise."""
        for job in jobs:
            if job.waiting_for is WaitingFor.BALANCE and job.problem is not None:
                self.refusals[job.origin] = Refusal(WaitingFor.BALANCE, job.problem)

    def gate(self, job: Job, now: float) -> Gate:
        """Whether `job` may be sent now."""
        return self._by_person(job) or self._by_account(job) or self._by_time(job, now) or Gate()

    def about_key(self, refused: Problem) -> Problem:
        """What is wrong where a key was refused: there may be none at all."""
        return refused if self.has_key else KEY_MISSING()

    def _by_person(self, job: Job) -> Gate | None:
        held = job.waiting_for is WaitingFor.PERSON
        if job.made_by is MadeBy.FAL and job.origin != self.fal_origin:
            elsewhere = OTHER_SERVER(origin=job.origin, current=self.fal_origin)
            return Gate(WaitingFor.PERSON if held else WaitingFor.TURN, elsewhere)
        if held:
            return Gate(WaitingFor.PERSON)
        stays = self.paused and job.made_by is MadeBy.FAL
        return Gate(WaitingFor.TURN) if stays else None

    def _by_account(self, job: Job) -> Gate | None:
        if job.made_by is MadeBy.REHEARSAL:
            return None
        refusal = self.refusals.get(job.origin)
        if refusal is not None:
            return Gate(refusal.waiting_for, refusal.problem)
        return None if self.has_key else Gate(WaitingFor.KEY, KEY_MISSING())

    def _by_time(self, job: Job, now: float) -> Gate | None:
        limit = self.limits.get(job.origin, 0.0)
        until = max(job.not_before or 0.0, limit)
        if not 0 < until - now <= LONGEST_TRUSTED_WAIT:
            return None
        reason = job.waiting_for
        if reason not in {WaitingFor.NETWORK, WaitingFor.FAL_LIMIT, WaitingFor.DISK}:
            reason = WaitingFor.FAL_LIMIT
        return Gate(reason, job.problem, until - now)
