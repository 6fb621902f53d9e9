"""Clips that do not play, clips without a picture, pictures that do not move."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from kling_desktop.records.media import MediaKind
from tests.helpers import media_zoo as zoo
from tests.helpers.stage import clip_of

OFFER = "Open in another program"


def offer_on(stage):
    buttons = stage.canvas.findChildren(QPushButton)
    return [button.text() for button in buttons if button.isVisible()]


@pytest.fixture
def av1(tmp_path):
    """A clip that Qt's player takes and shows nothing of."""
    plan = zoo.ClipPlan(codec="libsvtav1", frames=24)
    return clip_of(zoo.numbered_clip(tmp_path / "new.mp4", plan), plan)


def test_a_clip_the_player_cannot_decode_can_be_stepped_through(qtbot, watched, av1):
    stage, asked = watched.stage, []
    stage.open_elsewhere_wished.connect(asked.append)
    stage.show_clip(av1, [])
    qtbot.waitUntil(lambda: "does not play here" in stage.words, timeout=9000)
    watched.wait_number(0)
    stage.step(5)
    watched.wait_number(5)
    assert stage.is_idle
    assert offer_on(stage) == [OFFER]
    stage.canvas.findChild(QPushButton).click()
    assert asked == [av1]
    stage.toggle()
    assert stage.is_idle
    assert "does not play here" in stage.canvas.accessibleDescription()


def test_the_poster_stays_where_nothing_comes(qtbot, watched, av1):
    poster = QImage(64, 64, QImage.Format.Format_RGB32)
    poster.fill(0x336699)
    watched.stage.show_clip(av1, [], poster=poster)
    assert not watched.stage.canvas.image.isNull()
    qtbot.waitUntil(lambda: "does not play here" in watched.stage.words, timeout=9000)
    assert not watched.stage.canvas.image.isNull()


@pytest.mark.parametrize("share", [0.0, 0.02, 0.6])
def test_a_torn_file_is_named_so(qtbot, watched, clips, slow, tmp_path, share):
    whole = clips(slow)
    watched.stage.show_clip(clip_of(whole, slow), [])
    watched.wait_number(1)
    torn = tmp_path / "torn.mp4"
    data = whole.read_bytes()
    torn.write_bytes(data[: int(len(data) * share)])
    moving = []
    watched.stage.moving_changed.connect(moving.append)
    watched.stage.show_clip(clip_of(torn, slow), [])
    qtbot.waitUntil(lambda: "damaged" in watched.stage.words, timeout=9000)
    assert offer_on(watched.stage) == [OFFER]
    assert watched.stage.canvas.image.isNull(), "the picture of the clip before"
    assert moving[-1] is False
    watched.stage.go_to(3)
    watched.stage.toggle()
    assert watched.stage.is_idle


def test_a_good_clip_after_a_bad_one(qtbot, watched, clips, slow, tmp_path):
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(b"")
    watched.stage.show_clip(clip_of(torn, slow), [])
    qtbot.waitUntil(lambda: "damaged" in watched.stage.words, timeout=9000)
    watched.stage.show_clip(clip_of(clips(slow), slow), [])
    watched.wait_number(2)
    assert watched.stage.words == ""


def test_sound_alone_counts_in_seconds(qtbot, watched, tmp_path):
    path = zoo.sound_only(tmp_path / "hum.m4a", 2.0)
    stage = watched.stage
    stage.set_loop(loop=False)
    stage.show_clip(clip_of(path, kind=MediaKind.AUDIO, frames=None), [])
    assert stage.words == "Sound only"
    qtbot.waitUntil(lambda: stage.transport.scrubber.maximum() >= 19, timeout=5000)
    qtbot.waitUntil(lambda: stage.frame >= 2, timeout=5000)
    assert "frame" not in stage.transport.time_text()
    stage.go_to(12)
    assert stage.is_idle
    assert stage.transport.time_text() == "0:01.2"
    stage.toggle()
    qtbot.waitUntil(lambda: stage.is_idle, timeout=5000)
    assert stage.frame >= 19


def test_a_picture_is_shown_and_does_not_play(qtbot, watched, tmp_path):
    path = zoo.camera_jpeg(tmp_path / "turned.jpg", orientation=6)
    moving = []
    watched.stage.moving_changed.connect(moving.append)
    watched.stage.show_clip(clip_of(path, kind=MediaKind.IMAGE), [])
    canvas = watched.stage.canvas
    qtbot.waitUntil(lambda: not canvas.image.isNull())
    assert canvas.image.width() > canvas.image.height(), "upright"
    assert moving[-1] is False
    watched.stage.toggle()
    watched.stage.step(1)


def test_a_picture_that_is_none(qtbot, watched, tmp_path):
    path = tmp_path / "none.png"
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    watched.stage.show_clip(clip_of(path, kind=MediaKind.IMAGE), [])
    qtbot.waitUntil(lambda: "damaged" in watched.stage.words)
    path.unlink()
    watched.stage.show_clip(clip_of(path, kind=MediaKind.IMAGE), [])
    qtbot.waitUntil(lambda: "not where it was saved" in watched.stage.words)


def test_another_sort_of_file_is_offered_elsewhere(watched, tmp_path):
    path = tmp_path / "voice.bin"
    path.write_bytes(b"x")
    watched.stage.show_clip(clip_of(path, kind=MediaKind.FILE), [])
    assert watched.stage.clip is not None
    assert offer_on(watched.stage) == [OFFER]


_PLAY = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from tests.helpers.stage import clip_of
from kling_desktop.ui.actions import Actions
from kling_desktop.ui.player.stage import Stage
app = QApplication([])
stage = Stage(Actions())
stage.resize(400, 300)
stage.show()
for path in sys.argv[1:]:
    stage.show_clip(clip_of(Path(path)), [])
    QTest.qWait(900)
stage.close_player()
"""


@pytest.mark.slow
def test_nothing_of_the_decoder_reaches_standard_error(clips, tmp_path, av1):
    whole = clips(zoo.ClipPlan(sound=True))
    damaged = tmp_path / "damaged.mp4"
    data = bytearray(whole.read_bytes())
    for place in range(9000, len(data) - 3000, 97):
        data[place] ^= 0x5A
    damaged.write_bytes(data)
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(data[:3000])
    paths = [str(path) for path in (whole, damaged, torn, av1.path)]
    environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ":".join(sys.path)}
    ended = subprocess.run(
        [sys.executable, "-c", _PLAY, *paths],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    noise = [line for line in ended.stderr.splitlines() if "propagateSizeHints" not in line]
    assert noise == []
