"""Elements, shots and pictures in their order: dragged, moved by keys, and summed up."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from kling_desktop.catalog.problems import TEXT_TOO_LONG
from kling_desktop.ui.form.parts.grip import Grip, landed
from tests.helpers.catalog import bundled
from tests.helpers.form import ref

CATALOG = bundled()


@pytest.fixture
def shots(form):
    form.set_request_type(CATALOG.request_type("ImageToVideoV3ProRequest"))
    form.set_more_open(True)
    return form._rows.by_name()["multi_prompt"].editor


def parts(*prompts):
    return [{"prompt": one} for one in prompts]


def drag(qtbot, grip, height):
    start = grip.rect().center()
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(grip, QPoint(start.x(), height // 2))
    qtbot.mouseMove(grip, QPoint(start.x(), height))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(start.x(), height))


def settle():
    for _ in range(3):
        QApplication.processEvents()


def test_the_seconds_of_all_shots_are_summed_up(form, shots):
    form.set_values({"multi_prompt": [{"prompt": "a"}, {"prompt": "b", "duration": "3"}]})
    assert shots.total() == 8
    assert shots.secondary().endswith("8 of 15 s")
    assert not shots.secondary_is_alarm()
    form.set_values({"multi_prompt": [{"duration": "15"}, {"duration": "1"}]})
    assert shots.secondary().endswith("16 of 15 s")
    assert shots.secondary_is_alarm()
    form.set_values({"multi_prompt": ["odd", {"duration": None}, {"duration": True}]})
    assert shots.total() == 5


def test_a_shot_is_dragged_to_its_place_in_one_step(qtbot, form, shots):
    form.set_values({"multi_prompt": parts("a", "b", "c")})
    settle()
    first, last = shots.items()[0], shots.items()[-1]
    below = last.mapToGlobal(last.rect().bottomLeft()) - first.grip.mapToGlobal(QPoint(0, 0))
    drag(qtbot, first.grip, below.y())
    assert form.values()["multi_prompt"] == parts("b", "c", "a")
    form.undo_stack.undo()
    assert form.values()["multi_prompt"] == parts("a", "b", "c")


def test_escape_lets_it_stay(qtbot, form, shots):
    form.set_values({"multi_prompt": parts("a", "b")})
    settle()
    grip = shots.items()[0].grip
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    qtbot.mouseMove(grip, QPoint(4, 100))
    qtbot.mouseMove(grip, QPoint(4, 900))
    qtbot.keyClick(grip, Qt.Key.Key_Escape)
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(4, 900))
    assert form.values()["multi_prompt"] == parts("a", "b")


def test_pictures_are_dragged_too(qtbot, form):
    form.set_request_type(CATALOG.request_type("MultiImageToVideoRequest"))
    pictures = [ref(1), ref(2), ref(3)]
    form.set_values({"input_image_urls": pictures})
    settle()
    column = form._rows.by_name()["input_image_urls"].editor.slots()
    grip = column.slot_at(2).findChild(Grip)
    above = column.mapToGlobal(QPoint(0, 1)) - grip.mapToGlobal(QPoint(0, 0))
    drag(qtbot, grip, above.y())
    assert form.values()["input_image_urls"] == [ref(3), ref(1), ref(2)]
    form.undo_stack.undo()
    assert form.values()["input_image_urls"] == pictures


def test_a_problem_stands_at_its_part(form, shots):
    form.set_values({"multi_prompt": parts("a", "b")})
    problem = TEXT_TOO_LONG("multi_prompt", 1, "prompt", field="Prompt", count=9, most=8, over=1)
    assert form.show_problems([problem]) == ()
    rows = shots.items()[1].editor.rows()
    assert [one.code for one in rows[0].problems()] == [problem.code]
    assert shots.items()[0].editor.rows()[0].problems() == ()


@pytest.mark.parametrize(("place", "gap", "new"), [(0, 0, 0), (0, 1, 0), (0, 3, 2), (2, 0, 0)])
def test_where_it_lands(place, gap, new):
    assert landed(place, gap) == new
