import pytest

from kling_desktop.catalog.field_spec import FieldLimits, FieldSpec, FieldType
from kling_desktop.catalog.media_limits import format_name, media_problems, neat
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy, Severity
from tests.helpers.catalog import picture, video


def problems(facts, media=MediaKind.IMAGE, **limits):
    field = FieldSpec(
        name="a", title="A", type=FieldType.STRING, media=media, limits=FieldLimits(**limits)
    )
    return media_problems(field, facts, ("a", 0))


@pytest.mark.parametrize(
    ("facts", "limits", "code", "remedy"),
    [
        (picture(size=11), {"max_bytes": 10}, "picture_too_heavy", Remedy.SHRINK),
        (picture(width=299), {"min_width": 300}, "picture_too_small", Remedy.NONE),
        (picture(height=299), {"min_height": 300}, "picture_too_small", Remedy.NONE),
        (picture(width=9000), {"max_width": 8000}, "picture_too_large", Remedy.SHRINK),
        (picture(height=9000), {"max_height": 8000}, "picture_too_large", Remedy.SHRINK),
        (picture(width=2001, height=800), {"max_ratio": 2.5}, "picture_too_wide", Remedy.CROP),
        (picture(width=300, height=800), {"min_ratio": 0.4}, "picture_too_tall", Remedy.CROP),
        (
            picture(content_type="image/tiff"),
            {"formats": ("image/jpeg",)},
            "wrong_format",
            Remedy.CONVERT,
        ),
        (picture(animated=True), {}, "moving_picture", Remedy.CONVERT),
        (video(size=11), {"max_bytes": 10}, "file_too_heavy", Remedy.NONE),
        (video(height=300), {"min_height": 720}, "clip_too_small", Remedy.NONE),
        (video(width=3000), {"max_width": 2160}, "clip_too_large", Remedy.NONE),
        (video(width=9000), {"max_ratio": 2.5}, "picture_too_wide", Remedy.NONE),
        (video(duration=10.06), {"max_duration": 10.05}, "too_long_to_take", Remedy.SHORTEN),
        (video(duration=2.99), {"min_duration": 3}, "too_short_to_take", Remedy.NONE),
        (video(frame_rate=20), {"min_fps": 24}, "too_few_frames", Remedy.NONE),
        (video(frame_rate=120), {"max_fps": 60}, "too_many_frames", Remedy.CONVERT),
        (
            video(content_type="video/x-matroska"),
            {"formats": ("video/mp4",)},
            "wrong_format_no_way",
            Remedy.NONE,
        ),
    ],
)
def test_each_break_has_its_own_words_and_way_out(facts, limits, code, remedy):
    found = problems(facts, facts.kind, **limits)
    assert [(one.code, one.remedy, one.loc) for one in found] == [(code, remedy, ("a", 0))]
    assert "{" not in found[0].said()


@pytest.mark.parametrize(
    ("facts", "limits"),
    [
        (picture(size=10_485_760), {"max_bytes": 10_485_760}),
        (picture(width=300, height=300), {"min_width": 300, "min_height": 300}),
        (picture(width=1000, height=400), {"max_ratio": 2.5, "min_ratio": 0.4}),
        (picture(width=400, height=1000), {"max_ratio": 2.5, "min_ratio": 0.4}),
        (picture(width=None, height=None), {"min_width": 300, "max_width": 9, "max_ratio": 2.5}),
        (picture(), {"max_duration": 5, "min_duration": 5, "min_fps": 24, "max_fps": 24}),
        (video(frame_rate=24000 / 1001), {"min_fps": 24, "max_fps": 60}),
        (video(duration=5), {"min_duration": 5, "max_duration": 5}),
        (picture(mode="P"), {}),
    ],
)
def test_on_the_edge_is_taken(facts, limits):
    assert problems(facts, facts.kind, **limits) == ()


@pytest.mark.parametrize(
    ("media", "facts", "code"),
    [
        (MediaKind.IMAGE, video(), "not_a_picture"),
        (MediaKind.MASK, video(), "not_a_picture"),
        (MediaKind.VIDEO, picture(), "not_a_video"),
        (MediaKind.AUDIO, video(), "not_a_sound"),
    ],
)
def test_the_wrong_kind_is_all_that_is_said(media, facts, code):
    assert [one.code for one in problems(facts, media, max_bytes=1)] == [code]


def test_a_field_for_files_takes_any():
    assert problems(video(), MediaKind.FILE) == ()
    bare = FieldSpec(name="a", title="A", type=FieldType.STRING, media=MediaKind.IMAGE)
    assert media_problems(bare, picture(), ("a",)) == ()


def test_what_is_unsure_is_a_warning():
    found = problems(picture(width=100), min_width=300, unsure=("min_width",))
    assert found[0].severity is Severity.WARNING


def test_several_breaks_are_told_apart():
    facts = picture(size=99, width=100, height=900)
    found = problems(facts, max_bytes=9, min_width=300, min_ratio=0.4)
    assert [one.code for one in found] == [
        "picture_too_heavy",
        "picture_too_small",
        "picture_too_tall",
    ]


def test_a_byte_too_many_does_not_read_as_allowed():
    assert "10.1 MB" in problems(picture(size=10_485_761), max_bytes=10_485_760)[0].said()


def test_names_and_numbers():
    assert format_name("image/jpeg") == "JPEG"
    assert format_name("image/heic") == "HEIC"
    assert (neat(2.0), neat(2.347)) == (2, 2.35)
