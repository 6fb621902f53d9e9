"""What the one button says in every standing that a draft can have."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.problems import REQUIRED_TEXT
from kling_desktop.records.job import MadeBy
from kling_desktop.records.server import server_at
from kling_desktop.ui.order_bar import ButtonKind
from kling_desktop.ui.work.order_words import (
    Standing,
    button_look,
    short_switch_texts,
    switch_texts,
)

PRICE = Decimal("0.28")


def standing(**changes):
    facts = {
        "made_by": MadeBy.FAL, "count": 1, "price_each": PRICE, "obstacle": None,
        "unchanged": False,
    }  # fmt: skip
    return Standing(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Generate · about $0.28"),
        ({"count": 3}, "Generate 3 · about $0.84"),
        ({"unchanged": True}, "Another take · $0.28"),
        ({"unchanged": True, "count": 2}, "2 more takes · about $0.56"),
        ({"made_by": MadeBy.REHEARSAL}, "Rehearse · free"),
        ({"made_by": MadeBy.REHEARSAL, "count": 2}, "Rehearse 2 · free"),
        ({"made_by": MadeBy.REHEARSAL, "unchanged": True}, "Another take · free"),
        ({"made_by": MadeBy.REHEARSAL, "unchanged": True, "count": 2}, "2 more takes · free"),
    ],
)
def test_each_standing_has_its_words(changes, words):
    assert button_look(standing(**changes)).text == words


def test_a_price_that_nobody_knows_is_said_to_be_unknown():
    words = button_look(standing(price_each=None)).text
    assert words.startswith("Generate · ")
    assert "$" not in words
    assert "None" not in words


def test_an_obstacle_disables_the_button_and_gives_the_reason():
    look = button_look(standing(obstacle=REQUIRED_TEXT("prompt", field="Prompt")))
    assert not look.enabled
    assert look.reason
    assert look.text == "Generate · about $0.28"


@given(
    made_by=st.sampled_from(MadeBy),
    count=st.integers(1, 9),
    price=st.none() | st.decimals("0.01", 99, places=2),
    unchanged=st.booleans(),
)
def test_free_work_and_paid_work_cannot_be_taken_for_each_other(made_by, count, price, unchanged):
    look = button_look(
        standing(made_by=made_by, count=count, price_each=price, unchanged=unchanged)
    )
    is_free = made_by is MadeBy.REHEARSAL
    assert ("free" in look.text) is is_free
    assert ("$" in look.text) is (not is_free and price is not None)
    assert (look.kind is ButtonKind.AGAIN) is unchanged
    if not unchanged:
        assert (look.kind is ButtonKind.REHEARSE) is is_free


def test_the_switch_says_what_each_side_costs():
    assert switch_texts(standing(count=2)) == ("Rehearse · free", "Real · about $0.56")


@given(
    made_by=st.sampled_from(MadeBy),
    count=st.integers(1, 9),
    price=st.none() | st.decimals("0.01", 99, places=2),
    unchanged=st.booleans(),
)
def test_the_short_words_keep_the_sum_and_are_short(made_by, count, price, unchanged):
    now = standing(made_by=made_by, count=count, price_each=price, unchanged=unchanged)
    look = button_look(now)
    assert len(look.short) < len(look.text)
    if made_by is MadeBy.FAL:
        assert ("$" in look.short) is (price is not None)
        assert str(count) in look.short or count == 1
    else:
        assert "$" not in look.short
    for whole, short in zip(switch_texts(now), short_switch_texts(now), strict=True):
        assert len(short) <= len(whole)


def test_the_tip_names_the_server_that_charges():
    assert button_look(standing()).tooltip.startswith("Sent to fal,")
    other = standing(server=server_at("http://127.0.0.1:9000"))
    assert button_look(other).tooltip.startswith("Sent to 127.0.0.1:9000,")
    free = standing(made_by=MadeBy.REHEARSAL)
    assert "Nothing is sent" in button_look(free).tooltip
