"""Lengths side by side, and the seconds that fal bills."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.lengths import lengths_of
from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef
from tests.helpers.catalog import bundled

VIDEO, SOUND = str(MediaRef("a" * 64, ".mp4")), str(MediaRef("b" * 64, ".mp3"))
FROM_SOUND = "fal-ai/kling-video/lipsync/audio-to-video"
FROM_WORDS = "fal-ai/kling-video/lipsync/text-to-video"
AVATAR = "fal-ai/kling-video/ai-avatar/v2/standard"


def found(endpoint_id, *, video=None, sound=None):
    endpoint = bundled().endpoint(endpoint_id)
    media, values = {}, {"text": "Hello"}
    if video is not None:
        values["video_url"] = VIDEO
        media[VIDEO] = MediaFacts(
            kind=MediaKind.VIDEO, content_type="video/mp4", size=1, duration=video
        )
    if sound is not None:
        values["audio_url"] = SOUND
        media[SOUND] = MediaFacts(
            kind=MediaKind.AUDIO, content_type="audio/mpeg", size=1, duration=sound
        )
    return lengths_of(endpoint, bundled().request_type_of(endpoint_id), values, media)


def test_a_video_and_a_sound_lie_side_by_side():
    lengths = found(FROM_SOUND, video=6.2, sound=9.0)
    assert [(one.field.name, one.seconds) for one in lengths.files] == [
        ("video_url", 6.2),
        ("audio_url", 9.0),
    ]
    assert lengths.beyond == pytest.approx(2.8)
    assert (lengths.billed, lengths.step, lengths.price) == (10, 5, Decimal("0.140"))
    assert lengths.words is None


def test_what_is_billed_is_told_when_its_file_is_there():
    lengths = found(FROM_SOUND, sound=9.0)
    assert lengths.beyond is None
    assert lengths.billed is lengths.price is None


def test_a_step_that_is_only_just_begun_can_be_saved():
    saving = found(FROM_SOUND, video=5.04, sound=4).saving
    assert (saving.file.field.name, saving.seconds) == ("video_url", 5.0)
    assert saving.price == Decimal("0.070")
    for seconds in (4.9, 5.0, 5.8, 0.3):
        assert found(FROM_SOUND, video=seconds).saving is None
    assert found(AVATAR, sound=5.04).saving is None


def test_words_stand_in_place_of_a_sound():
    lengths = found(FROM_WORDS, video=5.0)
    assert (lengths.words.name, lengths.words.max_length) == ("text", 120)
    assert lengths.billed == 5


def test_an_avatar_becomes_as_long_as_its_sound():
    lengths = found(AVATAR, sound=7.5)
    assert (lengths.billed, lengths.step) == (Decimal("7.5"), 0)
    assert [one.field.media for one in lengths.files] == [MediaKind.AUDIO]


def test_without_files_there_is_nothing_to_say():
    assert found(FROM_SOUND) is None


def test_where_no_length_matters_there_is_nothing_to_say():
    assert found("fal-ai/kling-video/video-to-audio", video=6.0) is None


@given(st.floats(0.5, 60))
def test_what_is_billed_is_never_less_than_there_is(seconds):
    lengths = found(FROM_SOUND, video=seconds)
    assert lengths.billed >= Decimal(str(seconds))
    assert lengths.billed < Decimal(str(seconds)) + lengths.step
    assert lengths.billed % lengths.step == 0
