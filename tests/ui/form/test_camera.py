"""Camera moves: the way of the camera in numbers, and two editors that give way to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from kling_desktop.ui.form.camera.drawing import CameraDrawing
from kling_desktop.ui.form.camera.moves import AXES, PRESETS, Pose, pose_at
from kling_desktop.ui.theme import CALM
from tests.helpers.catalog import bundled

AHEAD = (0.0, 0.0, 5.0)
SIDE = (1.0, 0.0, 5.0)
PRESET, AXIS = "camera_control", "advanced_camera_control"


def seen(move, point=AHEAD):
    pose = pose_at(move, 1.0)
    return pose.spot(pose.sees(point))


@pytest.mark.parametrize(
    ("axis", "across", "up"),
    [("horizontal", -1, 0), ("vertical", 0, -1), ("tilt", -1, 0), ("pan", 0, -1)],
)
def test_what_is_ahead_goes_the_other_way(axis, across, up):
    for sign in (1, -1):
        x, y = seen(({axis: sign},))
        assert (round(x, 9) > 0) - (round(x, 9) < 0) == across * sign
        assert (round(y, 9) > 0) - (round(y, 9) < 0) == up * sign


def test_wider_makes_things_smaller_and_clockwise_turns_them_back():
    assert seen(({"zoom": 1.0},), SIDE)[0] < seen((), SIDE)[0] < seen(({"zoom": -1.0},), SIDE)[0]
    assert seen(({"roll": 1.0},), SIDE)[1] > 0 > seen(({"roll": -1.0},), SIDE)[1]


def test_a_preset_with_two_legs_takes_them_one_after_the_other():
    move = PRESETS["right_turn_forward"]
    turned = pose_at(move, 0.5)
    assert turned.turned_right > 0
    assert turned.forward == 0
    arrived = pose_at(move, 1.0)
    assert arrived.turned_right == turned.turned_right
    assert arrived.forward > 0
    assert arrived.right > 0


@given(
    st.dictionaries(st.sampled_from(sorted(AXES)), st.floats(-1, 1)),
    st.floats(0, 1),
    st.tuples(*[st.floats(-50, 50)] * 3),
    st.tuples(*[st.floats(-50, 50)] * 3),
)
def test_any_line_is_drawn_or_left_out(leg, moment, start, end):
    found = pose_at((leg,), moment).line(start, end)
    assert found is None or all(abs(one) < 1e4 for spot in found for one in spot)


def test_nothing_moves_without_a_move():
    assert pose_at((), 0.7) == Pose()


@pytest.fixture
def camera(form):
    form.set_request_type(bundled().request_type("V1TextToVideoRequest"))
    form.set_more_open(True)
    QApplication.processEvents()
    return form


def editor(form, name):
    return form._rows.by_name()[name].editor


def button(form, text):
    return next(one for one in form.findChildren(QToolButton) if one.text() == text)


def test_a_preset_takes_the_place_of_an_axis_in_one_step(camera):
    camera.set_values({AXIS: {"movement_type": "pan", "movement_value": 5}})
    assert "Camera axis" in camera._rows.by_name()[PRESET]._note.text()
    button(camera, "Down and back").click()
    assert camera.values() == {PRESET: "down_back"}
    assert "Camera move" in camera._rows.by_name()[AXIS]._note.text()
    camera.undo_stack.undo()
    assert camera.values() == {AXIS: {"movement_type": "pan", "movement_value": 5}}
    camera.undo_stack.redo()
    assert camera.values() == {PRESET: "down_back"}
    assert not camera.undo_stack.canRedo()


def test_an_axis_takes_the_place_of_a_preset(camera, qtbot):
    camera.set_values({PRESET: "forward_up"})
    qtbot.mouseClick(editor(camera, AXIS).focus_target(), Qt.MouseButton.LeftButton)
    assert camera.values() == {AXIS: {"movement_type": "horizontal", "movement_value": 5}}
    assert editor(camera, AXIS).drawing().move_shown() == ({"horizontal": 0.5},)
    button(camera, "Zoom").click()
    assert editor(camera, AXIS).drawing().move_shown() == ({"zoom": 0.5},)


def test_dragging_right_after_a_preset_is_undone_with_both(camera):
    camera.set_values({PRESET: "forward_up"})
    editor(camera, AXIS)._on_add()
    rows = {row.title: row for row in editor(camera, AXIS).rows()}
    for number in (6, 7, 8):
        rows["How far"].editor._take(number)
    assert camera.values() == {AXIS: {"movement_type": "horizontal", "movement_value": 8}}
    while camera.undo_stack.canUndo():
        camera.undo_stack.undo()
    assert camera.values() == {PRESET: "forward_up"}
    while camera.undo_stack.canRedo():
        camera.undo_stack.redo()
    assert camera.values() == {AXIS: {"movement_type": "horizontal", "movement_value": 8}}


def test_none_takes_the_preset_back(camera):
    camera.set_values({PRESET: "forward_up"})
    button(camera, "None").click()
    assert camera.values() == {}
    camera.set_values({PRESET: "from a newer version"})
    assert camera.values() == {PRESET: "from a newer version"}


def test_the_mouse_over_a_choice_shows_it_without_choosing(camera):
    over = button(camera, "Forward and up")
    QApplication.sendEvent(over, QEvent(QEvent.Type.Enter))
    assert editor(camera, PRESET).drawing.move_shown() == PRESETS["forward_up"]
    QApplication.sendEvent(over, QEvent(QEvent.Type.Leave))
    assert editor(camera, PRESET).drawing.move_shown() == ()
    assert camera.values() == {}


def test_where_movement_is_not_wanted_the_drawing_stands_still(qtbot, qapp):
    drawing = CameraDrawing()
    qtbot.addWidget(drawing)
    drawing.show()
    qtbot.waitExposed(drawing)
    qapp.setProperty(CALM, True)
    drawing.show_move(PRESETS["down_back"])
    assert not drawing.is_moving()
    qapp.setProperty(CALM, False)
    drawing.show_move(PRESETS["forward_up"])
    assert drawing.is_moving()
    assert not drawing.grab().isNull()
    drawing.hide()
    assert not drawing.is_moving()
