"""Brings any JSON Schema, however odd, into one plain form that can be trusted.

The normal form is self-contained (local `$ref` resolved), has `allOf` merged, `oneOf` read as
`anyOf` and "or null" folded into `type`, its properties in fal's order, and no keyword with a value
that a validator would choke on. What cannot be understood is left out, so that the value is free.
Annotations and `x-…` stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Schema = dict[str, Any]

OWN = "x-kling-desktop"
"""The one key under which our own hints stand in a schema."""
BESIDE = "../parts.json"
"""Where the bundled request types keep what they share; its `$defs` are added to the document."""

MOST_NODES = 20_000
"""Schemas in one document; more (each `$ref` counts anew) are left free."""
MOST_DEPTH = 24

_TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")
_NULL: Schema = {"type": "null"}


def normal_form(schema: object, document: Mapping[str, Any] | None = None) -> Schema:
    """The schema in normal form; `document` is where its `$ref` point into, by default itself."""
    root = document if document is not None else schema if isinstance(schema, dict) else {}
    return _Normaliser(root).schema(schema, ())


def pointed_at(document: Mapping[str, Any], ref: object) -> object:
    """What a local `$ref` such as `#/components/schemas/File` points at, or None."""
    if not isinstance(ref, str) or not ref.removeprefix(BESIDE).startswith("#"):
        return None
    ref = ref.removeprefix(BESIDE)
    found: object = document
    for raw in ref[1:].split("/")[1:]:
        step = unquote(raw).replace("~1", "/").replace("~0", "~")
        if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict) and step in found:
            found = found[step]
        else:
            return None
    return found


class _Normaliser:
    """One walk through one document, with a budget."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._left = MOST_NODES

    def schema(self, raw: object, above: tuple[str, ...], depth: int = 0) -> Schema:
        """`above` are the `$ref` on the way here: meeting one again is a cycle."""
        self._left -= 1
        if not isinstance(raw, dict) or self._left < 0 or depth > MOST_DEPTH:
            return {}
        plain = {name: value for name, value in raw.items() if isinstance(name, str)}
        ref = plain.pop("$ref", None)
        found = self._plain(plain, above, depth)
        if isinstance(ref, str) and ref not in above:
            target = self.schema(pointed_at(self._root, ref), (*above, ref), depth + 1)
            found = merged(target, found)
        return _with_null(found, nullable=plain.get("nullable") is True)

    def _plain(self, raw: Schema, above: tuple[str, ...], depth: int) -> Schema:
        def inner(one: object) -> Schema:
            return self.schema(one, above, depth + 1)

        found = {name: value for name, value in raw.items() if name not in _CHECKS}
        for name, value in raw.items():
            kept = _CHECKS[name](value, inner) if name in _CHECKS else None
            if kept is not None:
                found[name] = kept
        _tell_exclusive_bounds(raw, found)
        if "patternProperties" in raw:
            found.pop("additionalProperties", None)
        if "oneOf" in found:
            found.setdefault("anyOf", found.pop("oneOf"))
            found.pop("oneOf", None)
        for part in found.pop("allOf", ()):
            found = merged(part, found)
        return _folded(_ordered(found))


def merged(under: Schema, over: Schema) -> Schema:
    """Both schemas in one; where they differ in a keyword, `over` wins."""
    both = {**under, **over}
    for name in ("properties", OWN):
        if isinstance(under.get(name), dict) and isinstance(over.get(name), dict):
            both[name] = {**under[name], **over[name]}
    if "required" in under and "required" in over:
        both["required"] = list(dict.fromkeys([*under["required"], *over["required"]]))
    return both


def _ordered(schema: Schema) -> Schema:
    """Properties in the order that fal shows them, the others after in their own."""
    properties = schema.get("properties")
    order = schema.get("x-fal-order-properties")
    if not isinstance(properties, dict) or not isinstance(order, list):
        return schema
    names = [name for name in order if isinstance(name, str) and name in properties]
    return {
        **schema,
        "properties": {name: properties[name] for name in dict.fromkeys([*names, *properties])},
    }


def _folded(schema: Schema) -> Schema:
    """`anyOf` of one shape and null becomes that shape, or null; one shape alone becomes itself."""
    options = schema.get("anyOf", [])
    others = [one for one in options if one != _NULL]
    if len(others) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return _with_null(merged(others[0], rest), nullable=len(others) < len(options))


def _with_null(schema: Schema, *, nullable: bool) -> Schema:
    if not nullable:
        return schema
    schema = dict(schema)
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if "type" in schema and "null" not in types_of(schema):
        schema["type"] = [*types_of(schema), "null"]
    if "anyOf" in schema and _NULL not in schema["anyOf"]:
        schema["anyOf"] = [*schema["anyOf"], _NULL]
    return schema


def types_of(schema: Mapping[str, Any]) -> list[str]:
    """The types that a schema in normal form names."""
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def _tell_exclusive_bounds(raw: Schema, found: Schema) -> None:
    """OpenAPI 3.0 says `exclusiveMinimum: true` beside `minimum`; today it is a number itself."""
    for bound, exclusive in (
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ):
        if raw.get(exclusive) is True and bound in found:
            found[exclusive] = found.pop(bound)


def _type(value: object, _: Callable[[object], Schema]) -> object:
    named = value if isinstance(value, list) else [value]
    known = [one for one in named if isinstance(one, str) and one in _TYPES]
    if not known or len(known) < len(named):
        return None
    return known if isinstance(value, list) and len(known) > 1 else known[0]


def _number(value: object, _: Callable[[object], Schema]) -> object:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _positive(value: object, inner: Callable[[object], Schema]) -> object:
    number = _number(value, inner)
    return number if isinstance(number, int | float) and number > 0 else None


def _count(value: object, _: Callable[[object], Schema]) -> object:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    return int(value) if whole and isinstance(value, int | float) and value >= 0 else None


def _pattern(value: object, _: Callable[[object], Schema]) -> object:
    if not isinstance(value, str):
        return None
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError):
        return None
    return value


def _list(value: object, _: Callable[[object], Schema]) -> object:
    return list(value) if isinstance(value, list) and value else None


def _names(value: object, _: Callable[[object], Schema]) -> object:
    if not isinstance(value, list):
        return None
    return [one for one in dict.fromkeys(map(str, value)) if one in value]


def _flag(value: object, _: Callable[[object], Schema]) -> object:
    return value if isinstance(value, bool) else None


def _schema(value: object, inner: Callable[[object], Schema]) -> object:
    return inner(value) if isinstance(value, dict) else None


def _told_schema(value: object, inner: Callable[[object], Schema]) -> object:
    """Where less said would forbid more, nothing said must forbid nothing."""
    return _schema(value, inner) or None


def _flag_or_schema(value: object, inner: Callable[[object], Schema]) -> object:
    return value if isinstance(value, bool) else _schema(value, inner)


def _schemas(value: object, inner: Callable[[object], Schema]) -> object:
    return [inner(one) for one in value] if isinstance(value, list) and value else None


def _properties(value: object, inner: Callable[[object], Schema]) -> object:
    if not isinstance(value, dict):
        return None
    return {str(name): inner(one) for name, one in value.items()}


def _dropped(_: object, __: Callable[[object], Schema]) -> object:
    return None


_CHECKS: Mapping[str, Callable[[object, Callable[[object], Schema]], object]] = {
    "type": _type,
    "enum": _list,
    "minimum": _number,
    "maximum": _number,
    "exclusiveMinimum": _number,
    "exclusiveMaximum": _number,
    "multipleOf": _positive,
    "minLength": _count,
    "maxLength": _count,
    "pattern": _pattern,
    "minItems": _count,
    "maxItems": _count,
    "minProperties": _count,
    "maxProperties": _count,
    "uniqueItems": _flag,
    "required": _names,
    "properties": _properties,
    "patternProperties": _dropped,
    "additionalProperties": _flag_or_schema,
    "propertyNames": _schema,
    "items": _schema,
    "prefixItems": _schemas,
    "additionalItems": _dropped,
    "contains": _dropped,
    "minContains": _dropped,
    "maxContains": _dropped,
    "anyOf": _schemas,
    "oneOf": _schemas,
    "allOf": _schemas,
    "not": _told_schema,
    "if": _told_schema,
    "then": _schema,
    "else": _schema,
    "dependentRequired": _dropped,
    "dependentSchemas": _dropped,
    "dependencies": _dropped,
    "unevaluatedProperties": _dropped,
    "unevaluatedItems": _dropped,
    "nullable": _dropped,
    "$defs": _dropped,
    "definitions": _dropped,
    "$schema": _dropped,
    "$id": _dropped,
    "$anchor": _dropped,
    "$dynamicRef": _dropped,
    "$dynamicAnchor": _dropped,
    "$recursiveRef": _dropped,
    "$vocabulary": _dropped,
}
