"""What fal tells of prices, over what the table says."""

import dataclasses
from decimal import Decimal

import pytest

from kling_desktop.catalog.live_prices import with_told
from kling_desktop.catalog.pricing import listed_price, price_hint, price_of
from kling_desktop.records.told_price import ToldPrice
from tests.helpers.catalog import bundled

CATALOG = bundled()
KLING = "fal-ai/kling-video/"
NOW = 1_795_305_600.0
TEN = {"duration": "10"}


def told(endpoint_id, amount, unit="seconds", currency="USD"):
    return ToldPrice(
        endpoint_id=f"{KLING}{endpoint_id}",
        amount=Decimal(amount),
        unit=unit,
        currency=currency,
        told_at=NOW,
    )


def endpoint_after(one):
    return with_told(CATALOG, [one]).endpoint(one.endpoint_id)


def test_the_same_price_is_confirmed():
    found = endpoint_after(told("v2.1/standard/image-to-video", "0.056"))
    assert (found.price_told_at, found.price_doubt) == (NOW, None)
    assert price_of(found, TEN) == Decimal("0.56")


def test_another_base_price_takes_its_place_where_nothing_is_added():
    found = endpoint_after(told("v2.1/standard/image-to-video", "0.06"))
    assert price_of(found, {}) == Decimal("0.30")
    assert price_of(found, TEN) == Decimal("0.60")
    assert (found.price_told_at, found.price_doubt) == (NOW, None)
    assert price_hint(found) == (Decimal("0.30"), 5)


def test_of_a_call_too():
    found = endpoint_after(told("video-to-audio", "0.04", "videos"))
    assert price_of(found, {}) == Decimal("0.04")


@pytest.mark.parametrize("amount", ["0.126", "0.084"])
def test_a_base_price_that_is_one_of_the_rates_is_no_news(amount):
    name = "v3/standard/text-to-video"
    found = endpoint_after(told(name, amount))
    before = CATALOG.endpoint(KLING + name)
    assert found.price == before.price
    assert (found.price_told_at, found.price_doubt) == (NOW, None)


def test_with_surcharges_another_base_price_is_doubt_and_no_figure():
    found = endpoint_after(told("v3/standard/text-to-video", "0.1"))
    assert found.price_doubt == Decimal("0.1")
    assert price_of(found, {}) is None
    assert price_hint(found) is None
    assert listed_price(found, {}) == Decimal("0.63")


def test_what_had_no_price_gets_one():
    found = endpoint_after(told("o1/image-to-video", "0.112"))
    assert price_of(found, {"duration": "10"}) == Decimal("1.12")
    assert found.price_told_at == NOW


@pytest.mark.parametrize(
    "one",
    [
        told("v2.1/standard/image-to-video", "0.3", "videos"),
        told("v1/tts", "0.05", "1000 characters"),
        told("v2.1/standard/image-to-video", "0.06", currency="EUR"),
        told("v2.1/standard/image-to-video", "0"),
        told("o1/image-to-video", "3", "compute units"),
        told("no/such/model", "1"),
    ],
)
def test_what_cannot_be_compared_changes_nothing(one):
    assert with_told(CATALOG, [one]) is CATALOG


def test_doubt_does_not_move_a_model_to_the_end_of_the_list():
    doubtful = with_told(CATALOG, [told("v3/standard/text-to-video", "0.1")])
    names = [one.endpoint_id for one in CATALOG.of_intention("from_text")]
    assert [one.endpoint_id for one in doubtful.of_intention("from_text")] == names


def test_every_row_takes_its_own_price_without_doubt():
    """What the simulator tells of the table is the table's own word."""
    for endpoint in CATALOG.endpoints:
        price = endpoint.price
        if price is None or price.rate is None:
            continue
        counts = bool(price.seconds_field or price.seconds_of)
        one = told(
            endpoint.endpoint_id.removeprefix(KLING),
            price.rate.per_second if counts else price.rate.first,
            "seconds" if counts else "videos",
        )
        one = dataclasses.replace(one, endpoint_id=endpoint.endpoint_id)
        found = endpoint_after(one)
        assert (found.price, found.price_told_at, found.price_doubt) == (price, NOW, None)
