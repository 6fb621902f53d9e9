import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QSplitter

from kling_desktop.ui.actions import Actions
from kling_desktop.ui.main_window import MainWindow, Panels
from kling_desktop.ui.window_memory import WindowMemory, first_place, fitted, parsed
from tests.helpers.shell import Shell

WIDE, SMALL = (1440, 900), (1024, 600)


def test_closing_asks_first(shell, qtbot):
    shell.show(qtbot)
    with qtbot.waitSignal(shell.window.close_asked):
        shell.window.close()
    assert shell.window.isVisible()
    shell.window.allow_close()
    assert not shell.window.isVisible()


def test_the_queue_folds_to_its_rail_where_the_window_is_narrow(shell, qtbot):
    shell.show(qtbot, *WIDE)
    assert shell.queue.isVisible()
    assert not shell.rail.isVisible()
    with qtbot.waitSignal(shell.window.folded_changed) as told:
        shell.window.resize(*SMALL)
    assert told.args == [True]
    assert shell.rail.isVisible()
    assert not shell.queue.isVisible()
    shell.window.unfold_queue()
    assert shell.queue.isVisible()
    assert shell.queue.width() >= 300
    shell.window.fold_queue()
    assert shell.window.is_folded
    shell.window.resize(*WIDE)
    assert shell.queue.isVisible()


def test_at_the_smallest_everything_has_its_room(shell, qtbot):
    shell.show(qtbot, *SMALL)
    assert shell.window.size().toTuple() == SMALL
    assert shell.make.width() >= 320
    button = shell.make.order_bar.button
    foot = button.mapTo(shell.window, button.rect().bottomLeft()).y()
    assert foot < 600
    assert shell.window.is_low
    shell.window.unfold_queue()
    assert shell.window.width() == 1024
    assert shell.stage.width() > 300


@pytest.mark.parametrize("size", [SMALL, WIDE, (3840, 2160)])
def test_the_middle_gets_what_is_left(shell, qtbot, size):
    shell.show(qtbot, *size)
    assert shell.stage.width() > 0.5 * size[0]


def test_low_windows_leave_one_row_to_the_library(shell, qtbot):
    shell.show(qtbot, *WIDE)
    tall = shell.library.height()
    with qtbot.waitSignal(shell.window.low_changed) as told:
        shell.window.resize(1440, 620)
    assert told.args == [True]
    assert shell.library.height() < tall


def test_columns_hide_and_come_back(shell, qtbot):
    shell.show(qtbot)
    for name, panel in (
        ("show_make", shell.make),
        ("show_library", shell.library),
        ("show_queue", shell.queue),
    ):
        action = shell.actions.named(name)
        action.trigger()
        assert not panel.isVisible(), name
        action.trigger()
        assert panel.isVisible(), name


def test_state_comes_back_in_another_window(shell, qtbot, tmp_path):
    shell.show(qtbot)
    shell.actions.show_library.trigger()
    shell.window.fold_queue()
    memory = WindowMemory(tmp_path / "window.ini")
    memory.keep(shell.window)
    before = shell.window.save_state()
    other = Shell(qtbot)
    assert WindowMemory(tmp_path / "window.ini").bring_back(other.window)
    assert other.window.is_folded
    assert not other.actions.show_library.isChecked()
    after = other.window.save_state()
    assert (after["hidden"], after["unfold"]) == (before["hidden"], before["unfold"])


def _columns(shell):
    return next(
        one
        for one in shell.window.findChildren(QSplitter)
        if one.orientation() is Qt.Orientation.Horizontal
    )


def test_what_was_dragged_comes_back_for_each_kind_of_room(shell, qtbot):
    shell.show(qtbot)
    _columns(shell).moveSplitter(450, 1)
    assert abs(shell.make.width() - 450) < 3
    shell.window.resize(*SMALL)
    assert abs(shell.make.width() - 320) < 3
    shell.window.resize(*WIDE)
    assert abs(shell.make.width() - 450) < 3
    state = json.loads(json.dumps(shell.window.save_state()))
    other = Shell(qtbot)
    other.window.restore_state(state)
    other.show(qtbot)
    assert abs(other.make.width() - 450) < 3


def test_the_default_layout_can_be_had_again(shell, qtbot):
    shell.show(qtbot)
    shell.actions.show_make.trigger()
    shell.window.fold_queue()
    shell.actions.restore_layout.trigger()
    assert shell.make.isVisible()
    assert shell.queue.isVisible()
    assert abs(shell.make.width() - 372) < 5


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 99}', "null"])
def test_a_memory_that_does_not_fit_is_left(shell, text):
    assert parsed(text) is None


def test_nothing_kept_is_said(shell, tmp_path):
    assert not WindowMemory(tmp_path / "none.ini").bring_back(shell.window)


def test_without_a_rail_the_queue_never_folds(qtbot, shell):
    parts = Shell(qtbot)
    panels = Panels(
        make=parts.make,
        stage=parts.stage,
        library=parts.library,
        queue=parts.queue,
        status=parts.status,
    )
    window = MainWindow()
    window.furnish(panels, Actions(parts.window))
    qtbot.addWidget(window, before_close_func=lambda one: one.allow_close())
    window.resize(*SMALL)
    window.show()
    assert not window.is_folded


def test_the_project_is_named_in_the_window(shell, qtbot):
    shell.window.show_project("Window seat")
    with qtbot.waitSignal(shell.window.project_asked):
        shell.window._project.click()
    assert shell.window._project.text() == "Window seat"


SIDES = st.integers(-3000, 3000)
LENGTHS = st.integers(800, 4000)


@given(x=SIDES, y=SIDES, width=LENGTHS, height=LENGTHS)
def test_a_window_always_comes_up_where_it_can_be_reached(x, y, width, height):
    screens = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]
    placed = fitted(QRect(x, y, width, height), screens)
    seen = max(
        (placed.intersected(screen) for screen in screens), key=lambda r: r.width() * r.height()
    )
    assert 4 * seen.width() * seen.height() >= placed.width() * placed.height()
    assert seen.top() == placed.top()
    assert placed.width() <= 1920


def test_a_window_in_sight_stays_where_it_is():
    place = QRect(100, 100, 1200, 800)
    assert fitted(place, [QRect(0, 0, 1920, 1080)]) == place


@pytest.mark.parametrize("size", [SMALL, (1920, 1080), (3840, 2160)])
def test_the_first_place_is_on_the_screen(size):
    screen = QRect(0, 0, *size)
    assert screen.contains(first_place(screen))
