"""Says that something is missing, in the words of its field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog import problems as say

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.problem import Problem


def missing(field: FieldSpec | None, loc: Loc) -> Problem:
    """The problem that a value at that place is needed and not there."""
    if field is None:
        return say.REQUIRED_VALUE(*loc, field=str(loc[-1]))
    if field.media or (field.items and field.items.media):
        kind = say.REQUIRED_MEDIA
    elif field.enum:
        kind = say.REQUIRED_CHOICE
    else:
        kind = say.REQUIRED_TEXT if field.is_text else say.REQUIRED_VALUE
    problem = kind(*loc, field=field.title)
    return replace(problem, what=field.ask, do="") if field.ask else problem
