"""A voice that a person had made from a recording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeVoice:
    """Lives at the origin that made it, and is known only there."""

    voice_id: str
    origin: str
    name: str
    made_at: float
    """Unix seconds."""
