"""Says what is wrong with values before they are sent, and what exactly would be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog import problems as say
from kling_desktop.catalog.carrying import carry_over
from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.catalog.media_limits import media_problems
from kling_desktop.catalog.mentions import mention_problems
from kling_desktop.catalog.missing import missing
from kling_desktop.catalog.plain_check import Check, plain_check
from kling_desktop.catalog.refusals import problems_from_422
from kling_desktop.catalog.rules import rule_problems
from kling_desktop.records.media import MediaRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Loc, Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem

__all__ = ["body_of", "carry_over", "problems_from_422", "validate"]

_LINKS = ("https://", "http://", "data:")
_ABSENT = object()
_NUMBERS = (int, float, bool)
"""Looked at first: the paths of a motion brush are hundreds of them."""


def validate(
    request_type: RequestType, values: Values, media: Mapping[str, MediaFacts]
) -> tuple[Problem, ...]:
    """All that is wrong, in the order of the fields; empty means it can be sent.

    `media` has the facts of every local file in the values, by its `media://…` text. Problems whose
    severity is WARNING let the values through.
    """
    body = body_of(request_type, values)
    found = [
        *_schema_problems(request_type, body),
        *_value_problems(request_type, body, media),
        *rule_problems(request_type, body, media),
        *mention_problems(request_type, body),
    ]
    order = {field.name: place for place, field in enumerate(request_type.fields)}
    first: dict[tuple[Loc, str], Problem] = {}
    for one in found:
        first.setdefault((one.loc, one.code), one)
    return tuple(
        sorted(first.values(), key=lambda one: order.get(str(one.loc[0]), -1) if one.loc else -1)
    )


def body_of(request_type: RequestType, values: Values) -> dict[str, JsonValue]:
    """Exactly what is posted, in fal's order.

    Left out: what the request type does not have, None, and what is empty where fal has no default
    of its own that an empty text or list would override. Defaults are not added; the one value of a
    required field that has no other is. A required field that may be null keeps its null.
    """
    return _group(request_type.in_schema_order(), values)


def _group(fields: Sequence[FieldSpec], values: Values) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for field in fields:
        value = values.get(field.name, _ABSENT)
        kept = value if type(value) in _NUMBERS else _kept(field, value)
        if kept is not _ABSENT:
            found[field.name] = kept  # type: ignore[assignment]  # the only other object is _ABSENT
    return found


def _kept(field: FieldSpec, value: object) -> object:
    if value is _ABSENT and field.required and len(field.enum) == 1:
        return field.enum[0]
    if value is None:
        return None if field.required and field.nullable else _ABSENT
    if isinstance(value, str):
        return value if value or (field.has_default and field.media is None) else _ABSENT
    if isinstance(value, Mapping):
        group = _group(field.properties, value) if field.properties else _plain(value)
        return group if group or field.required or field.has_default else _ABSENT
    if isinstance(value, Sequence):
        return _kept_list(field, value)
    return value


def _kept_list(field: FieldSpec, value: Sequence[object]) -> object:
    items = [_kept(field.items, one) if field.items else _plain(one) for one in value]
    items = [one for one in items if one is not _ABSENT]
    return items if items or field.required or field.has_default else _ABSENT


def _plain(value: object) -> object:
    """The same in dicts and lists."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value


@lru_cache(maxsize=128)
def _validator(request_type: RequestType) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(request_type.schema)


@lru_cache(maxsize=128)
def _quick(request_type: RequestType) -> Check:
    return plain_check(request_type.schema)


def _schema_problems(request_type: RequestType, body: Values) -> Iterator[Problem]:
    if _quick(request_type)(body):
        return
    from jsonschema.exceptions import best_match

    told: set[tuple[Loc, tuple[str, ...]]] = set()
    for error in _validator(request_type).iter_errors(body):
        best = error
        if error.validator == "anyOf":
            best = best_match([error]) or error
        loc = tuple(best.absolute_path)
        if best.validator != "required":
            yield _schema_problem(request_type.field_at(loc), best, loc)
            continue
        names = tuple(best.validator_value)
        if (loc, names) not in told:
            told.add((loc, names))
            for name in names:
                if name not in best.instance:
                    yield missing(request_type.field_at((*loc, name)), (*loc, name))


_WRONG_TYPE = {
    "string": say.NOT_TEXT,
    "integer": say.NOT_WHOLE,
    "number": say.NOT_A_NUMBER,
    "boolean": say.NOT_A_SWITCH,
    "array": say.NOT_A_LIST,
    "object": say.NOT_A_GROUP,
}
_BOUNDS = {
    "minimum": (say.NUMBER_TOO_SMALL, "least"),
    "maximum": (say.NUMBER_TOO_LARGE, "most"),
    "exclusiveMinimum": (say.NUMBER_NOT_ABOVE, "least"),
    "exclusiveMaximum": (say.NUMBER_NOT_BELOW, "most"),
    "multipleOf": (say.NUMBER_NOT_A_STEP, "step"),
}
_COUNTS = {
    "minLength": (say.TEXT_TOO_SHORT, "least"),
    "maxLength": (say.TEXT_TOO_LONG, "most"),
    "minItems": (say.TOO_FEW_ITEMS, "least"),
    "maxItems": (say.TOO_MANY_ITEMS, "most"),
}


def _schema_problem(field: FieldSpec | None, error: ValidationError, loc: Loc) -> Problem:
    title = field.title if field else str(loc[-1]) if loc else ""
    rule: Any = error.validator_value
    value: Any = error.instance
    keyword = str(error.validator)
    if keyword in _BOUNDS:
        kind, word = _BOUNDS[keyword]
        return kind(*loc, **{"field": title, "value": value, word: rule})
    if keyword in _COUNTS:
        kind, word = _COUNTS[keyword]
        count = len(value)
        facts = {"field": title, "count": count, word: rule, "over": count - rule}
        return kind(*loc, **facts)
    if keyword in ("enum", "const") or (field and field.enum):
        return say.NOT_A_CHOICE(*loc, field=title, value=str(value)[:60])
    if keyword == "pattern":
        return say.TEXT_OF_WRONG_FORM(*loc, field=title)
    if keyword == "type":
        words = [rule] if isinstance(rule, str) else [one for one in rule if one != "null"]
        return _WRONG_TYPE.get(words[0] if words else "", say.NOT_ALLOWED)(*loc, field=title)
    return say.NOT_ALLOWED(*loc, field=title) if loc else say.NOT_ALLOWED_TOGETHER()


def _value_problems(
    request_type: RequestType, body: Values, media: Mapping[str, MediaFacts]
) -> Iterator[Problem]:
    for field in request_type.fields:
        if field.name in body:
            yield from _inside(field, body[field.name], (field.name,), media)


def _inside(
    field: FieldSpec, value: JsonValue, loc: Loc, media: Mapping[str, MediaFacts]
) -> Iterator[Problem]:
    """What a schema cannot say: blank texts, and files."""
    if type(value) in _NUMBERS:
        return
    if isinstance(value, str):
        if field.media is not None:
            yield from _file_problems(field, value, loc, media)
        elif field.required and field.is_text and not value.strip():
            yield missing(field, loc)
    elif isinstance(value, Mapping):
        for inner in field.properties:
            if inner.name in value:
                yield from _inside(inner, value[inner.name], (*loc, inner.name), media)
    elif isinstance(value, Sequence) and field.type is FieldType.ARRAY and field.items:
        for index, one in enumerate(value):
            yield from _inside(field.items, one, (*loc, index), media)


def _file_problems(
    field: FieldSpec, value: str, loc: Loc, media: Mapping[str, MediaFacts]
) -> Iterator[Problem]:
    if MediaRef.parse(value) is None:
        if not value.startswith(_LINKS):
            yield say.NOT_A_FILE(*loc, field=field.title)
        return
    facts = media.get(value)
    if facts is None:
        yield say.FILE_GONE(*loc, field=field.title)
    else:
        yield from media_problems(field, facts, loc)
