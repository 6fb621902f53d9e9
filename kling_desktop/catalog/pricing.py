"""What one clip costs, in US dollars, computed from data."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.price import PriceVariant, Pricing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.records.json_values import JsonValue, Values


def price_of(endpoint: Endpoint, values: Values) -> Decimal | None:
    """What one clip with these values costs, or None where that is not known."""
    pricing = endpoint.price
    if pricing is None:
        return None
    first, per_second = _sums(pricing, values)
    if not pricing.seconds_field:
        return first
    seconds = _seconds(values.get(pricing.seconds_field), pricing.usual_seconds)
    if seconds is None:
        return None
    return first + per_second * max(Decimal(0), seconds - pricing.first_seconds)


def price_hint(endpoint: Endpoint) -> tuple[Decimal, int] | None:
    """A price to show beside the name: US dollars and the seconds one gets for it.

    The seconds are 0 where each call costs the same.
    """
    price = price_of(endpoint, {})
    if price is None or endpoint.price is None:
        return None
    return price, endpoint.price.usual_seconds


def pricing_from(data: Mapping[str, Any]) -> Pricing:
    """Reads one price of the catalogue. Raises KeyError, TypeError or ValueError if it is wrong.

    Sums stand as texts, so that no binary fraction gets in.
    """
    return Pricing(
        first=_money(data.get("first", "0")),
        first_seconds=int(data.get("first_seconds", 0)),
        per_second=_money(data.get("per_second", "0")),
        seconds_field=data.get("seconds_field", ""),
        usual_seconds=int(data.get("usual_seconds", 0)),
        variants=tuple(
            PriceVariant(
                first=_money(one.get("first", data.get("first", "0"))),
                per_second=_money(one.get("per_second", data.get("per_second", "0"))),
                when=dict(one["when"]),
            )
            for one in data.get("variants", ())
        ),
        source=data.get("source", ""),
    )


def _sums(pricing: Pricing, values: Values) -> tuple[Decimal, Decimal]:
    for variant in pricing.variants:
        if all(values.get(name) == wanted for name, wanted in variant.when.items()):
            return variant.first, variant.per_second
    return pricing.first, pricing.per_second


def _seconds(value: JsonValue, usual: int) -> Decimal | None:
    if value is None:
        return Decimal(usual)
    try:
        seconds = Decimal(str(value))
    except InvalidOperation:
        return None
    return seconds if seconds.is_finite() and seconds > 0 else None


def _money(text: object) -> Decimal:
    if not isinstance(text, str):
        raise TypeError(f"a sum must be a text, not {text!r}")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a sum") from None
