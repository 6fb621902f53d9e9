"""Switches for everything that can go wrong between a client and fal, per route."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class Drop(StrEnum):
    """When the connection is cut without an answer."""

    NEVER = ""
    BEFORE = "before"
    """Nothing was done: the request never happened."""
    AFTER = "after"
    """It was done, and only the answer is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong. Several fields may be set at once; sizes in bytes."""

    route: str = ""
    """The word of a route (see `Seen.route`); "" is every route but the control address."""
    method: str = ""
    path: str = ""
    """A part of the path that must occur."""
    skip: int = 0
    """So many requests pass before it."""
    times: int | None = 1
    """How many requests it hits; None is all."""

    delay: float = 0.0
    """Real seconds before anything is done."""
    delay_after: float = 0.0
    """Real seconds between the work and the first byte of the answer."""
    drop: Drop = Drop.NEVER
    status: int | None = None
    """Answers with this instead of doing anything."""
    status_after: int | None = None
    """Does the work and then answers with this."""
    body: str | None = None
    """The text of an answer made by `status` or `status_after`, or put in place of the body."""
    content_type: str = ""
    nginx: int | None = None
    """Answers with the ingress' own HTML page of this status, nothing done."""
    headers: Mapping[str, str] | None = None
    remove_headers: tuple[str, ...] = ()
    truncate: int | None = None
    """Sends so many bytes of the announced length, then cuts."""
    no_length: bool = False
    """Leaves Content-Length away, so that a cut is not seen from the headers."""
    longer: int = 0
    """Announces so many bytes more than are sent, or fewer where negative."""
    drip: float | None = None
    """Bytes per real second in which the answer trickles."""
    read_rate: float | None = None
    """Bytes per real second in which an upload is taken in."""
    redirect: str = ""
    """Answers 302 with this address."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads a switch. Raises ValueError for a name that does not exist."""
        known = {one.name for one in fields(cls)}
        if strange := set(data) - known:
            raise ValueError(f"unknown: {', '.join(sorted(strange))}")
        given = dict(data)
        if "drop" in given:
            given["drop"] = Drop(given["drop"])
        if "remove_headers" in given:
            given["remove_headers"] = tuple(given["remove_headers"])
        return cls(**given)


NO_FAULT = Fault()


@dataclass(slots=True)
class _Armed:
    fault: Fault
    to_skip: int
    left: int | None


class Faults:
    """The switched-on faults; the first that fits a request is taken."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> None:
        """Switches one on."""
        self._armed.append(_Armed(fault, fault.skip, fault.times))

    def clear(self) -> None:
        """Switches all off."""
        self._armed.clear()

    def take(self, route: str, method: str, path: str) -> Fault:
        """The fault that hits this request; it is used up by that."""
        for armed in self._armed:
            if not _fits(armed.fault, route, method, path) or armed.left == 0:
                continue
            if armed.to_skip > 0:
                armed.to_skip -= 1
                continue
            if armed.left is not None:
                armed.left -= 1
            return armed.fault
        return NO_FAULT


def _fits(fault: Fault, route: str, method: str, path: str) -> bool:
    if route == "control" or fault.route not in {"", route}:
        return False
    return fault.method in {"", method} and fault.path in path
