"""From the catalogue to the cards and tiles of the left column."""

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
