"""A job: our durable wrapper round one request to fal."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kling_desktop.records.problem import Charge, Problem

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.records.json_values import JsonValue, Values

REHEARSAL_ORIGIN = "rehearsal"
"""Stands for the built-in simulator, whose port changes from start to start."""


class MadeBy(StrEnum):
    """Who makes a clip: the built-in simulator for nothing, or fal for money."""

    REHEARSAL = "rehearsal"
    FAL = "fal"


class JobState(StrEnum):
    """Where a job is. The arrows between the states are in core/transitions.py."""

    WAITING = "waiting"
    UPLOADING = "uploading"
    SUBMITTING = "submitting"
    UNCONFIRMED = "unconfirmed"
    IN_QUEUE = "in_queue"
    IN_PROGRESS = "in_progress"
    FETCHING = "fetching"
    DOWNLOADING = "downloading"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL_STATES = frozenset({JobState.FINISHED, JobState.FAILED, JobState.CANCELLED})


class WaitingFor(StrEnum):
    """Why a waiting job is not sent."""

    NOTHING = ""
    PERSON = "held"
    KEY = "key"
    BALANCE = "balance"
    CONSENT = "consent"
    NETWORK = "network"
    TURN = "turn"
    FAL_LIMIT = "fal_limit"
    DISK = "disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One accepted request at fal, with the addresses fal gave for it."""

    request_id: str
    status_url: str
    response_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One POST that may have reached fal. Written before the POST leaves."""

    number: int
    sent_at: float
    """Unix seconds by this computer."""
    body_sha256: str
    """Of the canonical JSON of the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Everything about one job; replaced whole at each change."""

    job_id: str
    """UUIDv7, so that ids sort by age."""
    project_id: str
    shot_id: str
    take: int
    """0 is A, 1 is B."""
    batch_id: str
    """Jobs ordered with one press share it."""
    made_by: MadeBy
    origin: str
    """REHEARSAL_ORIGIN, or the origin of the submit host; a job is never polled at another."""
    endpoint_id: str
    title: str
    values: Values
    """The model input, local media still as references."""
    state: JobState
    created_at: float
    changed_at: float
    """When `state` last changed, Unix seconds."""
    private: bool = False
    """fal is asked to keep the files for a short time and no record of the request."""
    price: Decimal | None = None
    """US dollars, the estimate shown when it was ordered; None is unknown."""
    waiting_for: WaitingFor = WaitingFor.NOTHING
    not_before: float | None = None
    """Unix seconds before which a waiting job is not sent."""
    paused: bool = False
    """From fetching on: nothing more is fetched until the person says so."""
    body: Values | None = None
    """The exact body of the POST, once its media are uploaded."""
    attempts: tuple[Attempt, ...] = ()
    request: Request | None = None
    queue_position: int | None = None
    cancel_wished: bool = False
    checked_at: float | None = None
    """When fal last answered about it, Unix seconds."""
    result: JsonValue = None
    transferred: int = 0
    """Bytes up or down so far in the state that moves bytes."""
    to_transfer: int | None = None
    problem: Problem | None = None
    charge: Charge = Charge.NOT_CHARGED
    clip_ids: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in FINAL_STATES

    @property
    def take_letter(self) -> str:
        """A, B … Z, AA, AB …"""
        return take_letter(self.take)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for with one press."""

    endpoint_id: str
    values: Values
    made_by: MadeBy
    title: str
    count: int = 1
    price_each: Decimal | None = None
    held: bool = False
    private: bool = False
    shot_id: str = ""
    """An existing shot to add takes to; empty begins a new one."""
    project_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line that fal (or the simulator) said about a request."""

    message: str
    at: str = ""
    """RFC 3339 as fal wrote it."""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEvent:
    """One arrow of a job's life, append only."""

    job_id: str
    at: float
    state: JobState
    note: str = ""
    facts: dict[str, JsonValue] = field(default_factory=dict)


def take_letter(take: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    take += 1
    while take > 0:
        take, rest = divmod(take - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
