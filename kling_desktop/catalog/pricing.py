"""What one clip costs, in US dollars, computed from data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.paths import values_at
from kling_desktop.catalog.price import TOLD_BY_FAL, PriceVariant, Pricing, Rate

if TYPE_CHECKING:
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.media import MediaFacts


def price_of(
    endpoint: Endpoint, values: Values, media: Mapping[str, MediaFacts] | None = None
) -> Decimal | None:
    """What one clip with these values costs, or None where that is not known or in doubt.

    `media` has the facts of the local files by their `media://…` text: some prices hang on the
    length of a file. Such a price is told for the usual length until the file is there, and is not
    known where its length is not.
    """
    return None if endpoint.price_doubt is not None else listed_price(endpoint, values, media)


def listed_price(
    endpoint: Endpoint, values: Values, media: Mapping[str, MediaFacts] | None = None
) -> Decimal | None:
    """The same by what is listed, doubtful or not: good enough to tell cheap from dear."""
    pricing = endpoint.price
    rate = _rate(pricing, values) if pricing is not None else None
    count = _count(pricing, values) if pricing is not None else None
    if pricing is None or rate is None or count is None:
        return None
    if not (pricing.seconds_field or pricing.seconds_of):
        return rate.first * count
    seconds = _billed(pricing, rate, values, media or {})
    if seconds is None:
        return None
    more = max(Decimal(0), seconds - pricing.first_seconds)
    return (rate.first + rate.per_second * more) * count


def billed_seconds(
    endpoint: Endpoint, values: Values, media: Mapping[str, MediaFacts]
) -> Decimal | None:
    """The seconds that `price_of` counts, rounded as fal rounds them.

    None where each call costs the same, or where price or length are not known.
    """
    pricing = endpoint.price
    rate = _rate(pricing, values) if pricing is not None else None
    if pricing is None or rate is None or not (pricing.seconds_field or pricing.seconds_of):
        return None
    return _billed(pricing, rate, values, media)


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

    Sums stand as texts, so that no binary fraction gets in. `"per_second": null` says that only
    the variants have a price.
    """
    is_known = data.get("per_second", "") is not None
    return Pricing(
        rate=_rate_from(data, {}) if is_known else None,
        first_seconds=int(data.get("first_seconds", 0)),
        seconds_field=data.get("seconds_field", ""),
        seconds_of=data.get("seconds_of", ""),
        shots=data.get("shots", ""),
        round_up_to=int(data.get("round_up_to", 0)),
        usual_seconds=int(data.get("usual_seconds", 0)),
        count_field=data.get("count_field", ""),
        usual_count=int(data.get("usual_count", 1)),
        variants=tuple(
            PriceVariant(
                rate=_rate_from(one, data),
                when=dict(one["when"] if "with" not in one else one.get("when", {})),
                having=tuple(one.get("with", ())),
            )
            for one in data.get("variants", ())
        ),
        source=data.get("source", ""),
        base_only=data.get("source") == TOLD_BY_FAL,
    )


def _rate_from(data: Mapping[str, Any], usual: Mapping[str, Any]) -> Rate:
    both = {**usual, **data}
    return Rate(
        first=_money(both.get("first", "0")),
        per_second=_money(both.get("per_second", "0")),
        plus_seconds_of=both.get("plus_seconds_of", ""),
    )


def _rate(pricing: Pricing, values: Values) -> Rate | None:
    for one in pricing.variants:
        is_so = all(values.get(name) == wanted for name, wanted in one.when.items())
        if is_so and all(_stands_at(values, path) for path in one.having):
            return one.rate
    return pricing.rate


def _stands_at(values: Values, path: str) -> bool:
    return any(value != "" for _, value in values_at(values, path))


def _billed(
    pricing: Pricing, rate: Rate, values: Values, media: Mapping[str, MediaFacts]
) -> Decimal | None:
    made = _made(pricing, values, media)
    if made is not None and pricing.round_up_to:
        made = Decimal(math.ceil(made / pricing.round_up_to) * pricing.round_up_to)
    if made is None or not rate.plus_seconds_of:
        return made
    given = _length_of_files(values, rate.plus_seconds_of, media)
    return None if given is None else made + max(made, given)


def _made(pricing: Pricing, values: Values, media: Mapping[str, MediaFacts]) -> Decimal | None:
    """Seconds of the clip."""
    usual = pricing.usual_seconds
    if pricing.shots:
        name, _, inner = pricing.shots.rpartition(".")
        lengths = [_number(shot, inner, usual) for _, shot in values_at(values, name)]
        if lengths:
            known = [one for one in lengths if one is not None]
            return sum(known, Decimal(0)) if len(known) == len(lengths) else None
    if not pricing.seconds_of:
        return _number(values, pricing.seconds_field, usual)
    if not _stands_at(values, pricing.seconds_of):
        return Decimal(usual)
    return _length_of_files(values, pricing.seconds_of, media)


def _length_of_files(values: Values, path: str, media: Mapping[str, MediaFacts]) -> Decimal | None:
    total = Decimal(0)
    for _, value in values_at(values, path):
        facts = media.get(value) if isinstance(value, str) else None
        if facts is None or facts.duration is None:
            return None
        total += Decimal(str(facts.duration))
    return total


def _count(pricing: Pricing, values: Values) -> Decimal | None:
    return _number(values, pricing.count_field, pricing.usual_count)


def _number(group: JsonValue, name: str, usual: int) -> Decimal | None:
    """More than 0; the usual one where nothing is said."""
    value = group.get(name) if isinstance(group, Mapping) else None
    if value is None:
        return Decimal(usual)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _money(text: object) -> Decimal:
    if not isinstance(text, str):
        raise TypeError(f"a sum must be a text, not {text!r}")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a sum") from None
