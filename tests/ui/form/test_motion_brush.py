"""The motion brush in the form: one row for all that a painting fills, and its problems."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from kling_desktop.catalog.problems import NOT_A_PICTURE
from kling_desktop.catalog.relation_problems import ONLY_WHEN
from kling_desktop.records.painting import PAINTING, STILL, Area, Stroke
from kling_desktop.ui.form.brush_wish import BrushWish
from kling_desktop.ui.form.editors.motion_brush import MotionBrushEditor
from tests.helpers.brush import NAME, bare, brush_type

PICTURE = f"media://{NAME}"
MASK = f"media://{'c' * 64}.png"
DOT = (Stroke(((9.0, 9.0),), 5.0),)
WAY = ((1.0, 1.0), (9.0, 9.0))


@pytest.fixture
def brush(form):
    form.set_request_type(brush_type())
    form.set_values({"image_url": PICTURE})
    return form.findChild(MotionBrushEditor)


def show(form, painting, **more):
    areas = [{"mask_url": MASK, "trajectories": [{"x": 1, "y": 1}, {"x": 2, "y": 2}]}]
    values = {"image_url": PICTURE, "dynamic_masks": areas, PAINTING: painting.to_json(), **more}
    form.set_values(values)


def button(editor, text):
    found = [one for one in editor.findChildren(QPushButton) if one.text() == text]
    return next(one for one in found if not one.isHidden())


def wishes(form):
    heard = []
    form.brush_wanted.connect(heard.append)
    return heard


def test_one_row_stands_for_the_masks(form, brush):
    assert brush is not None
    assert len(form.findChildren(MotionBrushEditor)) == 1
    assert "static_mask_url" in form._rows.names()
    assert "static_mask_url" not in form._rows.by_name()
    assert brush.words() == "Nothing is painted yet."


def test_it_says_what_was_painted(form, brush):
    painting = bare().with_area(Area(number=1, marks=DOT, path=WAY))
    painting = painting.with_area(Area(number=2, marks=DOT, path=WAY))
    show(form, painting)
    assert brush.words() == "2 areas, 2 paths"
    assert form.own_problems() == ()
    show(form, painting.without(2).with_area(Area(number=STILL, marks=DOT)))
    assert brush.words() == "1 area, 1 path, holds still"


def test_it_asks_for_the_brush(form, brush):
    heard = wishes(form)
    button(brush, "Paint…").click()
    show(form, bare().with_area(Area(number=1, marks=DOT, path=WAY)))
    button(brush, "Remove the painting").click()
    assert heard == [BrushWish.OPEN, BrushWish.DROP]


def test_without_a_picture_there_is_nothing_to_paint_on(form, brush):
    form.set_values({"prompt": "A fox."})
    assert brush.words() == "Choose a start picture first."
    assert not button(brush, "Paint…").isEnabled()
    form.set_values({"image_url": "https://a.example/fox.png"})
    assert "on this computer" in brush.words()
    assert not button(brush, "Paint…").isEnabled()


def test_another_picture_asks_what_becomes_of_the_painting(form, brush):
    painting = bare().with_area(Area(number=1, marks=DOT, path=WAY))
    show(form, painting, image_url=f"media://{'b' * 64}.png")
    assert [one.code for one in form.own_problems()] == ["brush_other_picture"]
    assert form.own_problems()[0].loc == ("dynamic_masks",)
    heard = wishes(form)
    button(brush, "Keep it, scaled").click()
    button(brush, "Drop it").click()
    assert heard == [BrushWish.KEEP, BrushWish.DROP]


@pytest.mark.parametrize(
    ("area", "code"),
    [
        (Area(number=1, name="Tail", marks=DOT), "brush_area_without_path"),
        (Area(number=1, name="Tail", path=WAY), "brush_area_without_paint"),
    ],
)
def test_half_an_area_is_told_by_its_name(form, brush, area, code):
    show(form, bare().with_area(area))
    (problem,) = form.own_problems()
    assert problem.code == code
    assert "Tail" in problem.said()


def test_masks_from_elsewhere_are_not_touched(form, brush):
    values = {"image_url": PICTURE, "dynamic_masks": [{"mask_url": "https://a.example/m.png"}]}
    form.set_values(values)
    assert brush.words() == "Masks from elsewhere. Painting begins anew."
    assert form.values() == values
    assert form.own_problems() == ()


def test_problems_of_every_part_stand_at_the_one_row(form, brush):
    problems = (
        NOT_A_PICTURE("static_mask_url", field="Mask"),
        ONLY_WHEN("dynamic_masks", field="Motion brush", other="Length", value="5 s"),
    )
    assert form.show_problems(problems) == ()
    row = form._rows.by_name()["dynamic_masks"]
    assert {one.code for one in row.problems()} == {one.code for one in problems}
    assert form.focus_problem()


def test_other_lists_of_masks_keep_their_plain_editor(form):
    form.set_request_type(brush_type(image_url={"type": "integer"}))
    assert form.findChild(MotionBrushEditor) is None
    assert "static_mask_url" in form._rows.by_name()
