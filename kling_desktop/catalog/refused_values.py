"""Remembers values that fal refused, and warns of them on the next try."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kling_desktop.catalog import refusal_problems as refusal
from kling_desktop.catalog import relation_problems as say
from kling_desktop.records.refused_value import RefusedValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Loc, Values
    from kling_desktop.records.problem import Problem

_OF_VALUES = frozenset(
    kind.code
    for kind in (
        refusal.FAL_CONTENT,
        refusal.FAL_NOTHING_MADE,
        refusal.FAL_NO_FACE,
        refusal.FAL_COULD_NOT_LOAD,
        refusal.FAL_PICTURE_TOO_SMALL,
        refusal.FAL_PICTURE_TOO_LARGE,
        refusal.FAL_PICTURE_SHAPE,
        refusal.FAL_FILE_TOO_HEAVY,
        refusal.FAL_TOO_LONG,
        refusal.FAL_TOO_SHORT,
        refusal.FAL_FORMAT,
        refusal.FAL_NUMBER,
        refusal.FAL_LENGTH,
        refusal.FAL_CHOICE,
        refusal.FAL_WRONG_TYPE,
        refusal.FAL_NOT_SUPPORTED,
        refusal.FAL_VALUE,
        refusal.FAL_VALUE_SILENTLY,
    )
)
"""Refusals that the same value will meet again; a server in trouble is none."""


def refused_values(
    endpoint_id: str, values: Values, problems: Iterable[Problem], now: float
) -> tuple[RefusedValue, ...]:
    """What to remember of fal's refusal (see problems_from_422) of these values."""
    found = []
    for problem in problems:
        value = _at(values, problem.loc)
        if problem.loc and problem.code in _OF_VALUES and value is not None:
            found.append(
                RefusedValue(
                    endpoint_id=endpoint_id,
                    loc=problem.loc,
                    digest=_digest(value),
                    message=str(problem.values.get("message", "")),
                    refused_at=now,
                )
            )
    return tuple(found)


def refused_problems(
    request_type: RequestType, values: Values, remembered: Iterable[RefusedValue]
) -> Iterator[Problem]:
    """Warnings where a value stands that was refused at the same place; each place once.

    `remembered` are those of one endpoint; what it refuses, another may take.
    """
    told = set()
    for one in remembered:
        field = request_type.field_at(one.loc)
        value = _at(values, one.loc)
        if field is None or value is None or one.loc in told or _digest(value) != one.digest:
            continue
        told.add(one.loc)
        if one.message:
            yield say.REFUSED_BEFORE(*one.loc, field=field.title, message=one.message)
        else:
            yield say.REFUSED_BEFORE_SILENTLY(*one.loc, field=field.title)


def _at(values: JsonValue, loc: Loc) -> JsonValue:
    found = values
    for step in loc:
        if isinstance(step, str) and isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(step, int) and isinstance(found, Sequence) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def _digest(value: JsonValue) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
