"""Brings the price that fal's platform API tells into the form of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.catalog.request_type import RequestType

_EACH = frozenset({"generation", "video", "image", "request", "call", "unit", "megapixel"})
_SECONDS = frozenset({"second", "sec"})
_LENGTHS = ("duration", "seconds", "length", "video_length", "duration_seconds")
_USUAL = 5


def told_price(
    amount: Decimal, unit: str, currency: str, request_type: RequestType
) -> dict[str, Any] | None:
    """A row's `price`; None for a unit that says nothing about one clip.

    fal tells one base price for an endpoint and none of its surcharges.
    """
    if currency.upper() != "USD" or not amount.is_finite() or amount <= 0:
        return None
    if is_for_each(unit):
        return {"first": f"{amount:f}", "source": "fal platform API"}
    field = next((one for one in _LENGTHS if request_type.field(one) is not None), "")
    if not is_for_seconds(unit) or not field:
        return None
    return {
        "per_second": f"{amount:f}",
        "seconds_field": field,
        "usual_seconds": _usual(request_type, field),
        "source": "fal platform API",
    }


def is_for_each(unit: str) -> bool:
    """Whether one clip is one of that unit."""
    return _singular(unit) in _EACH


def is_for_seconds(unit: str) -> bool:
    """Whether seconds are counted."""
    return _singular(unit) in _SECONDS


def _singular(unit: str) -> str:
    return unit.strip().lower().removesuffix("s")


def _usual(request_type: RequestType, name: str) -> int:
    field = request_type.field(name)
    try:
        return max(1, int(float(str(field.default)))) if field and field.has_default else _USUAL
    except (ValueError, OverflowError):
        return _USUAL
