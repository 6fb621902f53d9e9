"""Remembers values that were refused, and warns of them on the next try."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kling_desktop.catalog import refusal_problems as refusal
from kling_desktop.catalog import relation_problems as say
from kling_desktop.catalog.replacing import value_at
from kling_desktop.records.job import REHEARSAL_ORIGIN
from kling_desktop.records.problem import Remedy
from kling_desktop.records.refused_value import RefusedValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.problem import Problem, ProblemKind

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
        refusal.FAL_REFUSED,
        refusal.FAL_REFUSED_SILENTLY,
    )
)
"""Refusals that the same value will meet again; a server in trouble is none."""


REFUSAL = "refusal"
"""Under this name a warning has the code of what was said then."""
_OF_FILES = frozenset({Remedy.CONVERT, Remedy.SHRINK, Remedy.CROP, Remedy.SHORTEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was sent, to whom and when."""

    origin: str
    endpoint_id: str
    values: Values
    now: float
    """Unix seconds."""


def refused_values(asked: Asked, problems: Iterable[Problem]) -> tuple[RefusedValue, ...]:
    """What to remember of a refusal (see problems_from_422) of these values."""
    found = []
    for problem in problems:
        value = value_at(asked.values, problem.loc)
        if problem.loc and problem.code in _OF_VALUES and value is not None:
            found.append(
                RefusedValue(
                    origin=asked.origin,
                    endpoint_id=asked.endpoint_id,
                    loc=problem.loc,
                    digest=_digest(value),
                    message=str(problem.values.get("message", "")),
                    refused_at=asked.now,
                    code=problem.code,
                    remedy=problem.remedy.value if problem.remedy in _OF_FILES else "",
                    facts=_numbers(problem),
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
        if field is None or one.loc in told or not is_held(one, values):
            continue
        told.add(one.loc)
        problem = _kind(one)(*one.loc)
        said = {"field": field.title, "message": one.message, REFUSAL: one.code}
        yield replace(problem, values={**said, **one.facts}, remedy=Remedy(one.remedy))


def is_held(one: RefusedValue, values: Values) -> bool:
    """Whether these values have what was refused, at the same place."""
    value = value_at(values, one.loc)
    return value is not None and _digest(value) == one.digest


def _numbers(problem: Problem) -> dict[str, float]:
    found = problem.values.items()
    return {name: value for name, value in found if isinstance(value, int | float)}


def _kind(one: RefusedValue) -> ProblemKind:
    if one.origin == REHEARSAL_ORIGIN:
        return say.REFUSED_IN_REHEARSAL if one.message else say.REFUSED_IN_REHEARSAL_SILENTLY
    return say.REFUSED_BEFORE if one.message else say.REFUSED_BEFORE_SILENTLY


def _digest(value: JsonValue) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
