"""Another form of a file that stands in the form: what a remedy, or a chosen part, makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.refused_limits import limits_after, most_seconds
from kling_desktop.media.framing import suggested, wanted_ratio
from kling_desktop.records.framing import Framing
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy
from kling_desktop.records.sound import Part

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.records.media import MediaRef, StoredInput
    from kling_desktop.records.problem import Problem

_SHAPES = frozenset({Remedy.CROP, Remedy.PAD})
_OF_PICTURES = _SHAPES | {Remedy.CONVERT, Remedy.SHRINK}


async def put_right(
    inputs: Inputs,
    stored: StoredInput,
    field: FieldSpec,
    remedy: Remedy,
    about: Problem | None,
    delivery: str = "",
) -> StoredInput:
    """The file as the field takes it; the same where nothing can be done. Raises ProblemError.

    `about` is the problem that the remedy stands beside, whose limits may be narrower; `delivery`
    is the ratio that the project asks for at this place.
    """
    limits = limits_after(field.limits, about)
    if stored.facts.kind is MediaKind.IMAGE and remedy in _OF_PICTURES:
        return await _pictured(inputs, stored.ref, limits, remedy, delivery)
    most = most_seconds(about)
    part = Part(0.0, most) if remedy is Remedy.SHORTEN and most is not None else None
    if field.media is MediaKind.AUDIO:
        if remedy is Remedy.CONVERT and stored.facts.kind is MediaKind.VIDEO:
            # All of its sound: which part of it is wanted shows when it can be seen and heard.
            limits = FieldLimits(formats=limits.formats)
        return await inputs.sound_of(stored.ref, limits, part)
    return stored if part is None else await part_of(inputs, stored, field, part)


async def part_of(inputs: Inputs, stored: StoredInput, field: FieldSpec, part: Part) -> StoredInput:
    """That part of a sound, or a clip up to its end. Raises ProblemError."""
    if field.media is MediaKind.AUDIO:
        return await inputs.sound_of(stored.ref, limits_after(field.limits, None), part)
    if stored.facts.kind is MediaKind.VIDEO:
        return await inputs.beginning_of(stored.ref, part.end)
    return stored


def suggestion(
    size: tuple[int, int], now: Framing, limits: FieldLimits, delivery: str, *, pads: bool
) -> Framing:
    """The frame of one click, for an original of that `size` that is framed so `now`.

    A crop is taken from what a person has framed already, room is put around the whole picture.
    """
    within = Framing.whole(size) if pads or now.adds(size) else now
    wanted = wanted_ratio(within.size, limits, delivery)
    if wanted is None:
        return within
    found = suggested(within.size, wanted, pads=pads)
    return replace(found, left=found.left + within.left, top=found.top + within.top, most=now.most)


async def _pictured(
    inputs: Inputs, ref: MediaRef, limits: FieldLimits, remedy: Remedy, delivery: str
) -> StoredInput:
    framing = None
    if remedy in _SHAPES:
        origin, now = inputs.original(ref)
        framing = suggestion(origin.size, now, limits, delivery, pads=remedy is Remedy.PAD)
    return await inputs.fitted(ref, limits, framing)
