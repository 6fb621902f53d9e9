"""The book of everything that was asked of the simulator, for assertions."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it came in. It never holds a key, only a fingerprint of it."""

    number: int
    at: float
    route: str
    """The word that fault switches use: submit, status, stream, result, cancel, upload …"""
    method: str
    path: str
    scheme: str
    """First word of the Authorization header: "Key", "Bearer" or ""."""
    key: str
    """First 12 hex digits of the SHA-256 of what follows the scheme, or ""."""
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, without Authorization."""
    connection: int
    """The client's port, which tells connections apart."""
    body_size: int = 0
    body_sha256: str = ""
    status: int = 0
    """0 until it was answered, and for ever where the connection was dropped."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the control address."""
        return {**asdict(self), "headers": dict(self.headers)}


class Ledger:
    """Keeps the last twenty thousand requests."""

    def __init__(self) -> None:
        self._seen: deque[Seen] = deque(maxlen=_KEPT)
        self._count = 0

    def note(self, request: web.Request, route: str, at: float) -> Seen:
        """Writes down that a request came in."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        peer = request.transport.get_extra_info("peername") if request.transport else None
        seen = Seen(
            number=self._count,
            at=at,
            route=route,
            method=request.method,
            path=request.path_qs,
            scheme=scheme,
            key=hashlib.sha256(token.encode()).hexdigest()[:12] if token else "",
            headers=tuple(
                (name.lower(), value)
                for name, value in request.headers.items()
                if name.lower() != "authorization"
            ),
            connection=peer[1] if peer else 0,
        )
        self._count += 1
        self._seen.append(seen)
        return seen

    def note_body(self, number: int, size: int, sha256: str) -> None:
        """Adds what its body was."""
        self._change(number, lambda seen: replace(seen, body_size=size, body_sha256=sha256))

    def note_answer(self, number: int, status: int) -> None:
        """Adds how it was answered."""
        self._change(number, lambda seen: replace(seen, status=status))

    def all(self, route: str = "") -> tuple[Seen, ...]:
        """The requests in the order they came, of one route or of all."""
        return tuple(one for one in self._seen if not route or one.route == route)

    def clear(self) -> None:
        """Forgets everything."""
        self._seen.clear()

    def _change(self, number: int, change: Callable[[Seen], Seen]) -> None:
        index = number - (self._count - len(self._seen))
        if 0 <= index < len(self._seen):
            self._seen[index] = change(self._seen[index])
