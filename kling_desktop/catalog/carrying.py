"""Carries values over from one request type to another, and parks what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kling_desktop.catalog.field_spec import FieldSpec, FieldType

if TYPE_CHECKING:
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.media import MediaKind


def carry_over(
    old: RequestType, new: RequestType, values: Values
) -> tuple[dict[str, JsonValue], dict[str, JsonValue]]:
    """What of the values the new request type takes, and what is parked; nothing is dropped.

    To get parked values back, hand them in with the others: `{**parked, **values}`. A text or list
    that is only too long carries and is told as a problem; a number out of bounds or a choice that
    is not there is parked.
    """
    carried: dict[str, JsonValue] = {}
    parked: dict[str, JsonValue] = {}
    for name, value in sorted(values.items(), key=lambda item: new.field(item[0]) is None):
        field = new.field(name) or _other_name(name, old, new)
        is_taken = field is None or field.name in carried or field.name in {*values} - {name}
        kept = None if field is None or is_taken else _of_one_kind(value, old.field(name), field)
        if field is not None and (kept is not None or (value is None and not is_taken)):
            carried[field.name] = kept
        else:
            parked[name] = value
    return carried, parked


def _of_one_kind(value: JsonValue, before: FieldSpec | None, field: FieldSpec) -> JsonValue:
    """The value for the new field, unless the two hold different kinds of file."""
    if before is not None and _kind(before) != _kind(field):
        return None
    return adapted(value, field)


def _kind(field: FieldSpec) -> MediaKind | None:
    return field.media or (field.items.media if field.items else None)


def adapted(value: JsonValue, field: FieldSpec) -> JsonValue:
    """The value as this field holds it ("5" and 5 are the same length), or None where it cannot."""
    if field.enum:
        same = [one for one in field.enum if one == value and type(one) is type(value)]
        alike = [one for one in field.enum if _is_scalar(value) and str(one) == str(value)]
        return next(iter([*same, *alike]), None)
    fits = _FITS.get(field.type)
    if fits is None:
        return value
    return fits(value, field)


def _other_name(name: str, old: RequestType, new: RequestType) -> FieldSpec | None:
    """The field of the new type that stands for the same thing under another name."""
    before = old.field(name)
    known = {name, *(before.same_as if before else ())}
    for field in new.fields:
        if known & {field.name, *field.same_as}:
            return field
    return None


def _is_scalar(value: JsonValue) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _text(value: JsonValue, field: FieldSpec) -> JsonValue:
    if field.media is None and _is_scalar(value):
        return str(value)
    return value if isinstance(value, str) else None


def _number(value: JsonValue, field: FieldSpec) -> JsonValue:
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if field.type is FieldType.INTEGER and isinstance(value, float) and not value.is_integer():
        return None
    return value if _in_bounds(value, field) else None


def _in_bounds(value: float, field: FieldSpec) -> bool:
    return (
        (field.minimum is None or value >= field.minimum)
        and (field.maximum is None or value <= field.maximum)
        and (field.exclusive_minimum is None or value > field.exclusive_minimum)
        and (field.exclusive_maximum is None or value < field.exclusive_maximum)
    )


def _switch(value: JsonValue, _: FieldSpec) -> JsonValue:
    return value if isinstance(value, bool) else None


def _list(value: JsonValue, field: FieldSpec) -> JsonValue:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return None
    if field.items is None:
        return value
    items = [adapted(one, field.items) for one in value]
    return None if None in items else items


def _group(value: JsonValue, field: FieldSpec) -> JsonValue:
    if not isinstance(value, Mapping):
        return None
    found: dict[str, JsonValue] = {}
    for name, inner in value.items():
        spec = field.child(name)
        kept = adapted(inner, spec) if spec else None
        if kept is None and inner is not None:
            return None
        found[name] = kept
    return found


_FITS = {
    FieldType.STRING: _text,
    FieldType.INTEGER: _number,
    FieldType.NUMBER: _number,
    FieldType.BOOLEAN: _switch,
    FieldType.ARRAY: _list,
    FieldType.OBJECT: _group,
}
