"""A painting is what a person painted, through JSON, other pictures and any order of edits."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kling_desktop.records.json_values import is_aside, media_refs
from kling_desktop.records.painting import (
    MOST_AREAS,
    PAINTING,
    STILL,
    Area,
    Painting,
    PictureMap,
    Stroke,
    painting_in,
)
from tests.helpers.brush import NAME, bare, paintings
from tests.helpers.records import json_values

few = settings(max_examples=30)
_sizes = st.tuples(st.integers(1, 5000), st.integers(1, 5000))


@few
@given(paintings)
def test_it_comes_back_from_json_as_it_was(painting):
    assert Painting.from_json(json.loads(json.dumps(painting.to_json()))) == painting


@few
@given(paintings)
def test_it_names_no_file_that_would_be_sent(painting):
    assert not [*media_refs({PAINTING: painting.to_json()})]
    assert is_aside(PAINTING)


@few
@given(json_values)
def test_anything_else_among_the_values_is_no_painting(value):
    assert painting_in({PAINTING: value}) is None
    assert painting_in({}) is None


@pytest.mark.parametrize(
    "change",
    [{"painting": 2}, {"size": [0, 5]}, {"areas": [{"number": 9, "name": "", "marks": []}]}],
)
def test_a_damaged_painting_is_told_from_a_good_one(change):
    whole = bare().to_json()
    assert painting_in({PAINTING: whole}) is not None
    assert painting_in({PAINTING: {**whole, **change}}) is None


@few
@given(paintings)
def test_areas_stay_in_order_and_keep_their_numbers(painting):
    number = painting.free_number()
    if number is None:
        assert len(painting.moving()) <= MOST_AREAS
        return
    more = painting.with_area(Area(number=number, name="new"))
    assert [one.number for one in more.areas] == sorted(one.number for one in more.areas)
    assert more.without(number) == painting


@few
@given(paintings, _sizes)
def test_stretched_there_and_back_it_is_the_same(painting, size):
    there = painting.mapped(PictureMap.stretched(painting.size, size), "other.png", size)
    assert there.size == size
    back = there.mapped(PictureMap.stretched(size, painting.size), NAME, painting.size)
    for one, other in zip(painting.areas, back.areas, strict=True):
        assert one.number == other.number
        for point, again in zip(one.path, other.path, strict=True):
            assert again == pytest.approx(point, rel=1e-6, abs=1e-3)


def test_a_shrunk_picture_shrinks_the_strokes():
    stroke = Stroke(((10.0, 20.0), (400.0, 300.0)), 40.0)
    painting = bare((800, 600)).with_area(Area(number=1, marks=(stroke,), path=((0.0, 0.0),)))
    onto = PictureMap.fitted((800, 600), (400, 300))
    small = painting.mapped(onto, "small.png", (400, 300))
    assert small.areas[0].marks == (Stroke(((5.0, 10.0), (200.0, 150.0)), 20.0),)


def test_a_cropped_picture_loses_the_same_on_both_sides():
    onto = PictureMap.fitted((1000, 400), (800, 400))
    assert onto.point((100.0, 50.0)) == (0.0, 50.0)
    assert onto.point((900.0, 50.0)) == (800.0, 50.0)
    tall = PictureMap.fitted((400, 1000), (200, 400))
    assert tall.point((200.0, 500.0)) == (100.0, 200.0)
    assert tall.scale == pytest.approx(0.5)


def test_what_holds_still_does_not_move():
    marks = (Stroke(((1.0, 1.0),), 5.0),)
    painting = bare().with_area(Area(number=STILL, marks=marks))
    assert painting.moving() == ()
    assert not painting.is_bare
