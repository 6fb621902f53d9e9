"""How a stretch of sound is to be written so that a field takes it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kling_desktop.catalog.sound_forms import MP3, WAV, form_for, forms_taken
from kling_desktop.media.problems import (
    NO_FORM_OF_SOUND,
    PART_TOO_SHORT,
    SOUND_CANNOT_FIT,
    MediaRefused,
)
from kling_desktop.records.sound import Part

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldLimits

_BIT_RATES = tuple(one * 1000 for one in (192, 160, 128, 112, 96, 80, 64, 56, 48, 40, 32))
"""All of them are rates of MPEG-1 Layer III, which knows no others."""
_ONE_SIDE_BELOW = 64_000
"""Bits per second that two sides would have to share; one clear side is better."""
_AROUND = 8_192
"""Bytes for all in a file that is not sound."""
_SLACK = 1.02
"""What an encoder may take beyond its bit rate."""
_PADDING = 0.06
"""Seconds. Readers that count frames see up to so much more than there is to hear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What there is to be cut."""

    content_type: str
    seconds: float | None
    rate: int
    """Samples per second."""
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPlan:
    """What is to be written."""

    content_type: str
    part: Part
    rate: int
    sides: int
    """1 or 2 channels."""
    bit_rate: int
    """0 where nothing is left out."""

    @property
    def samples(self) -> int:
        """At the most; rounded down, so that it never becomes longer than asked."""
        return int(self.part.seconds * self.rate + 1e-6)


def plan_for(source: Source, limits: FieldLimits, part: Part | None = None) -> SoundPlan:
    """Sound as good as the bytes allow. Without a `part`, from the beginning on.

    A sound stays what it is where that is taken and light enough; else it becomes MP3, M4A or WAV,
    whichever of them is taken first. Raises MediaRefused.
    """
    wanted = _within(source, limits, part)
    content_type = form_for(source.content_type, limits)
    if not content_type:
        raise MediaRefused(NO_FORM_OF_SOUND())
    plan = SoundPlan(
        content_type=content_type,
        part=wanted,
        rate=source.rate,
        sides=min(2, max(1, source.channels)),
        bit_rate=0,
    )
    if content_type == WAV:
        light = _light_wav(plan, limits, can_pack=len(forms_taken(limits)) > 1)
        if light is not None:
            return light
        plan = replace(plan, content_type=next(one for one in forms_taken(limits) if one != WAV))
    return _packed(plan, limits)


def _within(source: Source, limits: FieldLimits, part: Part | None) -> Part:
    start = max(0.0, part.start) if part else 0.0
    ends = [part.end] if part else []
    if source.seconds is not None:
        ends.append(source.seconds)
    if limits.max_duration is not None:
        ends.append(start + limits.max_duration - _PADDING)
    end = min(ends, default=float("inf"))
    least = limits.min_duration or 0.0
    if end - start < max(least - 1e-3, 0.01):
        raise MediaRefused(PART_TOO_SHORT(least=round(max(least, 0.1), 1)))
    return Part(start, end)


def _light_wav(plan: SoundPlan, limits: FieldLimits, *, can_pack: bool) -> SoundPlan | None:
    """As it is, or where nothing else is taken with fewer samples; None where neither is enough."""
    if _wav_fits(plan, limits):
        return plan
    if can_pack:
        return None
    for rate in (48_000, 44_100, 32_000, 24_000, 22_050, 16_000):
        fewer = replace(plan, rate=rate, sides=1)
        if rate < plan.rate and _wav_fits(fewer, limits):
            return fewer
    raise MediaRefused(SOUND_CANNOT_FIT())


def _wav_fits(plan: SoundPlan, limits: FieldLimits) -> bool:
    size = plan.part.seconds * plan.rate * plan.sides * 2 + _AROUND
    return limits.max_bytes is None or size <= limits.max_bytes


def _packed(plan: SoundPlan, limits: FieldLimits) -> SoundPlan:
    rate = 48_000 if plan.rate % 8_000 == 0 else 44_100
    bits = float(_BIT_RATES[0])
    if limits.max_bytes is not None:
        bits = (limits.max_bytes - _AROUND) * 8 / (plan.part.seconds * _SLACK)
    bit_rate = next((one for one in _BIT_RATES if one <= bits), 0)
    if not bit_rate:
        raise MediaRefused(SOUND_CANNOT_FIT())
    sides = 1 if bit_rate < _ONE_SIDE_BELOW else plan.sides
    if sides == 1 and plan.content_type == MP3:
        # One side needs no more, and every reader knows it.
        bit_rate = min(bit_rate, 128_000)
    return replace(plan, rate=rate, sides=sides, bit_rate=bit_rate)
