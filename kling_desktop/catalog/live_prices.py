"""Lays what a server told of prices over the table of the catalogue; nothing is guessed.

fal tells one base price for an endpoint and none of its surcharges (platform API docs, pricing). So
it takes the place of the table's where the table has no surcharges, and is a price for an endpoint
of which nothing else is known; where there are surcharges it can only agree with one of the known
rates, or throw doubt on all of them. A unit that cannot be compared leaves the table as it is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kling_desktop.catalog.price import TOLD_BY_FAL, Rate
from kling_desktop.catalog.pricing import pricing_from
from kling_desktop.catalog.told_price import is_for_each, is_for_seconds, told_price

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.price import Pricing
    from kling_desktop.records.told_price import ToldPrice


COUNTS_FOR = 30 * 86_400.0
"""Seconds after which nobody knows whether a price still holds."""


def still_counting(told: Iterable[ToldPrice], now: float) -> tuple[ToldPrice, ...]:
    """Those that are not too old at that time (Unix seconds).

    What seems to come from far ahead was noted by a clock that was wrong, and is as doubtful.
    """
    return tuple(one for one in told if abs(now - one.told_at) <= COUNTS_FOR)


def with_told(catalog: Catalog, told: Iterable[ToldPrice]) -> Catalog:
    """The catalogue with these prices; itself where they change nothing."""
    by_id = {one.endpoint_id: one for one in told}
    endpoints = tuple(
        _told(catalog, one, by_id[one.endpoint_id]) if one.endpoint_id in by_id else one
        for one in catalog.endpoints
    )
    return catalog if endpoints == catalog.endpoints else replace(catalog, endpoints=endpoints)


def _told(catalog: Catalog, endpoint: Endpoint, told: ToldPrice) -> Endpoint:
    if told.currency.upper() != "USD" or not told.amount.is_finite() or told.amount <= 0:
        return endpoint
    if endpoint.price is None or endpoint.price.base_only:
        return _told_alone(catalog, endpoint, told)
    known = _comparable(endpoint.price, told)
    if not known:
        return endpoint
    if told.amount in known:
        return replace(endpoint, price_told_at=told.told_at)
    if _has_surcharges(endpoint.price):
        return replace(endpoint, price_doubt=told.amount, price_told_at=told.told_at)
    rate = _rate(endpoint.price, told.amount)
    price = replace(endpoint.price, rate=rate, source=TOLD_BY_FAL)
    return replace(endpoint, price=price, price_told_at=told.told_at)


def _told_alone(catalog: Catalog, endpoint: Endpoint, told: ToldPrice) -> Endpoint:
    """What fal told before gives way, also to a word that says nothing of one clip."""
    request_type = catalog.request_type_of(endpoint.endpoint_id)
    if request_type is None:
        return endpoint
    data = told_price(told.amount, told.unit, told.currency, request_type)
    if data is None:
        return replace(endpoint, price=None)
    return replace(endpoint, price=pricing_from(data), price_told_at=told.told_at)


def _comparable(pricing: Pricing, told: ToldPrice) -> tuple[Decimal, ...]:
    """The table's own rates in the unit that was told; none where they have no such unit."""
    rates = [one.rate for one in pricing.variants] + ([pricing.rate] if pricing.rate else [])
    counts_seconds = bool(pricing.seconds_field or pricing.seconds_of)
    if is_for_seconds(told.unit) and counts_seconds:
        return tuple(one.per_second for one in rates)
    if is_for_each(told.unit) and not counts_seconds:
        return tuple(one.first for one in rates)
    return ()


def _has_surcharges(pricing: Pricing) -> bool:
    return bool(pricing.variants) or pricing.rate is None or bool(pricing.rate.plus_seconds_of)


def _rate(pricing: Pricing, amount: Decimal) -> Rate:
    if not (pricing.seconds_field or pricing.seconds_of):
        return Rate(first=amount, per_second=Decimal(0))
    return Rate(first=amount * pricing.first_seconds, per_second=amount)
