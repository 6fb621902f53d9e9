"""Every kind of request that is about sound; listened to in decoded samples."""

from __future__ import annotations

import pytest

from tests.helpers.footage import (
    clip,
    listen,
    speech,
    unlike,
    watch,
)
from tests.simulator.conftest import picture


async def test_a_model_that_makes_sound_gives_the_clip_a_sound(maker):
    body = {"prompt": "sea", "image_url": await maker.upload(picture())}
    data = (await maker.files("shots", **body))["video"]
    film = watch(data)
    assert abs(film.sound_seconds - film.seconds) < 0.1
    assert listen(data)[1] > 1000
    assert (await maker.film("shots", **body, generate_audio=False)).sound_seconds == 0


async def test_lips_are_moved_under_the_given_sound(maker, tmp_path):
    given = clip(tmp_path, heard=False)
    body = {
        "video_url": await maker.upload(given, "video/mp4"),
        "audio_url": await maker.upload(speech(tmp_path, "Hello."), "audio/mpeg"),
    }
    data = (await maker.files("lips", **body))["video"]
    film, before = watch(data), watch(given)
    assert film.seconds == before.seconds
    assert listen(data)[1] > 2000
    top = (0, 0, film.size[0], film.size[1] // 2)
    assert unlike(film.frames[9], before.frames[9].resize(film.size), top) < 4


async def test_a_text_is_said_over_a_clip(maker, tmp_path):
    video = await maker.upload(clip(tmp_path), "video/mp4")
    data = (await maker.files("say", video_url=video, text="Good morning to you.", voice_id="a"))[
        "video"
    ]
    assert abs(watch(data).sound_seconds - 2) < 0.1
    assert listen(data)[1] > 2000


@pytest.mark.parametrize("form", ["mp3", "wav"])
async def test_an_avatar_talks_as_long_as_its_sound(maker, tmp_path, form):
    sound = speech(tmp_path, "One two three four five six seven.", form)
    seconds = listen(sound)[0]
    answer = await maker.answer(
        "avatar",
        image_url=await maker.upload(picture()),
        audio_url=await maker.upload(sound, "audio/mpeg"),
    )
    film = watch(await maker.fetched(answer["video"]))
    assert abs(film.seconds - seconds) < 0.1
    assert abs(answer["duration"] - film.seconds) < 0.01
    assert abs(film.sound_seconds - seconds) < 0.1
    assert unlike(film.frames[0], film.frames[len(film.frames) // 2]) > 0.5


async def test_speech_is_a_sound_file_whose_length_follows_text_and_speed(maker):
    short = await maker.answer("speak", text="Hello there.")
    assert short["audio"]["content_type"] == "audio/mpeg"
    lengths = []
    for body in (
        {"text": "Hello there."},
        {"text": "Hello there, you who have come from so far away."},
        {"text": "Hello there, you who have come from so far away.", "voice_speed": 2},
    ):
        seconds, loudest, form = listen((await maker.files("speak", **body))["audio"])
        assert (form, loudest > 2000) == ("mp3", True)
        lengths.append(seconds)
    assert 0.6 < lengths[0] < 1.6
    assert 2.2 < lengths[1] < 4.5
    assert abs(lengths[2] * 2 - lengths[1]) < 0.3
    wav = await maker.answer("speak-wav", text="Hello there.")
    assert wav["audio"]["file_name"] == "output.wav"
    assert listen(await maker.fetched(wav["audio"]))[2] == "wav"


async def test_voices_differ_and_the_same_words_sound_the_same(maker):
    one, again, other = [
        (await maker.files("speak", text="Hello there.", voice_id=voice))["audio"]
        for voice in ("a", "a", "b")
    ]
    assert one == again != other


async def test_a_clip_is_dubbed_and_the_sound_comes_beside_it(maker, tmp_path):
    silent = await maker.upload(clip(tmp_path, heard=False), "video/mp4")
    files = await maker.files("dub", video_url=silent, sound_effect_prompt="rain")
    assert abs(listen(files["audio"])[0] - 2) < 0.1
    assert listen(files["audio"])[2] == "mp3"
    assert abs(watch(files["video"]).sound_seconds - 2) < 0.1


async def test_a_voice_is_only_a_name(maker, tmp_path):
    url = await maker.upload(speech(tmp_path), "audio/mpeg")
    answer = await maker.answer("voice", voice_url=url)
    assert list(answer) == ["voice_id"]
    assert len(answer["voice_id"]) == 21
    video = await maker.upload(clip(tmp_path), "video/mp4")
    assert (await maker.answer("voice", voice_url=video))["voice_id"] != answer["voice_id"]


async def test_a_clip_without_sound_is_no_voice(maker, tmp_path):
    url = await maker.upload(clip(tmp_path, heard=False), "video/mp4")
    assert (await maker.refused("voice", voice_url=url))["type"] == "unsupported_audio_format"
