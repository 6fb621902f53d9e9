import pytest

from kling_desktop.catalog.validation import validate
from kling_desktop.records.problem import Severity
from tests.helpers.catalog import OTHER_PICTURE, PICTURE, a_type, bundled, picture

IMAGE = {"type": "string", "_fal_ui_field": "image"}
FIELDS = {
    "start": IMAGE,
    "end": IMAGE,
    "camera": {"type": "string"},
    "length": {"enum": ["5", "10"], "default": "5", "x-kling-desktop": {"unit": "s"}},
    "scene": {"enum": ["hug", "dance"]},
    "pictures": {"type": "array", "items": IMAGE},
    "masks": {"type": "array", "items": {"type": "object", "properties": {"mask": IMAGE}}},
    "shots": {
        "type": "array",
        "items": {"type": "object", "properties": {"seconds": {"type": "string"}}},
    },
}
HUG = {"field": "pictures", "other": "scene", "counts": {"hug": 2}, "otherwise": 1}
TWO = {"pictures": ["https://a/1", "https://a/2"]}


def said(rule, values, media=None):
    read = a_type(FIELDS, rules=[rule])
    return [(one.loc, one.code) for one in validate(read, values, media or {})]


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ({"rule": "not_together", "fields": ["end", "camera"]}, {"camera": "a"}, []),
        (
            {"rule": "not_together", "fields": ["camera", "end"]},
            {"camera": "a", "end": "https://a/b"},
            [(("end",), "only_one_of")],
        ),
        ({"rule": "one_of", "fields": ["start", "end"]}, {}, [(("start",), "one_of_needed")]),
        ({"rule": "one_of", "fields": ["start", "end"]}, {"end": "https://a/b"}, []),
        (
            {"rule": "only_when", "field": "camera", "other": "length", "values": ["5"]},
            {"camera": "a"},
            [],
        ),
        (
            {"rule": "only_when", "field": "camera", "other": "length", "values": ["5"]},
            {"camera": "a", "length": "10"},
            [(("camera",), "only_when")],
        ),
        (
            {"rule": "only_when", "field": "camera", "other": "unknown", "values": ["5"]},
            {"camera": "a"},
            [(("camera",), "only_when")],
        ),
        ({"rule": "count_by", **HUG}, {"scene": "hug", **TWO}, []),
        (
            {"rule": "count_by", **HUG},
            {"scene": "dance", **TWO},
            [(("pictures",), "needs_count")],
        ),
        ({"rule": "count_by", **HUG}, {"scene": "hug"}, [(("pictures",), "needs_count")]),
        (
            {"rule": "total", "path": "shots.seconds", "most": 15},
            {"shots": [{"seconds": "9"}, {"seconds": "7"}]},
            [(("shots",), "total_too_large")],
        ),
        ({"rule": "total", "path": "shots.seconds", "most": 15}, {"shots": [{"seconds": "9"}]}, []),
        ({"rule": "from the future"}, {"camera": "a"}, []),
        ({}, {"camera": "a"}, []),
    ],
)
def test_relations(rule, values, expected):
    assert said(rule, values) == expected


def test_files_of_one_ratio():
    rule = {"rule": "same_ratio", "fields": ["start", "masks.mask"]}
    values = {"start": PICTURE, "masks": [{"mask": OTHER_PICTURE}]}
    same = {PICTURE: picture(), OTHER_PICTURE: picture(width=600, height=400)}
    other = {PICTURE: picture(), OTHER_PICTURE: picture(width=600, height=600)}
    assert said(rule, values, same) == []
    assert said(rule, values, other) == [(("masks", 0, "mask"), "other_shape")]


def test_files_of_one_size():
    rule = {"rule": "same_size", "fields": ["start", "masks.mask"]}
    values = {"start": PICTURE, "masks": [{"mask": OTHER_PICTURE}]}
    other = {PICTURE: picture(), OTHER_PICTURE: picture(width=600, height=400)}
    assert said(rule, values, other) == [(("masks", 0, "mask"), "other_size")]
    assert said(rule, values, {PICTURE: picture(), OTHER_PICTURE: picture()}) == []
    assert said(rule, {"start": "https://a/b"}) == []


def test_the_sentence_names_choices_as_the_form_does():
    rule = {"rule": "only_when", "field": "camera", "other": "length", "values": ["5"]}
    read = a_type(FIELDS, rules=[rule])
    problem = validate(read, {"camera": "a", "length": "10"}, {})[0]
    assert problem.said().startswith("“Camera” works only when “Length” is 5 s.")


def test_an_end_picture_of_another_shape_is_warned_about():
    pro = bundled().request_type("ImageToVideoV21ProRequest")
    values = {"prompt": "a", "image_url": PICTURE, "tail_image_url": OTHER_PICTURE}
    media = {PICTURE: picture(), OTHER_PICTURE: picture(width=800, height=800)}
    problems = validate(pro, values, media)
    assert [(one.loc, one.code, one.severity) for one in problems] == [
        (("tail_image_url",), "other_shape", Severity.WARNING)
    ]
