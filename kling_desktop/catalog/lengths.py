"""How long the files of a draft are, side by side, and what of that is billed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kling_desktop.catalog.pricing import billed_seconds, price_of
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaFacts

_TIMED = (MediaKind.VIDEO, MediaKind.AUDIO)
_A_LITTLE = 0.5
"""Seconds of a clip that one may well do without."""
_VOICES = "voices"
"""The editor of a field whose voice says the words beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedFile:
    """A video or sound that stands in a field."""

    field: FieldSpec
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What it would cost if a file were a little shorter."""

    file: TimedFile
    seconds: float
    """How long it would be."""
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """What is to be said of the lengths in a draft."""

    files: tuple[TimedFile, ...]
    """In the order of the fields; at least one."""
    billed: Decimal | None = None
    """Seconds as fal counts them."""
    billed_field: str = ""
    """The field whose file they are counted by."""
    step: int = 0
    """They are counted in whole steps of so many seconds."""
    price: Decimal | None = None
    """US dollars."""
    saving: Saving | None = None
    """Where a step is only just begun."""
    words: FieldSpec | None = None
    """The words that a voice says over the video, in place of a sound."""

    def of(self, kind: MediaKind) -> TimedFile | None:
        """The first file in a field of that kind."""
        return next((one for one in self.files if one.field.media is kind), None)

    @property
    def beyond(self) -> float | None:
        """Seconds by which the sound is longer than the video; None where one is missing."""
        sound, video = self.of(MediaKind.AUDIO), self.of(MediaKind.VIDEO)
        return sound.seconds - video.seconds if sound and video else None


def lengths_of(
    endpoint: Endpoint, request_type: RequestType, values: Values, media: Mapping[str, MediaFacts]
) -> Lengths | None:
    """None where no length is known, or where none matters.

    It does where a video meets a sound, and where the price hangs on a file's length.
    """
    fields = [one for one in request_type.fields if one.media in _TIMED]
    files = tuple(_timed(fields, values, media))
    if not files or not _matter(fields, endpoint):
        return None
    lengths = Lengths(
        files=files,
        words=_spoken(request_type) if len(fields) == 1 else None,
    )
    if _billed_of(endpoint) not in {"", *(one.field.name for one in files)}:
        return lengths
    return replace(
        lengths,
        billed=billed_seconds(endpoint, values, media),
        billed_field=_billed_of(endpoint),
        step=endpoint.price.round_up_to if endpoint.price else 0,
        price=price_of(endpoint, values, media),
        saving=_saving(endpoint, files, values, media),
    )


def _timed(
    fields: list[FieldSpec], values: Values, media: Mapping[str, MediaFacts]
) -> Iterator[TimedFile]:
    for field in fields:
        facts = media.get(str(values.get(field.name)))
        if facts is not None and facts.duration:
            yield TimedFile(field=field, seconds=facts.duration)


def _matter(fields: list[FieldSpec], endpoint: Endpoint) -> bool:
    if {one.media for one in fields} == set(_TIMED):
        return True
    return any(one.name == _billed_of(endpoint) for one in fields)


def _billed_of(endpoint: Endpoint) -> str:
    """The name of the field whose file's length is billed; empty where it is none."""
    return endpoint.price.seconds_of.partition(".")[0] if endpoint.price else ""


def _saving(
    endpoint: Endpoint,
    files: tuple[TimedFile, ...],
    values: Values,
    media: Mapping[str, MediaFacts],
) -> Saving | None:
    step = endpoint.price.round_up_to if endpoint.price else 0
    file = next((one for one in files if one.field.name == _billed_of(endpoint)), None)
    if not step or file is None:
        return None
    whole = float(file.seconds // step * step)
    least = file.field.limits.min_duration if file.field.limits else None
    if not 0 < file.seconds - whole <= _A_LITTLE or whole < max(least or 0.0, 0.1):
        return None
    text = str(values.get(file.field.name))
    shorter = {**media, text: replace(media[text], duration=whole)}
    price = price_of(endpoint, values, shorter)
    return None if price is None else Saving(file=file, seconds=whole, price=price)


def _spoken(request_type: RequestType) -> FieldSpec | None:
    if not any(one.editor == _VOICES for one in request_type.fields):
        return None
    texts = (one for one in request_type.fields if one.required and one.is_text)
    return next((one for one in texts if one.max_length), None)
