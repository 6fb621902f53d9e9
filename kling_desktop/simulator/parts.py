"""What the bundled schemas share stands in a file beside them; here each gets its own copy.

As in fal's own documents, groups are pointed at and everything else stands in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFS = "#/$defs/"


def whole(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with the parts inside that it needs, so that it can stand alone."""
    copy = _Copy({**parts, **schema.get("$defs", {})})
    own = copy.of({name: value for name, value in schema.items() if name != "$defs"})
    return {**own, "$defs": copy.groups}


class _Copy:
    """One schema being copied, and the groups met on the way."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known
        self.groups: dict[str, Any] = {}

    def of(self, value: Any) -> Any:  # noqa: ANN401  (plain JSON)
        if isinstance(value, list):
            return [self.of(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        ref = value.get("$ref")
        inner = {key: self.of(one) for key, one in value.items() if key != "$ref"}
        if not isinstance(ref, str):
            return inner
        name = ref.rpartition(_DEFS)[2]
        part = self._known[name]
        if part.get("type") != "object":
            return {**self.of(part), **inner}
        if name not in self.groups:
            self.groups[name] = {}
            self.groups[name] = self.of(part)
        return {"$ref": f"{_DEFS}{name}", **inner}
