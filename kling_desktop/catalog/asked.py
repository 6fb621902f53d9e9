"""What a rule looks at: the values of a request, or of one entry of a list in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.paths import values_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue, Loc, Values
    from kling_desktop.records.media import MediaFacts

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields, what is posted for them, and the facts of the files in it."""

    fields: tuple[FieldSpec, ...]
    body: Values
    media: Mapping[str, MediaFacts]

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)

    def field_at(self, path: str) -> FieldSpec | None:
        """The field at a path that goes through lists."""
        name, *rest = path.split(".")
        found = self.field(name)
        for step in rest:
            group = found.items if found and found.items else found
            found = group.child(step) if group else None
        return found

    def title(self, path: str) -> str:
        """The title of the field at a path, or of the last one that is known on the way."""
        field = self.field_at(path) or self.field(path.partition(".")[0])
        return field.title if field else path

    def choice(self, name: str, value: JsonValue) -> str:
        """How a person reads one value of a field."""
        field = self.field(name)
        if isinstance(value, bool):
            return "on" if value else "off"
        if field is None or value not in field.enum:
            return str(value)
        return field.enum_titles[field.enum.index(value)]

    def value(self, name: str) -> JsonValue:
        """What is sent, else what fal takes by itself."""
        field = self.field(name)
        return self.body.get(name, field.default if field else None)

    def at(self, path: str) -> Iterator[tuple[Loc, JsonValue]]:
        """Each value at a path, with its place."""
        return values_at(self.body, path)

    def files(self, path: str) -> Iterator[tuple[Loc, MediaFacts]]:
        """The local files at a path."""
        for loc, value in self.at(path):
            facts = self.media.get(value) if isinstance(value, str) else None
            if facts is not None:
                yield loc, facts

    def pictures(self, path: str) -> Iterator[tuple[Loc, MediaFacts, float]]:
        """The local files at a path that have a size in pixels, and their width by height."""
        for loc, facts in self.files(path):
            if facts.ratio is not None:
                yield loc, facts, facts.ratio
