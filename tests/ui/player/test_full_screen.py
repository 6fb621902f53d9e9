"""The clip on the whole screen, and the way back."""

from __future__ import annotations

from itertools import count

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kling_desktop.ui.action_list import Needs
from kling_desktop.ui.player.full_screen import FullScreen
from tests.helpers.stage import clip_of

REST = 120


@pytest.fixture
def screen(qtbot, watched, clips, slow):
    stage = watched.stage
    for need in Needs:
        watched.actions.allow(need, there=True)
    stage.show_clip(clip_of(clips(slow), slow), [], play=False)
    watched.wait_number(0)
    made = FullScreen(stage, list(watched.actions), rest=REST)
    made.showFullScreen()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.left = []
    made.closed.connect(lambda: made.left.append(True))
    return made


def test_the_canvas_goes_and_comes_back(qtbot, watched, screen):
    stage = watched.stage
    assert stage.canvas.window() is screen
    assert stage.canvas.size() == screen.size()
    with qtbot.waitSignal(screen.closed):
        QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert stage.canvas.window() is stage.window()
    assert stage.layout().indexOf(stage.canvas) == 0
    watched.wait_number(0)


def test_keys_work(qtbot, watched, screen):
    watched.actions.step_forward.triggered.connect(lambda: watched.stage.step(1))
    left = []
    watched.actions.full_screen.triggered.connect(lambda: left.append(True))
    QTest.keyClick(screen, Qt.Key.Key_Right)
    watched.wait_number(1)
    assert screen.transport.time_text().endswith("frame 1")
    QTest.keyClick(screen, Qt.Key.Key_F)
    assert left == [True]
    screen.close()


def test_mouse_and_bar_rest_and_wake(qtbot, watched, screen):
    canvas = watched.stage.canvas
    QTest.mouseMove(screen.windowHandle(), QPoint(30, 30))
    assert screen.transport.isVisible()
    qtbot.waitUntil(lambda: not screen.transport.isVisible())
    assert canvas.cursor().shape() is Qt.CursorShape.BlankCursor
    steps = count()

    def wakes():
        # On a busy machine it may be at rest again before anybody looked.
        QTest.mouseMove(screen.windowHandle(), QPoint(40 + next(steps) % 2, 60))
        return screen.transport.isVisible()

    qtbot.waitUntil(wakes)
    assert canvas.cursor().shape() is Qt.CursorShape.ArrowCursor
    screen.close()


def test_the_bar_stays_while_it_has_the_focus(qtbot, screen):
    screen.transport.scrubber.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.wait(3 * REST)
    assert screen.transport.isVisible()
    screen.close()


def test_double_click_asks_and_leaves_playing_as_it_was(qtbot, watched, screen):
    asked = []
    watched.stage.canvas.double_clicked.connect(lambda: asked.append(True))
    before = watched.stage.is_idle
    QTest.mouseClick(watched.stage.canvas, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(watched.stage.canvas, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(watched.stage.canvas, Qt.MouseButton.LeftButton)
    assert asked == [True]
    assert watched.stage.is_idle == before
    screen.close()


def test_closing_twice_and_closing_the_program(qtbot, watched, screen):
    screen.close()
    screen.close()
    assert screen.left == [True]
    watched.stage.window().close()


def test_the_program_goes_while_the_screen_is_full(qtbot, watched, screen):
    watched.stage.close_player()
    watched.stage.window().close()
    screen.close()
    assert screen.left == [True]


def test_another_clip_in_full_screen(qtbot, watched, screen, clips, slow):
    watched.stage.show_clip(clip_of(clips(slow), slow, title="Another"), [], play=False)
    assert not watched.stage._headline.isVisible()
    screen.close()
    assert watched.stage._headline.isVisible()
