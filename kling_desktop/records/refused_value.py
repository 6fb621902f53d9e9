"""A value that a server refused once, so that the next try with it can be warned."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import Loc


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedValue:
    """What was refused, where, and in which words. The value itself is not kept."""

    origin: str
    """Who refused it; what a rehearsal refuses says nothing about fal, nor the other way round."""
    endpoint_id: str
    loc: Loc
    digest: str
    """SHA-256 of the value as canonical JSON, local files by their `media://…` text."""
    message: str
    """What was said; empty where no reason was given."""
    refused_at: float
    """Unix seconds."""
    code: str = ""
    """Of the problem that was made of it."""
    remedy: str = ""
    """The word of a Remedy for the file that stands there."""
    facts: Mapping[str, float] = field(default_factory=dict)
    """The numbers that were given with it, such as the most that is allowed."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the store."""
        return {**asdict(self), "loc": list(self.loc), "facts": dict(self.facts)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RefusedValue:
        """What to_json wrote."""
        return cls(**{**data, "loc": tuple(data["loc"])})
