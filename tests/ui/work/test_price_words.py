"""Who told a price, and what stands in place of one that is in doubt."""

import dataclasses
from decimal import Decimal

import pytest

from kling_desktop.catalog.live_prices import with_told
from kling_desktop.records.job import MadeBy
from kling_desktop.records.told_price import ToldPrice
from kling_desktop.ui.work.order_words import (
    Standing,
    button_look,
    short_switch_texts,
    switch_texts,
)
from kling_desktop.ui.work.price_words import chip_of, origin_words
from tests.helpers.catalog import bundled

DAY = 1_795_348_800.0
"""Noon in November 2026."""
KNOWN = bundled().endpoint("fal-ai/kling-video/v3/standard/text-to-video")
TOLD = dataclasses.replace(KNOWN, price_told_at=DAY)
DOUBTFUL = dataclasses.replace(TOLD, price_doubt=Decimal("0.1"))


def standing(endpoint, **changes):
    facts = {
        "made_by": MadeBy.FAL, "count": 1, "price_each": Decimal("0.63"), "obstacle": None,
        "unchanged": False, "price_origin": origin_words(endpoint),
    }  # fmt: skip
    if endpoint.price_doubt is not None:
        facts |= {"price_each": None, "price_in_doubt": True}
    return Standing(**{**facts, **changes})


def test_the_programs_own_list_says_nothing_of_itself():
    assert origin_words(KNOWN) == origin_words(None) == ""
    assert button_look(standing(KNOWN)).tooltip.endswith("for it.")


def test_a_told_price_says_when():
    assert origin_words(TOLD) == "fal's price of 22 Nov 2026."
    assert chip_of(TOLD) == chip_of(KNOWN) == "$0.63 / 5 s"
    look = button_look(standing(TOLD))
    assert look.text == "Generate · about $0.63"
    assert look.tooltip.endswith("fal's price of 22 Nov 2026.")


def test_a_price_of_which_nothing_else_is_known_is_a_base_price():
    name = "fal-ai/kling-video/o3/pro/text-to-video"
    one = ToldPrice(
        endpoint_id=name, amount=Decimal("0.168"), unit="seconds", currency="USD", told_at=DAY
    )
    told = with_told(bundled(), [one]).endpoint(name)
    assert origin_words(told).startswith("fal's base price of 22 Nov 2026. Sound")
    kept = dataclasses.replace(told, price_told_at=None)
    assert origin_words(kept).startswith("fal's base price. Sound")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Generate · price may have changed"),
        ({"count": 3}, "Generate 3 · price may have changed"),
        ({"unchanged": True}, "Another take · price may have changed"),
        ({"made_by": MadeBy.REHEARSAL}, "Rehearse · free"),
    ],
)
def test_doubt_is_said_in_place_of_a_sum(changes, words):
    doubtful = standing(DOUBTFUL, **changes)
    assert button_look(doubtful).text == words
    assert switch_texts(doubtful)[1] == "Real · price may have changed"
    assert "$" not in "".join(short_switch_texts(doubtful))


def test_doubt_says_what_was_told():
    assert chip_of(DOUBTFUL) == "price changed?"
    said = button_look(standing(DOUBTFUL)).tooltip
    assert "On 22 Nov 2026 fal said $0.10 as the base price" in said
    assert "may charge more or less" in said


def test_without_any_price_it_is_unknown():
    nothing = dataclasses.replace(KNOWN, price=None)
    assert chip_of(nothing) == "price unknown"
