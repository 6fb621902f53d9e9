"""Plain JSON values as a form thinks of them: there, or not there at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue, Loc


class _Unset(Enum):
    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Final = _Unset.UNSET
"""The field is left out of the input, which is something else than null or empty."""

Unset: TypeAlias = _Unset
FieldValue: TypeAlias = "JsonValue | Unset"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person did to a value."""

    loc: Loc = ()
    """Where, seen from the editor that tells it."""
    flowing: bool = False
    """Part of a longer movement, such as typing or dragging a slider: joins the step before."""

    def inside(self, step: str | int) -> Edit:
        """The same edit, seen from the editor one further out."""
        return Edit((step, *self.loc), self.flowing)


def same(one: FieldValue, other: FieldValue) -> bool:
    """Equality as JSON has it: true is not 1, and lists are told apart from texts."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def effective(value: FieldValue, spec: FieldSpec) -> FieldValue:
    """What counts where the field is left out: its default, if it has one."""
    return spec.default if value is UNSET and spec.has_default else value


def can_be_reset(value: FieldValue, spec: FieldSpec) -> bool:
    """Whether an arrow back makes sense: to the default, or to nothing in an optional field."""
    if value is UNSET:
        return False
    if spec.has_default:
        return not same(value, spec.default)
    return not spec.required and value not in (None, "")
