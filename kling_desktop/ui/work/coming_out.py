"""What shape a clip gets from a picture, in words below it, and the ways to another shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy
from kling_desktop.ui.words import pixels

if TYPE_CHECKING:
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.field_spec import FieldLimits, FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaFacts, StoredInput

translate = QCoreApplication.translate
_RATIO = "aspect_ratio"
"""What request types call a ratio of their own."""


@dataclass(frozen=True, slots=True)
class ComingOut:
    """What is said below a picture."""

    words: str = ""
    offers: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What decides over the shape of a clip."""

    endpoint: Endpoint
    request_type: RequestType | None
    values: Values
    delivery: str = ""
    """The ratio of the project; empty is none."""


def coming_out(asked: Asked, stored: StoredInput, origin: StoredInput | None) -> ComingOut:
    """For a stored picture; `origin` is the one that it was made of, if it was."""
    offers: tuple[Remedy, ...] = ()
    words = outcome_words(asked.endpoint, asked.request_type, stored.facts)
    field = frame_field(asked.endpoint, asked.request_type, asked.values, str(stored.ref))
    if field is not None and words and _differs(asked.delivery, stored):
        words = translate("Making", "{outcome}; the project is {ratio}").format(
            outcome=words[:1].upper() + words[1:], ratio=asked.delivery
        )
        offers = _offers(field.limits, asked.delivery, stored)
    parts = (words, _sent_as(stored.facts), _made_from(stored, origin))
    return ComingOut(" · ".join(part for part in parts if part), offers)


def frame_field(
    endpoint: Endpoint, request_type: RequestType | None, values: Values, text: str
) -> FieldSpec | None:
    """The field in which a picture stands that gives the clip its shape; else None."""
    if request_type is None or not gives_shape(endpoint, request_type):
        return None
    return next(
        (one for one in _pictures(request_type) if values.get(one.name) == text),
        None,
    )


def gives_shape(endpoint: Endpoint, request_type: RequestType) -> bool:
    """Whether clips take the shape of the pictures they begin and end with.

    Where a video is needed the clip follows that one, and where no picture is needed the ratio is
    a field of its own (fal's documents of the endpoints).
    """
    if endpoint.makes is not MediaKind.VIDEO:
        return False
    needs_video = any(one.required and one.media is MediaKind.VIDEO for one in request_type.fields)
    needs_picture = any(one.required for one in _pictures(request_type))
    return not needs_video and (needs_picture or request_type.field(_RATIO) is None)


def ratios_of(request_type: RequestType | None) -> tuple[str, ...]:
    """The ratios to choose from: those that the model names, else those that every model makes."""
    usual = ("16:9", "9:16", "1:1", "4:3", "3:4")
    field = request_type.field(_RATIO) if request_type else None
    named = tuple(one for one in field.enum if isinstance(one, str) and ":" in one) if field else ()
    return tuple(dict.fromkeys((*named, *usual)))


def outcome_words(endpoint: Endpoint, request_type: RequestType | None, facts: MediaFacts) -> str:
    """Empty where nothing can be said, or where the picture is refused for its shape."""
    if not facts.width or not facts.height or endpoint.makes is not MediaKind.VIDEO:
        return ""
    if request_type is not None and _is_refused_for_its_shape(request_type, facts):
        return ""
    from kling_desktop.media.ratio_words import ratio_words

    ratio, is_exact = ratio_words(facts.width, facts.height)
    if not endpoint.short_side:
        if request_type is None or not gives_shape(endpoint, request_type):
            return ""
        exact = translate("Making", "comes out {ratio}")
        near = translate("Making", "comes out about {ratio}")
        return (exact if is_exact else near).format(ratio=ratio)
    exact = translate("Making", "comes out {ratio}, {side}p")
    near = translate("Making", "comes out about {ratio}, {side}p")
    return (exact if is_exact else near).format(ratio=ratio, side=endpoint.short_side)


def _pictures(request_type: RequestType) -> tuple[FieldSpec, ...]:
    return tuple(one for one in request_type.fields if one.media is MediaKind.IMAGE)


def _differs(delivery: str, stored: StoredInput) -> bool:
    from kling_desktop.media.framing import is_of_ratio
    from kling_desktop.records.framing import ratio_of

    wanted = ratio_of(delivery)
    return wanted is not None and not is_of_ratio(stored.size, wanted)


def _offers(limits: FieldLimits | None, delivery: str, stored: StoredInput) -> tuple[Remedy, ...]:
    """A crop that would leave too little is not among them."""
    from kling_desktop.media.framing import is_large_enough, made_size, suggested, wanted_ratio

    wanted = wanted_ratio(stored.size, limits, delivery)
    if wanted is None or wanted.name != delivery:
        return (Remedy.FRAME,)
    cropped = made_size(suggested(stored.size, wanted, pads=False), limits)
    can_crop = is_large_enough(cropped, limits)
    return (*((Remedy.CROP,) if can_crop else ()), Remedy.PAD, Remedy.FRAME)


def _sent_as(facts: MediaFacts) -> str:
    from kling_desktop.media.sent_form import other_form

    form = other_form(facts)
    return translate("Making", "sent as {form}").format(form=form) if form else ""


def _made_from(stored: StoredInput, origin: StoredInput | None) -> str:
    """A picture that was changed here says so for as long as it is there."""
    if stored.made is None or origin is None:
        return ""
    # Kept on one line.
    size, framing = pixels(*origin.size).replace(" ", "\u00a0"), stored.made.framing
    if framing.adds(origin.size):
        return translate("Making", "padded, from {size}").format(size=size)
    if not framing.is_whole(origin.size):
        return translate("Making", "cropped, from {size}").format(size=size)
    if stored.size != origin.size:
        return translate("Making", "shrunk, from {size}").format(size=size)
    return ""


def _is_refused_for_its_shape(request_type: RequestType, facts: MediaFacts) -> bool:
    """Whether it is too long for every field that it could stand in."""
    ratio = facts.ratio
    bounds = [
        (one.limits.min_ratio, one.limits.max_ratio) if one.limits else (None, None)
        for one in request_type.fields
        if one.media is facts.kind
    ]
    if ratio is None or not bounds:
        return False
    return not any(
        (least is None or ratio >= least) and (most is None or ratio <= most)
        for least, most in bounds
    )
