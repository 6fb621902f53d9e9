"""One request in the simulator's queue, and the folder that remembers all of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from kling_desktop.simulator.disk import read_json, write_json
from kling_desktop.simulator.endpoints import app_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kling_desktop.records.json_values import JsonValue

OWN_FILE = "simulator://"
"""Stands before the path of a file of our own, in place of an origin that changes."""


class Status(StrEnum):
    """fal's three states; there is no state for failure (fal queue API docs)."""

    IN_QUEUE = "IN_QUEUE"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of a request's log."""

    message: str
    timestamp: str
    level: str = "INFO"
    source: str = "USER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a request ends with: the answer to its result, and what the status adds."""

    status: int
    body: JsonValue
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    error_type: str = ""
    billed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedRequest:
    """Everything about one request; replaced whole at each change. Times in Unix seconds."""

    request_id: str
    number: int
    """Counts up in the order of submission."""
    endpoint_id: str
    account: str
    body: Mapping[str, Any]
    take: int
    """How many requests with the same body came before."""
    sent_at: float
    ready_at: float
    """When it may start at the earliest."""
    start_before: float | None = None
    """When it is given up if it has not started (X-Fal-Request-Start-Timeout)."""
    keep_payload: bool = True
    status: Status = Status.IN_QUEUE
    started_at: float | None = None
    ended_at: float | None = None
    logs: tuple[LogEntry, ...] = ()
    ending: Ending | None = None

    @property
    def app(self) -> str:
        """`owner/app`, under which it is followed."""
        return app_of(self.endpoint_id)

    @property
    def body_mark(self) -> str:
        """The same for bodies that say the same."""
        return canonical_hash(self.body)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for its file."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What to_json wrote."""
        ending = data["ending"]
        changed = {
            "status": Status(data["status"]),
            "logs": tuple(LogEntry(**one) for one in data["logs"]),
            "ending": None if ending is None else Ending(**ending),
        }
        return cls(**{**data, **changed})


class RequestFolder:
    """One JSON file per request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, request: QueuedRequest) -> None:
        """Writes a request, whole."""
        write_json(self._folder / f"{request.request_id}.json", request.to_json())

    def load(self, not_before: float) -> Iterator[QueuedRequest]:
        """All requests that are still kept; older ones are removed."""
        for path in self._folder.glob("*.json"):
            try:
                request = QueuedRequest.from_json(read_json(path) or {})
            except (KeyError, TypeError, ValueError):
                # Written by another version: nobody can go on with it, and nobody paid for it.
                path.unlink()
                continue
            if request.ended_at is None or request.ended_at >= not_before:
                yield request
            else:
                path.unlink()


def canonical_hash(value: JsonValue) -> str:
    """SHA-256 of JSON with sorted keys and no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
