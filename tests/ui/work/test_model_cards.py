"""What the left column says of models, and of values that the chosen one has no use for."""

from kling_desktop.ui.work.model_cards import cards_of, parked_words, tiles_of
from tests.helpers.catalog import bundled
from tests.helpers.choice import draft_on


def test_favorites_and_recent_models_are_marked():
    known = [one.endpoint_id for one in bundled().of_intention("from_text")]
    cards = cards_of(bundled(), draft_on("from_text"), favorites=known[1:2], recent=known[2:3])
    assert [one.endpoint_id for one in cards] == known
    assert [one.endpoint_id for one in cards if one.is_favorite] == known[1:2]
    assert [one.endpoint_id for one in cards if one.is_recent] == known[2:3]


def test_tiles_stand_in_the_order_that_was_wished():
    usual = [one.key for one in tiles_of(bundled())]
    wished = [one.key for one in tiles_of(bundled(), ["effects", "unheard_of", "lip_sync"])]
    assert wished[:2] == ["effects", "lip_sync"]
    assert sorted(wished) == sorted(usual)


def test_nothing_is_said_where_nothing_is_parked():
    assert parked_words({}, bundled()) == ("", "")


def test_parked_values_are_told_as_the_form_writes_them():
    text, kept = parked_words(
        {
            "duration": "10",
            "generate_audio": False,
            "tail_image_url": f"media://{'0' * 64}.png",
            "elements": [{"frontal_image_url": "https://e.com/a.png"}, {}],
            "multi_prompt": [{"prompt": "a", "duration": "3"}, {"prompt": "b", "duration": "2"}],
            "camera_control": {"movement_type": "zoom", "movement_value": 3},
            "unheard_of": 1.5,
        },
        bundled(),
    )
    assert text == "7 values kept: not used by this model"
    lines = kept.splitlines()
    assert lines[0] == "Length: 10 s"
    assert lines[1].endswith(": off")
    assert lines[2] == "End picture"
    assert lines[4].endswith(": 2 entries")
    assert lines[6] == "unheard_of: 1.5"
    assert not any(sign in kept for sign in "{}[]'")
