"""What Kling asks beyond fal's schemas: each broken rule is told at its place, with what helps."""

import pytest

from kling_desktop.catalog.replacing import applied
from kling_desktop.catalog.rules import wanted_count
from kling_desktop.catalog.validation import validate
from kling_desktop.catalog.ways import with_ways
from kling_desktop.records.problem import WayKind
from tests.helpers.broken_rules import (
    A2V,
    AREA,
    CLIP,
    CLIP_ELEMENT,
    ELEMENT,
    FX,
    GOOD,
    I3,
    LINK,
    LIP,
    MASK,
    MASKS,
    POINTS,
    ROWS,
    T2V,
    V1,
    V15,
    WIDE,
    Row,
)
from tests.helpers.catalog import bundled, picture, video

CATALOG = bundled()


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_has_no_problem(name):
    assert validate(CATALOG.request_type(name), GOOD[name], {}) == ()


def checked(row, changes=None):
    """What is wrong with the row, with the ways out."""
    request_type = CATALOG.request_type(row.type)
    values = applied({**GOOD[row.type], **row.values}, changes or {})
    return with_ways(request_type, values, row.media, validate(request_type, values, row.media))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_each_rule(row):
    problems = checked(row)
    assert [(one.loc, one.code) for one in problems] == [(row.loc, row.code)]
    problem = problems[0]
    found = (*(way.kind for way in problem.ways), *([problem.remedy] if problem.remedy else ()))
    assert (problem.severity, found) == (row.severity, row.helps)
    assert problem.what
    assert problem.what == problem.what.strip()
    assert "{" not in problem.said()


@pytest.mark.parametrize(
    ("row", "which"),
    [(row, which) for row in ROWS for which, one in enumerate(row.helps) if one in WayKind],
    ids=lambda one: one.label if isinstance(one, Row) else str(one),
)
def test_each_way_out_is_one(row, which):
    way = checked(row)[0].ways[which]
    assert checked(row, way.changes) == ()
    assert set(way.changes) <= {
        *(one.name for one in CATALOG.request_type(row.type).fields),
        *row.values,
    }
    assert way.title or way.kind in {
        WayKind.KEEP_FIRST,
        WayKind.TAKE_OUT_WORDS,
        WayKind.TO_THE_EDGE,
    }


@pytest.mark.parametrize(
    ("name", "values", "media"),
    [
        (V1, {"dynamic_masks": [{**AREA, "trajectories": [*POINTS * 38, POINTS[0]]}]}, {}),
        (V1, MASKS, {**WIDE, MASK: picture(width=600, height=400)}),
        (V1, {"static_mask_url": LINK, "dynamic_masks": [AREA] * 6}, {}),
        (V15, {"tail_image_url": LINK, "duration": "10"}, {}),
        (FX, {"effect_scene": "hug", "input_image_urls": [LINK, LINK], "duration": "10"}, {}),
        (A2V, {"video_url": CLIP}, {CLIP: video(duration=10.0)}),
        ("CreateVoiceInput", {"voice_url": CLIP}, {CLIP: video(duration=20.0)}),
        ("MotionControlRequest", {"video_url": CLIP}, {CLIP: video(duration=10.04)}),
        (I3, {"elements": [ELEMENT, CLIP_ELEMENT], "prompt": "@Element2 meets @Element1"}, {}),
        ("O3ProReferenceVideoI2VInput", {"image_urls": [LINK] * 7, "elements": [ELEMENT]}, {}),
        ("TextToVideoV3ProRequest", {"prompt": None, "multi_prompt": [{"prompt": "a"}] * 3}, {}),
        (LIP, {"voice_id": "cartoon-boy-07", "voice_language": "zh"}, {}),
    ],
)
def test_just_inside_is_taken(name, values, media):
    assert validate(CATALOG.request_type(name), {**GOOD[name], **values}, media) == ()


def test_the_way_out_of_a_condition_says_what_it_sets():
    request_type = CATALOG.request_type(T2V)
    values = {"prompt": "a", "camera_control": "down_back", "duration": "10"}
    problem, *_ = with_ways(request_type, values, {}, validate(request_type, values, {}))
    set_length, leave_out = problem.ways
    assert (set_length.title, set_length.choice) == ("Length", "5 s")
    assert set_length.changes == {"duration": "5"}
    assert (leave_out.title, leave_out.changes) == ("Camera move", {"camera_control": None})
    assert problem.said().startswith("“Camera move” works only when “Length” is 5 s.")


def test_how_many_pictures_an_effect_takes():
    effects = CATALOG.request_type(FX)
    for scene in effects.field("effect_scene").enum:
        group = effects.field("effect_scene").enum_groups[
            effects.field("effect_scene").enum.index(scene)
        ]
        count = wanted_count(effects, "input_image_urls", {"effect_scene": scene})
        assert count == (2 if group == "Two pictures" else 1)
    assert wanted_count(effects, "duration", {}) is None
    assert wanted_count(CATALOG.request_type(V1), "image_url", {}) is None
