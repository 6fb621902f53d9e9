"""What only a real display shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from tests.helpers.stage import clip_of

pytestmark = pytest.mark.screen


def test_what_is_on_the_screen_is_the_frame(qtbot, watched, clips, slow):
    from tests.helpers.stage import number_on

    stage = watched.stage
    stage.show_clip(clip_of(clips(slow), slow), [], play=False)
    watched.wait_number(0)
    for index in (3, 7, 1):
        stage.go_to(index)
        watched.wait_number(index)

        def seen():
            place = stage.canvas.picture_rect().toRect()
            corner = stage.canvas.mapTo(stage.window(), place.topLeft())
            shot = stage.screen().grabWindow(stage.winId(), corner.x(), corner.y(),
                                             place.width(), place.height())  # fmt: skip
            return number_on(shot.toImage())

        qtbot.waitUntil(lambda want=index: seen() == want)


def test_the_window_answers_while_a_clip_plays(qtbot, watched, clips, slow):
    assert QGuiApplication.platformName() != "offscreen"
    watched.stage.show_clip(clip_of(clips(slow), slow), [])
    watched.wait_number(1)
    ticks = []
    timer = QTimer(interval=16)
    timer.timeout.connect(lambda: ticks.append(True))
    timer.start()
    qtbot.wait(800)
    assert len(ticks) > 10
