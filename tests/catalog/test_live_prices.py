"""What fal tells of prices, over what the table says."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.live_prices import COUNTS_FOR, still_counting, with_told
from kling_desktop.catalog.price import TOLD_BY_FAL
from kling_desktop.catalog.pricing import listed_price, price_hint, price_of, pricing_from
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


LIKE_THE_TABLE = [
    one
    for one in CATALOG.endpoints
    if one.price and one.price.seconds_field and one.price.rate and not one.price.first_seconds
]
LENGTHS = [str(one) for one in range(1, 16)]


@given(
    st.sampled_from(LIKE_THE_TABLE),
    st.lists(st.sampled_from(LENGTHS), max_size=6),
    st.sampled_from([{}, {"duration": "5"}, {"duration": "10"}]),
)
def test_a_price_told_alone_counts_seconds_and_shots_as_the_table_does(endpoint, shots, values):
    """Found by shape, it multiplies by what the rows with a price name by hand."""
    base = dataclasses.replace(endpoint.price, variants=())
    told_alone = dataclasses.replace(endpoint, price=None, price_told_at=None)
    catalog = dataclasses.replace(CATALOG, endpoints=(told_alone,))
    one = ToldPrice(
        endpoint_id=endpoint.endpoint_id,
        amount=base.rate.per_second,
        unit="seconds",
        currency="USD",
        told_at=NOW,
    )
    found = with_told(catalog, [one]).endpoint(endpoint.endpoint_id)
    if endpoint.price.shots:
        values = {**values, "multi_prompt": [{"prompt": "a", "duration": one} for one in shots]}
    expected = price_of(dataclasses.replace(endpoint, price=base), values)
    assert price_of(found, values) == expected
    assert found.price.base_only


def test_three_shots_cost_three_times_one():
    found = endpoint_after(told("o3/pro/text-to-video", "0.168"))
    shots = [{"prompt": "a", "duration": "5"}] * 3
    assert price_of(found, {"multi_prompt": shots}) == Decimal("2.52")


@pytest.mark.parametrize(
    ("count", "price"),
    [(None, "0.028"), (1, "0.028"), (9, "0.252"), ("4", "0.112"), (0, None), ("many", None)],
)
def test_nine_pictures_cost_nine_times_one(count, price):
    name = "fal-ai/kling-image/v3/text-to-image"
    one = dataclasses.replace(told("x", "0.028", "images"), endpoint_id=name)
    values = {} if count is None else {"num_images": count}
    assert price_of(endpoint_after(one), values) == (price and Decimal(price))


def test_a_picture_or_a_series_is_not_told_apart_by_guessing():
    name = "fal-ai/kling-image/o3/text-to-image"
    one = dataclasses.replace(told("x", "0.028", "images"), endpoint_id=name)
    assert with_told(CATALOG, [one]) is CATALOG


def test_what_was_told_before_gives_way_to_what_is_told_now():
    endpoint = endpoint_after(told("o3/pro/text-to-video", "0.168"))
    kept = dataclasses.replace(
        endpoint, price=pricing_from({"first": "0.02", "source": TOLD_BY_FAL}), price_told_at=None
    )
    catalog = dataclasses.replace(CATALOG, endpoints=(kept,))
    found = with_told(catalog, [told("o3/pro/text-to-video", "0.2")]).endpoints[0]
    assert price_of(found, TEN) == Decimal("2.0")
    (found,) = with_told(catalog, [told("o3/pro/text-to-video", "0.2", "megapixels")]).endpoints
    assert found.price is None


@given(st.floats(-3, 3))
def test_a_price_counts_for_thirty_days(age):
    one = told("o3/pro/text-to-video", "0.168")
    kept = still_counting([one], NOW + age * COUNTS_FOR)
    assert kept == ((one,) if abs(age) <= 1 else ())


def test_no_row_of_the_table_is_a_base_price():
    assert not [one for one in CATALOG.endpoints if one.price and one.price.base_only]


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
