"""A request type: the shape of what is posted, as one JSON Schema and its fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue, Loc


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestType:
    """One input shape, shared by the endpoints that take it."""

    name: str
    schema: Mapping[str, Any]
    """In normal form: self-contained, `$ref` resolved, properties in fal's order."""
    fields: tuple[FieldSpec, ...]
    """In the order of display."""
    output: Mapping[str, Any] = field(default_factory=dict)
    """The schema of the result, in normal form."""
    rules: tuple[Mapping[str, Any], ...] = ()
    """Relations between values that a schema cannot say; read by `rules`."""

    def __hash__(self) -> int:
        return hash(self.name)

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)

    def field_at(self, loc: Loc) -> FieldSpec | None:
        """The field at a path, however deep."""
        if not loc or not isinstance(loc[0], str):
            return None
        found = self.field(loc[0])
        for step in loc[1:]:
            found = found.child(step) if found else None
        return found

    def in_schema_order(self) -> tuple[FieldSpec, ...]:
        """The fields in the order in which they are posted."""
        order = {name: place for place, name in enumerate(self.schema.get("properties", {}))}
        return tuple(sorted(self.fields, key=lambda one: order.get(one.name, len(order))))

    def defaults(self) -> dict[str, JsonValue]:
        """What fal takes for the fields that are not sent."""
        return {one.name: one.default for one in self.fields if one.has_default}
