"""Reads the fields out of a schema in normal form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.field_spec import FieldLimits, FieldSpec, FieldType
from kling_desktop.catalog.normal_form import OWN, types_of
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from kling_desktop.records.json_values import JsonValue

_LIMIT_NAMES = {
    "max_file_size": "max_bytes",
    "min_width": "min_width",
    "max_width": "max_width",
    "min_height": "min_height",
    "max_height": "max_height",
    "min_aspect_ratio": "min_ratio",
    "max_aspect_ratio": "max_ratio",
    "min_duration": "min_duration",
    "max_duration": "max_duration",
    "min_fps": "min_fps",
    "max_fps": "max_fps",
}
_BOUND_NAMES = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_items",
    "maxItems": "max_items",
}
_MEDIA_WORDS = {
    "image": MediaKind.IMAGE,
    "picture": MediaKind.IMAGE,
    "photo": MediaKind.IMAGE,
    "frame": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
    "voice": MediaKind.AUDIO,
    "music": MediaKind.AUDIO,
    "mask": MediaKind.MASK,
}
_FILE_FACTS = frozenset({"content_type", "file_name", "file_size"})
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")
"""What fal's own page takes for a picture where a document says nothing."""
_SHORT_WORDS = {"cfg": "CFG", "id": "ID", "ids": "IDs", "fps": "FPS", "lora": "LoRA", "ai": "AI"}
_FIRST_WORDS = ("duration", "aspect_ratio", "resolution", "image_size", "seconds", "length")
_TEXT_WORDS = ("prompt", "text", "description", "lyrics", "script", "caption")


def fields_of(schema: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
    """The fields in the order of display: first rank before the rest, its media before its words.

    Within that, fal's order holds.
    """
    return tuple(sorted(_properties(schema), key=_place))


def own_hints(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Our own hints on a schema; empty where there are none."""
    hints = schema.get(OWN)
    return hints if isinstance(hints, Mapping) else {}


def _place(field: FieldSpec) -> tuple[bool, bool, bool]:
    is_media = field.media is not None or (field.items is not None and bool(field.items.media))
    return field.hidden, not field.first_rank, not is_media


def _properties(schema: Mapping[str, Any], file_word: str = "") -> tuple[FieldSpec, ...]:
    required = schema.get("required", ())
    return tuple(
        field_of(name, inner, required=name in required, hint=file_word if name == "url" else "")
        for name, inner in schema.get("properties", {}).items()
    )


def field_of(
    name: str, schema: Mapping[str, Any], *, required: bool = False, hint: str = ""
) -> FieldSpec:
    """One field. `hint` is the kind of file that a list around it names."""
    shape = {**schema, **_chosen(schema)}
    hints = own_hints(shape)
    values = _enum(shape)
    kind = _type(shape, values)
    media_word = _media_word(shape) or hint
    media = _media(name, media_word, shape) if kind is FieldType.STRING and not values else None
    items = None
    if kind is FieldType.ARRAY:
        items = field_of(name, shape.get("items", {}), required=True, hint=media_word)
    inside = _file_word(name, media_word, shape)
    properties = _properties(shape, inside) if kind is FieldType.OBJECT else ()
    default = shape.get("default")
    has_default = default is not None and _fits(default, kind, values)
    unit = _text(hints.get("unit"))
    is_text = kind is FieldType.STRING and media is None and not values
    bounds: dict[str, Any] = {ours: shape.get(theirs) for theirs, ours in _BOUND_NAMES.items()}
    spec = FieldSpec(
        name=name,
        title=_title(name, shape),
        help=_text(shape.get("description")),
        type=kind,
        required=required,
        nullable=_is_nullable(schema),
        default=default if has_default else None,
        has_default=has_default,
        enum=values,
        enum_titles=_enum_titles(values, hints, unit),
        enum_groups=_enum_groups(values, hints),
        enum_words=_enum_words(values, hints),
        unverified=tuple(one for one in values if one in _texts(hints.get("unverified"))),
        **bounds,
        media=media,
        limits=_limits(shape, hints, media) if media else None,
        items=items,
        properties=properties,
        hidden=_is_hidden(shape, hints, values, must=required or has_default),
        note=_text(hints.get("note")),
        ask=_text(hints.get("ask")),
        multiline=is_text and _is_long(name, shape),
        unit=unit,
        same_as=_texts(hints.get("same_as")),
        editor=_text(hints.get("editor")),
        over=_text(hints.get("over")),
        mentions=_mentions(hints),
    )
    return _ranked(spec, shape, hints)


def _is_nullable(schema: Mapping[str, Any]) -> bool:
    options = schema.get("anyOf", ())
    return "null" in types_of(schema) or any(types_of(one) == ["null"] for one in options)


def _chosen(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of several shapes for one value, the one that a person can fill in most simply."""
    options = [one for one in schema.get("anyOf", ()) if types_of(one) != ["null"]]
    if not options:
        return {}
    choices = [value for one in options for value in _enum(one)]
    if choices and all(_enum(one) or _is_group(one) for one in options):
        titles = {
            str(one["const"]): one["title"] for one in options if {"const", "title"} <= {*one}
        }
        own = {"enum_titles": titles, **own_hints(schema)}
        return {"enum": choices, OWN: own} if titles else {"enum": choices}
    kinds = {_type(one, _enum(one)) for one in options}
    if kinds == {FieldType.INTEGER, FieldType.NUMBER}:
        return {"type": "number"}
    if len(kinds) == 1 and kinds != {FieldType.OBJECT}:
        return {} if kinds == {FieldType.ANY} else dict(options[0])
    plain = [one for one in options if types_of(one) == ["string"] and not _enum(one)]
    return dict(plain[0]) if plain else {}


def _is_group(shape: Mapping[str, Any]) -> bool:
    return types_of(shape) == ["object"] or "properties" in shape


def _enum(shape: Mapping[str, Any]) -> tuple[JsonValue, ...]:
    if "const" in shape:
        return (shape["const"],)
    return tuple(value for value in shape.get("enum", ()) if value is not None)


def _type(shape: Mapping[str, Any], values: tuple[JsonValue, ...]) -> FieldType:
    named = {one for one in types_of(shape) if one != "null"}
    if not named and values:
        named = {_type_word(value) for value in values}
    if not named:
        named = {
            word for key, word in (("properties", "object"), ("items", "array")) if key in shape
        }
    if named == {"integer", "number"}:
        return FieldType.NUMBER
    if len(named) != 1:
        return FieldType.ANY
    kind = FieldType(named.pop())
    if kind is FieldType.OBJECT and not shape.get("properties"):
        return FieldType.ANY
    return kind


def _type_word(value: JsonValue) -> str:
    for word, fits in (
        ("boolean", isinstance(value, bool)),
        ("integer", isinstance(value, int)),
        ("number", isinstance(value, float)),
        ("string", isinstance(value, str)),
        ("object", isinstance(value, Mapping)),
        ("array", isinstance(value, list | tuple)),
    ):
        if fits:
            return word
    return "any"


def _fits(value: JsonValue, kind: FieldType, values: tuple[JsonValue, ...]) -> bool:
    """Whether an editor of that kind can hold the value."""
    if values:
        return value in values
    word = _type_word(value)
    return kind in (FieldType.ANY, word) or (kind is FieldType.NUMBER and word == "integer")


def _media_word(shape: Mapping[str, Any]) -> str:
    own = shape.get("_fal_ui_field")
    ui = shape.get("ui")
    return _text(own) or (_text(ui.get("field")) if isinstance(ui, Mapping) else "")


def _media(name: str, word: str, shape: Mapping[str, Any]) -> MediaKind | None:
    """From fal's hint; else from the name, where it ends in url; else from fal's limits."""
    if word in list(MediaKind):
        return MediaKind(word)
    parts = name.lower().split("_")
    if parts[-1] in ("url", "urls"):
        for part in reversed(parts):
            kind = _MEDIA_WORDS.get(part.removesuffix("s"))
            if kind is not None:
                return kind
    limits = shape.get("x-fal")
    if not isinstance(limits, Mapping) or "max_file_size" not in limits:
        return None
    if "min_fps" in limits or "max_fps" in limits:
        return MediaKind.VIDEO
    return MediaKind.IMAGE if "min_width" in limits else MediaKind.FILE


def _file_word(name: str, word: str, shape: Mapping[str, Any]) -> str:
    """The kind of file that a group describes as fal describes files; empty for other groups."""
    names = {*shape.get("properties", {})}
    if "url" not in names or not names & _FILE_FACTS:
        return ""
    if word in list(MediaKind):
        return word
    words = (_MEDIA_WORDS.get(part.removesuffix("s")) for part in name.lower().split("_"))
    return next((kind.value for kind in words if kind), MediaKind.FILE.value)


def _limits(shape: Mapping[str, Any], hints: Mapping[str, Any], media: MediaKind) -> FieldLimits:
    given = shape.get("x-fal")
    given = given if isinstance(given, Mapping) else {}
    numbers = {
        ours: given[theirs]
        for theirs, ours in _LIMIT_NAMES.items()
        if isinstance(given.get(theirs), int | float) and not isinstance(given[theirs], bool)
    }
    usual = _PICTURES if media is MediaKind.IMAGE else ()
    return FieldLimits(
        **numbers,
        formats=_texts(hints.get("formats")) or usual,
        unsure=_texts(hints.get("unsure")),
    )


def _is_hidden(
    shape: Mapping[str, Any],
    hints: Mapping[str, Any],
    values: tuple[JsonValue, ...],
    *,
    must: bool,
) -> bool:
    ui = shape.get("ui")
    told = hints.get("hidden", ui.get("hidden") if isinstance(ui, Mapping) else None)
    return told if isinstance(told, bool) else len(values) == 1 and must


def _ranked(spec: FieldSpec, shape: Mapping[str, Any], hints: Mapping[str, Any]) -> FieldSpec:
    if "rank" in hints:
        return replace(spec, first_rank=hints["rank"] == "first")
    ui = shape.get("ui")
    important = isinstance(ui, Mapping) and ui.get("important") is True
    is_first = (
        spec.required
        or important
        or any(inner.media for inner in spec.walk())
        or (spec.multiline and "negative" not in spec.name)
        or (bool(spec.enum) and any(word in spec.name for word in _FIRST_WORDS))
    )
    return replace(spec, first_rank=is_first)


def _is_long(name: str, shape: Mapping[str, Any]) -> bool:
    parts = name.lower().split("_")
    return shape.get("maxLength", 0) >= 200 or any(word in parts for word in _TEXT_WORDS)


def _title(name: str, shape: Mapping[str, Any]) -> str:
    """The given title, unless it is only the name with spaces."""
    given = _text(shape.get("title"))
    if given and given.lower() != name.replace("_", " ").lower() and name:
        return given
    return titled(name)


def titled(name: str) -> str:
    """`end_image_url` → "End image", `cfg_scale` → "CFG scale"."""
    parts = [part for part in name.split("_") if part]
    if len(parts) > 1 and parts[-1] in ("url", "urls"):
        plural = parts.pop() == "urls"
        parts[-1] += "s" if plural and not parts[-1].endswith("s") else ""
    words = " ".join(_SHORT_WORDS.get(part.lower(), part) for part in parts)
    return words[:1].upper() + words[1:]


def _enum_titles(
    values: tuple[JsonValue, ...], hints: Mapping[str, Any], unit: str
) -> tuple[str, ...]:
    given = hints.get("enum_titles")
    given = given if isinstance(given, Mapping) else {}
    return tuple(_text(given.get(str(value))) or _value_title(value, unit) for value in values)


def _enum_groups(values: tuple[JsonValue, ...], hints: Mapping[str, Any]) -> tuple[str, ...]:
    given = hints.get("groups")
    if not isinstance(given, Mapping) or not values:
        return ()
    place = {one: _text(group) for group, members in given.items() for one in _texts(members)}
    return tuple(place.get(str(value), "") for value in values)


def _enum_words(values: tuple[JsonValue, ...], hints: Mapping[str, Any]) -> tuple[str, ...]:
    given = hints.get("enum_words")
    if not isinstance(given, Mapping) or not values:
        return ()
    return tuple(_text(given.get(str(value))) for value in values)


def _mentions(hints: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    given = hints.get("mentions")
    given = given if isinstance(given, Mapping) else {}
    return tuple((str(path), word) for path, word in given.items() if isinstance(word, str))


def _value_title(value: JsonValue, unit: str) -> str:
    if unit:
        return f"{value} {unit}"
    if isinstance(value, bool):
        return "On" if value else "Off"
    return titled(value) if isinstance(value, str) and value else str(value)


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
