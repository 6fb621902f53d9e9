"""From the catalogue to the cards and tiles of the left column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.records.media import MediaRef
from kling_desktop.ui.work.model_cards import cards_of, parked_words, tiles_of
from tests.helpers.catalog import PICTURE, bundled


def test_every_tile_has_models_and_the_first_is_a_current_one():
    catalog = bundled()
    assert [tile.key for tile in tiles_of(catalog)] == ["from_picture", "from_text"]
    for tile in tiles_of(catalog):
        cards = cards_of(catalog, tile.key)
        assert cards
        assert not cards[0].older
        assert all(card.title and card.price for card in cards)


def test_old_models_are_called_so_and_come_last():
    for tile in tiles_of(bundled()):
        older = [bool(card.older) for card in cards_of(bundled(), tile.key)]
        assert older == sorted(older)


def test_nothing_parked_says_nothing():
    assert parked_words({}, bundled()) == ("", "")


def test_what_is_parked_is_counted_and_named_as_the_form_names_it():
    text, tip = parked_words({"image_url": PICTURE}, bundled())
    assert text == "1 value kept: not used by this model"
    assert tip == "Start picture"
    assert MediaRef.parse(tip) is None
    text, tip = parked_words({"aspect_ratio": "16:9", "unheard_of": "y" * 200}, bundled())
    assert text == "2 values kept: not used by this model"
    assert "unheard_of: yyy" in tip
    assert max(map(len, tip.splitlines())) < 90


@pytest.mark.parametrize("tile", tiles_of(bundled()), ids=lambda tile: tile.key)
def test_a_card_says_what_the_catalogue_knows(tile):
    catalog = bundled()
    for card in cards_of(catalog, tile.key):
        endpoint = catalog.endpoint(card.endpoint_id)
        assert card.title == endpoint.title
        if endpoint.short_side:
            assert f"{endpoint.short_side}p" in card.facts
        assert bool(card.older) is (endpoint.status is not EndpointStatus.CURRENT)
        assert "None" not in card.facts + card.price


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.text() | st.integers() | st.booleans()))
def test_whatever_is_parked_is_counted_and_told_line_by_line(parked):
    text, tip = parked_words(parked, bundled())
    assert bool(text) is bool(tip) is bool(parked)
    if parked:
        assert text.startswith(str(len(parked)))
