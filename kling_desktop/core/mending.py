"""Another form of a file that stands in the form: what a remedy, or a chosen part, makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.refused_limits import limits_after, most_seconds
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy
from kling_desktop.records.sound import Part

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.records.media import StoredInput
    from kling_desktop.records.problem import Problem

_OF_PICTURES = frozenset({Remedy.CONVERT, Remedy.SHRINK, Remedy.CROP})


async def put_right(
    inputs: Inputs, stored: StoredInput, field: FieldSpec, remedy: Remedy, about: Problem | None
) -> StoredInput:
    """The file as the field takes it; the same where nothing can be done. Raises ProblemError.

    `about` is the problem that the remedy stands beside, whose limits may be narrower.
    """
    most = most_seconds(about)
    part = Part(0.0, most) if remedy is Remedy.SHORTEN and most is not None else None
    limits = limits_after(field.limits, about)
    if field.media is MediaKind.AUDIO:
        if remedy is Remedy.CONVERT and stored.facts.kind is MediaKind.VIDEO:
            # All of its sound: which part of it is wanted shows when it can be seen and heard.
            limits = FieldLimits(formats=limits.formats)
        return await inputs.sound_of(stored.ref, limits, part)
    if stored.facts.kind is MediaKind.IMAGE and remedy in _OF_PICTURES:
        return await inputs.fitted(stored.ref, limits, cut=remedy is Remedy.CROP)
    return stored if part is None else await part_of(inputs, stored, field, part)


async def part_of(inputs: Inputs, stored: StoredInput, field: FieldSpec, part: Part) -> StoredInput:
    """That part of a sound, or a clip up to its end. Raises ProblemError."""
    if field.media is MediaKind.AUDIO:
        return await inputs.sound_of(stored.ref, limits_after(field.limits, None), part)
    if stored.facts.kind is MediaKind.VIDEO:
        return await inputs.beginning_of(stored.ref, part.end)
    return stored
