"""Brings the price that fal's platform API tells into the form of the table.

fal tells one base price for an endpoint and none of its surcharges. What it is multiplied by is
found by shape: lengths, lengths of shots, how many are made. Where that is not clear, the price is
not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.price import TOLD_BY_FAL

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType

_CALLS = frozenset({"request", "call"})
_VAGUE = frozenset({"generation", "unit"})
"""Either a call or each thing that it makes."""
_IMAGE = "image"
_EACH = _CALLS | _VAGUE | {_IMAGE, "video"}
_SECONDS = frozenset({"second", "sec"})
_LENGTHS = ("duration", "seconds", "length", "video_length", "duration_seconds")
_COUNTS = frozenset(
    {
        "n", "num_images", "image_count", "number_of_images", "max_images", "series_amount",
        "num_videos", "video_count", "number_of_videos", "num_samples", "num_outputs", "batch_size",
    }
)  # fmt: skip
_USUAL = 5


def told_price(
    amount: Decimal, unit: str, currency: str, request_type: RequestType
) -> dict[str, Any] | None:
    """A row's `price`; None for a unit that says nothing about what one request costs."""
    if currency.upper() != "USD" or not amount.is_finite() or amount <= 0:
        return None
    times = _times(unit, request_type)
    if times is None:
        return None
    if is_for_each(unit):
        return {"first": f"{amount:f}", **times, "source": TOLD_BY_FAL}
    field = _length_among(request_type.fields)
    if not is_for_seconds(unit) or field is None:
        return None
    return {
        "per_second": f"{amount:f}",
        "seconds_field": field.name,
        "usual_seconds": _usual(field, _USUAL),
        **_shots(request_type),
        **times,
        "source": TOLD_BY_FAL,
    }


def is_for_each(unit: str) -> bool:
    """Whether one call, or one thing that it makes, is one of that unit."""
    return _singular(unit) in _EACH


def is_for_seconds(unit: str) -> bool:
    """Whether seconds are counted."""
    return _singular(unit) in _SECONDS


def _singular(unit: str) -> str:
    return unit.strip().lower().removesuffix("s")


def _times(unit: str, request_type: RequestType) -> dict[str, Any] | None:
    """The field by which a sum is multiplied, if any; None where that is not clear.

    A picture is nearly always one of several, so without a count nobody knows how many are billed.
    """
    one = _singular(unit)
    counts = [field for field in request_type.fields if field.name in _COUNTS]
    if one in _CALLS or (not counts and one != _IMAGE):
        return {}
    if len(counts) != 1 or one in _VAGUE:
        return None
    return {"count_field": counts[0].name, "usual_count": _usual(counts[0], 1)}


def _shots(request_type: RequestType) -> dict[str, str]:
    """The lengths of shots: a list whose entries have words and a length of their own."""
    for field in request_type.fields:
        inside = field.items.properties if field.items else ()
        length = _length_among(inside)
        if length is not None and any(one.is_text for one in inside):
            return {"shots": f"{field.name}.{length.name}"}
    return {}


def _length_among(fields: tuple[FieldSpec, ...]) -> FieldSpec | None:
    named = {one.name: one for one in fields}
    return next((named[one] for one in _LENGTHS if one in named), None)


def _usual(field: FieldSpec, otherwise: int) -> int:
    try:
        return max(1, int(float(str(field.default)))) if field.has_default else otherwise
    except (ValueError, OverflowError):
        return otherwise
