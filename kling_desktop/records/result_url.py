"""Where a finished file still lies at the server that made it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultUrl:
    """The address fal gave for one file of a result."""

    url: str
    origin: str
    """Where its job was sent."""
    expires_at: float | None
    """Unix seconds, for a life that was asked for; None where the account's settings decide."""
