"""Compares an input with its schema, as strictly as fal's apps do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.complaints import Complaint
from kling_desktop.simulator.endpoints import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kling_desktop.records.json_values import JsonValue, Loc

_IS_TYPE: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}
_TYPE_WORDS = {
    "string": ("string_type", "Input should be a valid string"),
    "boolean": ("bool_type", "Input should be a valid boolean"),
    "integer": ("int_type", "Input should be a valid integer"),
    "number": ("float_type", "Input should be a valid number"),
    "array": ("list_type", "Input should be a valid list"),
    "object": ("dict_type", "Input should be a valid dictionary"),
    "null": ("none_required", "Input should be None"),
}


def complaints_about(
    value: JsonValue, schema: Mapping[str, Any], root: Mapping[str, Any], loc: Loc = ()
) -> list[Complaint]:
    """Everything that is wrong with a value."""
    schema = _flat(schema, root)
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return _of_options(value, options, root, loc)
    if refused := _wrong_kind(value, schema, loc) or _wrong_choice(value, schema, loc):
        return [refused]
    match value:
        case dict():
            found = _of_object(value, schema, root, loc)
        case list():
            found = _of_list(value, schema, root, loc)
        case str():
            found = _of_text(value, schema, loc)
        case int() | float() if not isinstance(value, bool):
            found = _of_number(value, schema, loc)
        case _:
            found = iter(())
    return list(found)


def contradictions(body: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Complaint]:
    """Fields of which exactly one must be given: a prompt, or a list of them for shots."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    if not {"prompt", "multi_prompt"} <= set(properties) or "prompt" in schema.get("required", ()):
        return []
    if bool(body.get("prompt")) is not bool(body.get("multi_prompt")):
        return []
    text = "Value error, Either prompt or multi_prompt must be provided, but not both."
    return [Complaint(("prompt",), "value_error", text, body.get("prompt"))]


def _wrong_kind(value: JsonValue, schema: Mapping[str, Any], loc: Loc) -> Complaint | None:
    kind = str(schema.get("type"))
    if kind not in _IS_TYPE or _IS_TYPE[kind](value):
        return None
    return Complaint(loc, *_TYPE_WORDS[kind], value)


def _wrong_choice(value: JsonValue, schema: Mapping[str, Any], loc: Loc) -> Complaint | None:
    allowed = [schema["const"]] if "const" in schema else schema.get("enum")
    if allowed is None or value in allowed:
        return None
    words = [repr(one) for one in allowed]
    said = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return Complaint(loc, "one_of", f"Input should be {said}", value, {"expected": allowed})


def _flat(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    schema = resolve(schema, root)
    for part in schema.get("allOf", ()):
        schema = {**_flat(part, root), **schema}
    return schema


def _of_options(
    value: JsonValue, options: list[Mapping[str, Any]], root: Mapping[str, Any], loc: Loc
) -> list[Complaint]:
    found = [complaints_about(value, option, root, loc) for option in options]
    if any(not one for one in found):
        return []
    real = [
        one
        for option, one in zip(options, found, strict=True)
        if resolve(option, root).get("type") != "null"
    ]
    return min(real or found, key=len)


def _of_object(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], loc: Loc
) -> Iterator[Complaint]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield Complaint((*loc, name), "missing", "Field required", value)
    for name, inner in value.items():
        if name in properties:
            yield from complaints_about(inner, properties[name], root, (*loc, name))
        elif properties and not schema.get("additionalProperties"):
            text = "Extra inputs are not permitted"
            yield Complaint((*loc, name), "extra_forbidden", text, inner)


def _of_list(
    value: list[Any], schema: Mapping[str, Any], root: Mapping[str, Any], loc: Loc
) -> Iterator[Complaint]:
    least, most = schema.get("minItems"), schema.get("maxItems")
    if least is not None and len(value) < least:
        text = f"Sequence should have at least {least} items"
        yield Complaint(loc, "sequence_too_short", text, value, {"min_length": least})
    if most is not None and len(value) > most:
        text = f"Sequence should have at most {most} items"
        yield Complaint(loc, "sequence_too_long", text, value, {"max_length": most})
    for index, inner in enumerate(value):
        yield from complaints_about(inner, schema.get("items", {}), root, (*loc, index))


def _of_text(value: str, schema: Mapping[str, Any], loc: Loc) -> Iterator[Complaint]:
    least, most = schema.get("minLength"), schema.get("maxLength")
    if least is not None and len(value) < least:
        text = f"String should have at least {least} characters"
        yield Complaint(loc, "string_too_short", text, value, {"min_length": least})
    if most is not None and len(value) > most:
        text = f"String should have at most {most} characters"
        yield Complaint(loc, "string_too_long", text, value, {"max_length": most})
    pattern = schema.get("pattern")
    if pattern is not None and not re.search(pattern, value):
        text = f"String should match pattern '{pattern}'"
        yield Complaint(loc, "string_pattern_mismatch", text, value, {"pattern": pattern})


def _of_number(value: float, schema: Mapping[str, Any], loc: Loc) -> Iterator[Complaint]:
    rules: tuple[tuple[str, str, str, str, Callable[[float, float], bool]], ...] = (
        ("minimum", "greater_than_equal", "ge", "greater than or equal to", lambda a, b: a >= b),
        ("maximum", "less_than_equal", "le", "less than or equal to", lambda a, b: a <= b),
        ("exclusiveMinimum", "greater_than", "gt", "greater than", lambda a, b: a > b),
        ("exclusiveMaximum", "less_than", "lt", "less than", lambda a, b: a < b),
        (
            "multipleOf",
            "multiple_of",
            "multiple_of",
            "a multiple of",
            _is_multiple,
        ),
    )
    for keyword, kind, short, words, holds in rules:
        limit = schema.get(keyword)
        if limit is not None and not isinstance(limit, bool) and not holds(value, limit):
            yield Complaint(loc, kind, f"Input should be {words} {limit}", value, {short: limit})


def _is_multiple(value: float, step: float) -> bool:
    return abs(value / step - round(value / step)) < 1e-9
