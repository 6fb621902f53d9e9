"""One field of a request type, in the words of JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.media import MediaKind


class FieldType(StrEnum):
    """What a value is. ANY is whatever a plain JSON editor can say."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    OBJECT = "object"
    ARRAY = "array"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLimits:
    """What a file must be. Bytes, pixels, width by height, seconds, frames per second."""

    max_bytes: int | None = None
    min_width: int | None = None
    max_width: int | None = None
    min_height: int | None = None
    max_height: int | None = None
    min_ratio: float | None = None
    max_ratio: float | None = None
    min_duration: float | None = None
    max_duration: float | None = None
    min_fps: float | None = None
    max_fps: float | None = None
    formats: tuple[str, ...] = ()
    """Content types that are taken; empty takes all of the field's kind."""
    unsure: tuple[str, ...] = ()
    """Names of the limits above that are only warned about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """Everything an editor needs to know of one field."""

    name: str
    title: str
    type: FieldType
    help: str = ""
    required: bool = False
    nullable: bool = False
    default: JsonValue = None
    has_default: bool = False
    enum: tuple[JsonValue, ...] = ()
    enum_titles: tuple[str, ...] = ()
    """One for each value of `enum`."""
    enum_groups: tuple[str, ...] = ()
    """The group that each value of `enum` stands in; empty where there are no groups."""
    enum_words: tuple[str, ...] = ()
    """Further words by which each value of `enum` is found; empty where there are none."""
    unverified: tuple[JsonValue, ...] = ()
    """Values of `enum` whose title or group nobody confirmed."""
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    media: MediaKind | None = None
    """The kind of file that stands in this field; for a list see `items`."""
    limits: FieldLimits | None = None
    items: FieldSpec | None = None
    properties: tuple[FieldSpec, ...] = ()
    first_rank: bool = False
    """Shown at once; the others stand under More."""
    hidden: bool = False
    note: str = ""
    """A sentence on what is odd about it, such as that it has no effect."""
    ask: str = ""
    """What to say when it is required and missing."""
    multiline: bool = False
    unit: str = ""
    same_as: tuple[str, ...] = ()
    """Names that other request types have for the same thing."""
    editor: str = ""
    """A general word for an editor made for such a field: camera_control, motion_brush, voices,
    scenes, shots, elements, made_voice, line. Empty or not known: the plain one."""
    over: str = ""
    """The field whose picture this one is painted over."""
    mentions: tuple[tuple[str, str], ...] = ()
    """What its words can name: the path of a field, and how ("@Image{n}", "@Video1")."""

    @property
    def is_text(self) -> bool:
        """Whether a person writes it freely."""
        return self.type is FieldType.STRING and self.media is None and not self.enum

    def child(self, step: str | int) -> FieldSpec | None:
        """The field inside a group by its name, or the items of a list by any index."""
        if isinstance(step, int):
            return self.items
        return next((field for field in self.properties if field.name == step), None)

    def walk(self) -> Iterator[FieldSpec]:
        """This field and all that is inside it."""
        yield self
        for inner in (*((self.items,) if self.items else ()), *self.properties):
            yield from inner.walk()
