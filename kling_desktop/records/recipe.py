"""All that made a clip, in the form that travels with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.records.job import MadeBy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import Values

RECIPE_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeInput:
    """A picture or other file that went in: its hash and the name it had, never a path."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is needed to make the same clip again. Never a key, a local path or a price."""

    endpoint_id: str
    values: Values
    """The model input with `media://` references where local files went in."""
    inputs: tuple[RecipeInput, ...]
    request_id: str
    made_by: MadeBy
    title: str
    take: int
    made_at: str
    """RFC 3339, UTC."""
    program: str
    """Name and version of this program."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the sidecar and the file's metadata."""
        return {
            "recipe": RECIPE_VERSION,
            "endpoint_id": self.endpoint_id,
            "input": dict(self.values),
            "files": [{"ref": one.ref, "name": one.name} for one in self.inputs],
            "request_id": self.request_id,
            "made_by": self.made_by.value,
            "title": self.title,
            "take": self.take,
            "made_at": self.made_at,
            "program": self.program,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recipe:
        """What to_json wrote. Raises KeyError, TypeError or ValueError for anything else."""
        if data["recipe"] != RECIPE_VERSION:
            raise ValueError(f"recipe version {data['recipe']!r} is not known")
        return cls(
            endpoint_id=data["endpoint_id"],
            values=dict(data["input"]),
            inputs=tuple(RecipeInput(ref=one["ref"], name=one["name"]) for one in data["files"]),
            request_id=data["request_id"],
            made_by=MadeBy(data["made_by"]),
            title=data["title"],
            take=data["take"],
            made_at=data["made_at"],
            program=data["program"],
        )
