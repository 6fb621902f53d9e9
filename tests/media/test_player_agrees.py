"""The frame that is found for a time is the one that the player of the window shows then."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

from kling_desktop.media.frames import Frames
from tests.helpers import media_zoo as zoo


def number_on(sink):
    shown = sink.videoFrame().toImage()
    if shown.isNull():
        return None
    shown = shown.convertToFormat(shown.Format.Format_RGB888)
    size = (shown.width(), shown.height())
    data = bytes(shown.constBits())
    return zoo.number_in(Image.frombytes("RGB", size, data, "raw", "RGB", shown.bytesPerLine(), 1))


@pytest.mark.qt_log_ignore("No RHI backend")
@pytest.mark.parametrize(
    "plan",
    [
        zoo.ClipPlan(),
        zoo.ClipPlan(gop=250, first_pts=7),
        zoo.ClipPlan(rate=Fraction(30), b_frames=0, sound=True),
    ],
)
def test_player_and_frames_agree(qtbot, tmp_path, plan):
    path = zoo.numbered_clip(tmp_path / "a.mp4", plan)
    player, sink = QMediaPlayer(), QVideoSink()
    player.setVideoSink(sink)
    player.setSource(QUrl.fromLocalFile(str(path)))
    player.pause()
    qtbot.waitUntil(lambda: number_on(sink) == 0)

    with Frames(path) as frames:
        for index in (1, 29, 30, 12, 58, 59, 3):
            position = round(frames.middle_of(index) * 1000)
            player.setPosition(position)
            qtbot.waitUntil(lambda index=index: number_on(sink) == index)
            assert frames.index_at(position / 1000) == index
    player.stop()
    player.setSource(QUrl())
