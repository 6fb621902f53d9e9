"""The brush is known by its shape; its points count from the bottom left, as fal wants them."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.motion_brush import brush_fields, trajectory, values_of
from kling_desktop.catalog.validation import body_of
from kling_desktop.records.painting import PAINTING, Area, Stroke
from tests.helpers.brush import bare, brush_type, lines
from tests.helpers.catalog import a_type

_sizes = st.tuples(st.integers(1, 4000), st.integers(1, 4000))
_DOT = (Stroke(((5.0, 5.0),), 4.0),)


def test_it_is_recognised_by_its_shape():
    fields = brush_fields(brush_type().fields)
    assert fields is not None
    assert (fields.picture, fields.still, fields.areas) == (
        "image_url", "static_mask_url", "dynamic_masks",
    )  # fmt: skip
    assert (fields.mask, fields.path, fields.most_areas) == ("mask_url", "trajectories", 6)


def test_other_lists_are_no_brush():
    one = {"type": "object", "properties": {"x": {"type": "integer"}}}
    points = {"type": "array", "items": one}
    mask = {"type": "string", "_fal_ui_field": "image_mask"}
    area = {"type": "object", "properties": {"mask_url": mask, "points": points}}
    shapes = {"picks": {"type": "array", "items": area}}
    assert brush_fields(a_type({"image_url": {"type": "string"}, **shapes}).fields) is None
    assert brush_fields(a_type({"mask_url": mask, "image_url": {"type": "string"}}).fields) is None
    no_picture = brush_type().fields[2:]
    assert brush_fields([one for one in no_picture if one.name != "image_url"]) is None


def test_points_count_from_the_bottom_left():
    size = (100, 50)
    path = ((0.0, 0.0), (99.9, 0.0), (99.9, 49.9), (10.2, 20.7), (0.0, 49.9))
    assert trajectory(path, size) == [
        {"x": 0, "y": 49}, {"x": 99, "y": 49}, {"x": 99, "y": 0}, {"x": 10, "y": 29},
        {"x": 0, "y": 0},
    ]  # fmt: skip


@given(lines, _sizes)
def test_points_are_whole_and_inside_the_picture(path, size):
    for point in trajectory(path, size):
        assert type(point["x"]) is int
        assert type(point["y"]) is int
        assert 0 <= point["x"] < size[0]
        assert 0 <= point["y"] < size[1]


@given(lines, _sizes)
def test_no_point_stands_twice_in_a_row_and_the_order_is_kept(path, size):
    found = trajectory(path, size)
    assert all(one != other for one, other in itertools.pairwise(found))
    assert found[0] == trajectory(path[:1], size)[0]
    assert found[-1] == trajectory(path[-1:], size)[0]


def test_values_are_the_plain_input_of_the_model():
    fields = brush_fields(brush_type().fields)
    way = ((10.0, 10.0), (20.0, 30.0))
    painting = bare((100, 80))
    for number in (0, 1, 2, 3):
        painting = painting.with_area(Area(number=number, marks=_DOT, path=way if number else ()))
    found = values_of(fields, painting, {0: "media://s", 1: "media://a", 3: "media://c"})
    points = [{"x": 10, "y": 69}, {"x": 20, "y": 49}]
    assert found == {
        "static_mask_url": "media://s",
        "dynamic_masks": [
            {"mask_url": "media://a", "trajectories": points},
            {"mask_url": "media://c", "trajectories": points},
        ],
    }
    assert values_of(fields, bare(), {}) == {}


def test_the_painting_itself_is_never_posted():
    picture = "https://a.example/b.png"
    values = {"prompt": "A fox.", "image_url": picture, PAINTING: bare().to_json()}
    assert PAINTING not in body_of(brush_type(), values)
