from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.pricing import price_hint, price_of, pricing_from
from tests.helpers.catalog import bundled

FAMILY = "fal-ai/kling-video/v2.1"
STANDARD = bundled().endpoint(f"{FAMILY}/standard/image-to-video")
PRO = bundled().endpoint(f"{FAMILY}/pro/image-to-video")
MASTER = bundled().endpoint(f"{FAMILY}/master/image-to-video")
TEXT = bundled().endpoint(f"{FAMILY}/master/text-to-video")


@pytest.mark.parametrize(
    ("endpoint", "values", "dollars"),
    [
        (STANDARD, {"duration": "5"}, "0.28"),
        (STANDARD, {"duration": "10"}, "0.56"),
        (PRO, {"duration": "10"}, "0.98"),
        (MASTER, {}, "1.40"),
        (TEXT, {"duration": None}, "1.40"),
        (TEXT, {"duration": 10}, "2.80"),
        (TEXT, {"duration": "3"}, "1.40"),
    ],
)
def test_price(endpoint, values, dollars):
    assert price_of(endpoint, values) == Decimal(dollars)


@pytest.mark.parametrize("length", ["long", "", True, "nan", "-1", "0", [5], {"s": 5}])
def test_a_length_that_is_none_has_no_price(length):
    assert price_of(STANDARD, {"duration": length}) is None


def test_hint():
    assert price_hint(STANDARD) == (Decimal("0.28"), 5)
    assert price_hint(replace(STANDARD, price=None)) is None


def test_one_sum_for_each_call():
    voice = replace(STANDARD, price=pricing_from({"first": "0.007"}))
    assert price_of(voice, {"duration": "10"}) == Decimal("0.007")
    assert price_hint(voice) == (Decimal("0.007"), 0)


def test_a_switch_can_change_the_sum():
    data = {
        "per_second": "0.112",
        "seconds_field": "duration",
        "usual_seconds": 5,
        "variants": [{"when": {"generate_audio": False}, "per_second": "0.084"}],
    }
    loud = replace(STANDARD, price=pricing_from(data))
    assert price_of(loud, {"duration": "5"}) == Decimal("0.560")
    assert price_of(loud, {"duration": "5", "generate_audio": False}) == Decimal("0.420")


@pytest.mark.parametrize(
    "data", [{"first": 0.28}, {"first": "much"}, {"first": "1", "variants": [{}]}]
)
def test_a_wrong_price_is_refused(data):
    with pytest.raises((KeyError, TypeError, ValueError)):
        pricing_from(data)


@given(st.integers(1, 600))
def test_longer_never_costs_less(seconds):
    shorter = price_of(PRO, {"duration": str(seconds)})
    assert shorter <= price_of(PRO, {"duration": str(seconds + 1)})
