"""A draft: the unsent form, with all that was typed into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kling_desktop.records.job import MadeBy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import JsonValue, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the form holds now; replaced whole at each edit."""

    draft_id: str
    project_id: str
    intention: str
    endpoint_id: str
    values: Values = field(default_factory=dict)
    parked: Values = field(default_factory=dict)
    """Values that the chosen model has no field for; they come back with a model that has."""
    made_by: MadeBy = MadeBy.REHEARSAL
    count: int = 1
    shot_id: str = ""
    """The shot that the next take belongs to; empty begins a new one."""
    is_sample: bool = False
    """True while it is the untouched picture and prompt of the first start."""
    saved_at: float = 0.0

    def to_json(self) -> dict[str, JsonValue]:
        """Plain JSON for the store."""
        return {
            "draft_id": self.draft_id,
            "project_id": self.project_id,
            "intention": self.intention,
            "endpoint_id": self.endpoint_id,
            "values": dict(self.values),
            "parked": dict(self.parked),
            "made_by": self.made_by.value,
            "count": self.count,
            "shot_id": self.shot_id,
            "is_sample": self.is_sample,
            "saved_at": self.saved_at,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Draft:
        """What to_json wrote."""
        return cls(**{**data, "made_by": MadeBy(data["made_by"])})
