"""Sounds and clips held against a field, and the way out that the program has for each."""

import pytest

from kling_desktop.catalog.field_spec import FieldLimits, FieldSpec, FieldType
from kling_desktop.catalog.media_limits import media_problems
from kling_desktop.catalog.sound_forms import form_for
from kling_desktop.records.media import MediaFacts, MediaKind
from kling_desktop.records.problem import Remedy

LIMITS = FieldLimits(
    max_bytes=5_242_880, min_duration=2, max_duration=60, formats=("audio/mpeg", "audio/wav")
)


def field(kind=MediaKind.AUDIO, limits=LIMITS):
    return FieldSpec(name="a", title="Sound", type=FieldType.STRING, media=kind, limits=limits)


def sound(content_type="audio/mpeg", **more):
    facts = {"size": 1000, "duration": 10.0, "has_audio": True, **more}
    return MediaFacts(kind=MediaKind.AUDIO, content_type=content_type, **facts)


def video(content_type="video/mp4", **more):
    facts = {"size": 1000, "duration": 5.0, "width": 1280, "height": 720, **more}
    return MediaFacts(kind=MediaKind.VIDEO, content_type=content_type, **facts)


@pytest.mark.parametrize(
    ("facts", "code", "remedy"),
    [
        (sound(), None, None),
        (sound("audio/flac"), "wrong_format_of_sound", Remedy.CONVERT),
        (sound(size=6_000_000), "sound_too_heavy", Remedy.SHRINK),
        (sound(duration=75.0), "too_long_to_take", Remedy.SHORTEN),
        (sound(duration=1.0), "too_short_to_take", Remedy.NONE),
        (video(has_audio=True), "video_for_sound", Remedy.CONVERT),
        (video(has_audio=False), "not_a_sound", Remedy.NONE),
    ],
)
def test_a_sound_in_its_field(facts, code, remedy):
    found = media_problems(field(), facts, ("a",))
    assert [(one.code, one.remedy) for one in found] == ([(code, remedy)] if code else [])


def test_shortening_puts_the_rest_right_on_the_way():
    found = media_problems(field(), sound("audio/flac", size=9_000_000, duration=90.0), ("a",))
    assert [(one.code, one.remedy) for one in found] == [
        ("wrong_format_of_sound", Remedy.NONE),
        ("sound_too_heavy", Remedy.NONE),
        ("too_long_to_take", Remedy.SHORTEN),
    ]


def test_the_form_it_would_become_is_named():
    (problem,) = media_problems(field(), sound("audio/flac"), ("a",))
    assert problem.values["into"] == "MP3"
    (problem,) = media_problems(field(), video(has_audio=True), ("a",))
    assert problem.values["into"] == "MP3"


def test_a_field_that_takes_nothing_that_is_made_here_offers_no_way():
    odd = field(limits=FieldLimits(formats=("audio/x-odd",)))
    (problem,) = media_problems(odd, sound("audio/flac"), ("a",))
    assert (problem.code, problem.remedy) == ("wrong_format_no_way", Remedy.NONE)
    (problem,) = media_problems(odd, video(has_audio=True), ("a",))
    assert problem.code == "not_a_sound"


@pytest.mark.parametrize(
    ("content_type", "remedy"),
    [
        ("video/mp4", Remedy.SHORTEN),
        ("video/quicktime", Remedy.SHORTEN),
        ("video/webm", Remedy.NONE),
    ],
)
def test_a_long_video_is_shortened_where_it_can_be_parted(content_type, remedy):
    long = video(content_type, duration=12.0)
    (problem,) = media_problems(field(MediaKind.VIDEO, FieldLimits(max_duration=10)), long, ())
    assert (problem.code, problem.remedy) == ("too_long_to_take", remedy)


@pytest.mark.parametrize(
    ("content_type", "formats", "made"),
    [
        ("audio/mpeg", (), "audio/mpeg"),
        ("audio/wav", (), "audio/wav"),
        ("audio/flac", (), "audio/mpeg"),
        ("audio/mpeg", ("audio/wav", "audio/mp4"), "audio/mp4"),
        ("audio/aac", ("audio/aac", "audio/wav"), "audio/wav"),
        ("audio/mpeg", ("audio/x-odd",), ""),
    ],
)
def test_what_a_sound_is_made_into(content_type, formats, made):
    assert form_for(content_type, FieldLimits(formats=formats)) == made
