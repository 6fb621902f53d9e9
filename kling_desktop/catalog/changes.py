"""What is different between two forms of the same model, for a person to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kling_desktop.catalog.problems import CATALOGUE_SHRUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.problem import Problem

_ALLOWED_LOSS = 1 / 3
_FEW = 3
"""Fields; a form that loses this many or fewer may well have become simpler."""
_COMPARED = (
    *("type", "required", "default", "enum", "minimum", "maximum", "exclusive_minimum"),
    *("exclusive_maximum", "min_length", "max_length", "min_items", "max_items", "media"),
)


class ChangeKind(StrEnum):
    """What happened to a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field. `before` and `after` are short texts; both empty where it came or went."""

    kind: ChangeKind
    title: str
    name: str
    aspect: str = ""
    """The word of JSON Schema that says something else now."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChange:
    """One model and what is different."""

    endpoint_id: str
    title: str
    fields: tuple[FieldChange, ...]


def field_changes(old: RequestType, new: RequestType) -> tuple[FieldChange, ...]:
    """What came, what went, what is different, the inner fields too; empty where nothing is."""
    before, after = dict(_all(old.fields)), dict(_all(new.fields))
    gone = [_whole(ChangeKind.REMOVED, name, before[name]) for name in before if name not in after]
    come = [_whole(ChangeKind.ADDED, name, after[name]) for name in after if name not in before]
    other = [
        change
        for name in before
        if name in after
        for change in _aspects(name, before[name], after[name])
    ]
    return (*come, *gone, *other)


def shrunk(known: int, missing: int) -> Problem | None:
    """The problem that more than a third is missing; a handful may be."""
    if missing <= _FEW or missing <= known * _ALLOWED_LOSS:
        return None
    return CATALOGUE_SHRUNK(missing=missing, known=known)


def _all(fields: tuple[FieldSpec, ...], above: str = "") -> Iterator[tuple[str, FieldSpec]]:
    for one in fields:
        path = f"{above}{one.name}"
        yield path, one
        if one.items is not None:
            yield from _all(one.items.properties, f"{path}.")
        yield from _all(one.properties, f"{path}.")


def _whole(kind: ChangeKind, name: str, field: FieldSpec) -> FieldChange:
    return FieldChange(kind=kind, title=field.title, name=name)


def _aspects(name: str, old: FieldSpec, new: FieldSpec) -> Iterator[FieldChange]:
    for aspect in _COMPARED:
        before, after = getattr(old, aspect), getattr(new, aspect)
        if before == after:
            continue
        if aspect == "enum":
            gone = [value for value in before if value not in after]
            come = [value for value in after if value not in before]
            before, after = tuple(gone), tuple(come)
            if not gone and not come:
                continue
        yield FieldChange(
            kind=ChangeKind.CHANGED,
            title=new.title,
            name=name,
            aspect=aspect,
            before=_short(before),
            after=_short(after),
        )


def _short(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value[:6]) + (" …" if len(value) > 6 else "")
    return str(value)[:60]
