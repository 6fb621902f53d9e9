"""Frames keep color, place and direction on their way to the screen."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image, ImageStat
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from kling_desktop.media.frames import Frames
from kling_desktop.ui.player.fitted_size import fitted_size
from kling_desktop.ui.player.fitting import Scaler, raw_of_exact
from tests.helpers import media_zoo as zoo
from tests.helpers.stage import clip_of


def as_picture(image):
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (flat.width(), flat.height())
    return Image.frombytes(
        "RGB", size, bytes(flat.constBits()), "raw", "RGB", flat.bytesPerLine(), 1
    )


@pytest.mark.parametrize(
    ("source", "room"),
    list(itertools.product([(320, 192), (100, 300), (1, 1)], [(640, 640), (33, 7)])),
)
def test_fits_and_keeps_its_shape(source, room):
    size = fitted_size(QSize(*source), QSize(*room))
    assert size.width() <= room[0]
    assert size.height() <= room[1]
    assert size.width() == room[0] or size.height() == room[1]


@pytest.mark.parametrize("size", [(320, 192), (322, 194), (336, 190)])
def test_played_and_exact_frames_look_alike(qtbot, watched, tmp_path, size):
    plan = zoo.ClipPlan(frames=2, size=size, rotation=0)
    path = zoo.numbered_clip(tmp_path / "a.mp4", plan)
    watched.stage.show_clip(clip_of(path, plan), [], play=False)
    watched.wait_number(0)
    played = as_picture(watched.stage.canvas.image)
    with Frames(path) as frames:
        exact = Scaler().drawn(raw_of_exact(frames.frame(0)), watched.stage.canvas.room())
    assert zoo.difference(played, as_picture(exact)) < 3
    assert ImageStat.Stat(played).stddev[0] > 10


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_clip_is_upright(qtbot, watched, tmp_path, rotation):
    plan = zoo.ClipPlan(frames=4, rotation=rotation)
    path = zoo.numbered_clip(tmp_path / "a.mp4", plan)
    shown = []
    watched.stage._fitter.fitted.connect(lambda fitted: shown.append(fitted.image.copy()))
    watched.stage.show_clip(clip_of(path, plan), [], play=False)
    qtbot.waitUntil(lambda: bool(shown))
    watched.wait_open()
    shown.clear()
    watched.stage.go_to(0)
    qtbot.waitUntil(lambda: bool(shown))
    exact = as_picture(shown[-1])
    shown.clear()
    watched.stage.show_clip(clip_of(path, plan, clip_id="again"), [], play=False)
    qtbot.waitUntil(lambda: bool(shown))
    assert zoo.difference(as_picture(shown[0]), exact) < 3


def test_a_see_through_picture_keeps_what_is_behind(qtbot):
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    drawn = Scaler().drawn(image, QSize(16, 16))
    assert drawn.hasAlphaChannel()
    assert drawn.size() == QSize(16, 16)
