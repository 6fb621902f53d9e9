"""Holds a file against what a field takes: each kind of break is a problem of its own."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog import problems as say
from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.sound_forms import form_for
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem, ProblemKind

MEGABYTE = 1_048_576
"""What fal means by MB in its limits."""

_SENT_AS = {
    "image/heic": ("image/jpeg",),
    "image/avif": ("image/jpeg",),
    "image/gif": ("image/png", "image/jpeg"),
    "image/bmp": ("image/png", "image/jpeg"),
    "image/tiff": ("image/png", "image/jpeg"),
}
"""What pictures become on their way out, one of these: turned upright, in 8 bits and sRGB. So
neither their form nor their colors nor a turn that is only noted in them stand in the way."""
_WANTED = {
    MediaKind.IMAGE: ((MediaKind.IMAGE, MediaKind.MASK), say.NOT_A_PICTURE),
    MediaKind.MASK: ((MediaKind.IMAGE, MediaKind.MASK), say.NOT_A_PICTURE),
    MediaKind.VIDEO: ((MediaKind.VIDEO,), say.NOT_A_VIDEO),
    MediaKind.AUDIO: ((MediaKind.AUDIO,), say.NOT_A_SOUND),
}
_HEAVY = {
    MediaKind.IMAGE: say.PICTURE_TOO_HEAVY,
    MediaKind.AUDIO: say.SOUND_TOO_HEAVY,
}
_PARTED = frozenset(("video/mp4", "video/quicktime"))
"""Clips that can be parted between their packets, without encoding them anew."""
_FORMAT_NAMES = {
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    "video/quicktime": "MOV",
    "video/mp4": "MP4",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
}


def media_problems(field: FieldSpec, facts: MediaFacts, loc: Loc) -> tuple[Problem, ...]:
    """Everything about a file that this field does not take. Those only feared are warnings."""
    limits = field.limits or FieldLimits()
    if field.media in _WANTED:
        kinds, problem = _WANTED[field.media]
        if facts.kind not in kinds and facts.content_type not in limits.formats:
            other = _of_other_kind(field, facts, problem)(*loc)
            return (replace(other, values=_words(field, facts, limits)),)
    found = [*_look_problems(facts, limits), *_limit_problems(facts, limits)]
    if facts.kind is MediaKind.AUDIO and any(one.remedy is Remedy.SHORTEN for one in found):
        # What is shortened is brought into the right form on the way: one press, not two.
        found = [
            one if one.remedy is Remedy.SHORTEN else replace(one, remedy=Remedy.NONE)
            for one in found
        ]
    words = _words(field, facts, limits)
    return tuple(replace(one, loc=loc, values={**one.values, **words}) for one in found)


def can_be_shortened(facts: MediaFacts) -> bool:
    """Whether the program itself makes a shorter file of it."""
    return facts.kind is MediaKind.AUDIO or facts.content_type in _PARTED


def _of_other_kind(field: FieldSpec, facts: MediaFacts, usual: ProblemKind) -> ProblemKind:
    can_be_heard = facts.kind is MediaKind.VIDEO and facts.has_audio
    if (
        field.media is MediaKind.AUDIO
        and can_be_heard
        and form_for("", field.limits or FieldLimits())
    ):
        return say.VIDEO_FOR_SOUND
    return usual


def _words(field: FieldSpec, facts: MediaFacts, limits: FieldLimits) -> dict[str, str]:
    """The field, and for its button the form that the program would make."""
    form = form_for(facts.content_type, limits) if field.media is MediaKind.AUDIO else ""
    return {"field": field.title, "into": format_name(form)} if form else {"field": field.title}


def format_name(content_type: str) -> str:
    """`image/jpeg` → JPEG."""
    return _FORMAT_NAMES.get(content_type, content_type.rpartition("/")[2].upper())


def neat(number: float, digits: int = 2) -> float:
    """Rounded for people; whole where it is whole."""
    rounded = round(number, digits)
    return int(rounded) if rounded == int(rounded) else rounded


def _look_problems(facts: MediaFacts, limits: FieldLimits) -> Iterator[Problem]:
    """Format and movement."""
    is_picture = facts.kind in (MediaKind.IMAGE, MediaKind.MASK)
    if not _has_right_form(facts, limits):
        kind = say.WRONG_FORMAT if is_picture else say.WRONG_FORMAT_NO_WAY
        if facts.kind is MediaKind.AUDIO and form_for(facts.content_type, limits):
            kind = say.WRONG_FORMAT_OF_SOUND
        wanted = ", ".join(dict.fromkeys(map(format_name, limits.formats)))
        problem = kind(found=format_name(facts.content_type), wanted=wanted)
        is_unsure = "formats" in limits.unsure
        yield replace(problem, severity=Severity.WARNING) if is_unsure else problem
    if is_picture and facts.animated:
        yield say.MOVING_PICTURE()


def _has_right_form(facts: MediaFacts, limits: FieldLimits) -> bool:
    """Whether the file, or what is sent in its place, is of a form that is taken."""
    if not limits.formats or facts.content_type in limits.formats:
        return True
    sent_as = _SENT_AS.get(facts.content_type)
    return sent_as is not None and all(one in limits.formats for one in sent_as)


def _limit_problems(facts: MediaFacts, limits: FieldLimits) -> Iterator[Problem]:
    for checked, names in (
        (_weight(facts, limits), ("max_bytes",)),
        (_too_small(facts, limits), ("min_width", "min_height")),
        (_too_large(facts, limits), ("max_width", "max_height")),
        (_too_wide(facts, limits), ("max_ratio",)),
        (_too_tall(facts, limits), ("min_ratio",)),
        (_too_long(facts, limits), ("max_duration",)),
        (_too_short(facts, limits), ("min_duration",)),
        (_too_slow(facts, limits), ("min_fps",)),
        (_too_fast(facts, limits), ("max_fps",)),
    ):
        if checked is not None:
            unsure = any(name in limits.unsure for name in names)
            yield replace(checked, severity=Severity.WARNING) if unsure else checked


def _weight(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    if limits.max_bytes is None or facts.size <= limits.max_bytes:
        return None
    kind = _HEAVY.get(facts.kind, say.FILE_TOO_HEAVY)
    size = math.ceil(facts.size / MEGABYTE * 10) / 10
    return kind(size=neat(size, 1), most=neat(limits.max_bytes / MEGABYTE, 1))


def _too_small(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    if facts.width is None or facts.height is None:
        return None
    width, height = limits.min_width or 1, limits.min_height or 1
    if facts.width >= width and facts.height >= height:
        return None
    kind = say.CLIP_TOO_SMALL if facts.kind is MediaKind.VIDEO else say.PICTURE_TOO_SMALL
    return kind(width=facts.width, height=facts.height, least_width=width, least_height=height)


def _too_large(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    if facts.width is None or facts.height is None:
        return None
    width, height = limits.max_width, limits.max_height
    width_fits = width is None or facts.width <= width
    if width_fits and (height is None or facts.height <= height):
        return None
    kind = say.CLIP_TOO_LARGE if facts.kind is MediaKind.VIDEO else say.PICTURE_TOO_LARGE
    return kind(
        width=facts.width,
        height=facts.height,
        most_width=width or facts.width,
        most_height=height or facts.height,
    )


def _too_wide(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    ratio, most = facts.ratio, limits.max_ratio
    if ratio is None or most is None or ratio <= most:
        return None
    problem = say.PICTURE_TOO_WIDE(ratio=neat(ratio), most=neat(most))
    return _without_crop(problem, facts)


def _too_tall(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    ratio, least = facts.ratio, limits.min_ratio
    if ratio is None or not least or ratio >= least:
        return None
    problem = say.PICTURE_TOO_TALL(ratio=neat(1 / ratio), most=neat(1 / least))
    return _without_crop(problem, facts)


def _without_crop(problem: Problem, facts: MediaFacts) -> Problem:
    """A video is not cropped here, so that no way out is promised."""
    return replace(problem, remedy=Remedy.NONE) if facts.kind is MediaKind.VIDEO else problem


def _too_long(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    if facts.duration is None or limits.max_duration is None:
        return None
    if facts.duration <= limits.max_duration:
        return None
    seconds = math.ceil(facts.duration * 100) / 100
    problem = say.TOO_LONG_TO_TAKE(seconds=neat(seconds), most=neat(limits.max_duration))
    return problem if can_be_shortened(facts) else replace(problem, remedy=Remedy.NONE)


def _too_short(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    if facts.duration is None or limits.min_duration is None:
        return None
    if facts.duration >= limits.min_duration:
        return None
    seconds = math.floor(facts.duration * 100) / 100
    return say.TOO_SHORT_TO_TAKE(seconds=neat(seconds), least=neat(limits.min_duration))


def _too_slow(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    rate, least = facts.frame_rate, limits.min_fps
    if rate is None or least is None or rate >= least - 0.05:  # 23.976 counts as 24
        return None
    return say.TOO_FEW_FRAMES(rate=neat(rate), least=neat(least))


def _too_fast(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    rate, most = facts.frame_rate, limits.max_fps
    if rate is None or most is None or rate <= most + 0.05:
        return None
    return say.TOO_MANY_FRAMES(rate=neat(rate), most=neat(most))
