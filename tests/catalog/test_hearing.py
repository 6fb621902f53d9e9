"""A line that is heard first: who speaks it, for how much, and what takes the sound."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.hearing import is_same_line, line_of, sound_taker
from tests.helpers.catalog import bundled

WORDS = "fal-ai/kling-video/lipsync/text-to-video"
SPEECH = "fal-ai/kling-video/v1/tts"
VALUES = {"text": "Good morning.", "voice_id": "uk_man2", "voice_language": "en"}


def line(**changes):
    return line_of(bundled(), WORDS, {**VALUES, **changes})


def test_the_words_the_voice_and_the_speed_are_spoken_and_nothing_else():
    found = line(video_url="media://" + "0" * 64 + ".mp4", voice_speed=1.5)
    assert found.speaker.endpoint_id == SPEECH
    assert found.values == {"text": "Good morning.", "voice_id": "uk_man2", "voice_speed": 1.5}
    assert found.price == Decimal("0.007")
    assert found.obstacle is None


@pytest.mark.parametrize(
    ("changes", "code", "at"),
    [
        ({"text": ""}, "required_text", "text"),
        ({"text": "   "}, "required_text", "text"),
        ({"text": None}, "required_text", "text"),
        ({"voice_id": None}, "required_choice", "voice_id"),
        ({"text": "x" * 501}, "text_too_long", "text"),
    ],
)
def test_what_keeps_a_line_from_being_spoken(changes, code, at):
    found = line(**changes)
    assert (found.obstacle.code, found.obstacle.loc) == (code, (at,))


@pytest.mark.parametrize(("count", "only"), [(120, False), (121, True), (500, True), (501, False)])
def test_words_that_only_a_sound_has_room_for(count, only):
    assert line(text="x" * count).is_only_heard is only


def test_a_model_without_a_speaker_has_no_line():
    assert line_of(bundled(), SPEECH, VALUES) is None
    assert line_of(bundled(), "nobody/knows/this", VALUES) is None
    gone = replace(
        bundled(), endpoints=tuple(one for one in bundled().endpoints if one.endpoint_id != SPEECH)
    )
    assert line_of(gone, WORDS, VALUES) is None


def test_a_price_that_is_not_known_is_none():
    free = replace(bundled().endpoint(SPEECH), price=None)
    catalog = bundled().with_model(free, bundled().request_type("TTSInput"))
    assert line_of(catalog, WORDS, VALUES).price is None


def test_every_endpoint_of_the_table_that_names_others_names_real_ones():
    for one in bundled().endpoints:
        if one.hearing is not None:
            assert bundled().request_type_of(one.endpoint_id).field(one.hearing.text)
            assert line_of(bundled(), one.endpoint_id, {}) is not None
            then, field = sound_taker(bundled(), one.endpoint_id)
            assert then.endpoint_id == one.hearing.then
            assert field.name == "audio_url"


def test_what_is_left_out_is_the_default():
    plain = {"text": "Hi", "voice_id": "genshin_vindi2"}
    assert is_same_line(bundled(), SPEECH, plain, {"text": "Hi", "voice_speed": 1})
    assert not is_same_line(bundled(), SPEECH, plain, {"text": "Hi", "voice_speed": 1.1})
    assert not is_same_line(bundled(), SPEECH, plain, {"text": "Hi "})


@given(
    st.fixed_dictionaries(
        {"text": st.text(min_size=1, max_size=20), "voice_id": st.sampled_from(["AOT", "uk_man2"])},
        optional={"voice_speed": st.sampled_from([0.8, 1, 1.0, 2])},
    )
)
def test_a_line_is_the_same_as_itself_however_it_is_written(values):
    found = line_of(bundled(), WORDS, values)
    assert is_same_line(bundled(), SPEECH, found.values, dict(reversed(found.values.items())))
    assert is_same_line(bundled(), SPEECH, found.values, {"voice_speed": 1, **found.values})
