"""Small pictures of everything that can be shown."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from kling_desktop.media.posters import poster, thumbnail
from kling_desktop.media.problems import MediaRefused
from tests.helpers import media_zoo as zoo


def opened(data):
    assert data.startswith(b"\xff\xd8")
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_thumbnails_are_upright(tmp_path, orientation):
    small = opened(thumbnail(zoo.camera_jpeg(tmp_path / "a.jpg", orientation), 120))

    assert small.size == (120, 80)
    assert zoo.difference(small, zoo.scene().resize((120, 80), Image.Resampling.LANCZOS)) < 6


@pytest.mark.parametrize("suffix", [".png", ".webp", ".gif", ".bmp", ".tiff", ".avif"])
def test_thumbnails_of_every_form(tmp_path, suffix):
    zoo.scene().save(tmp_path / f"a{suffix}")

    small = opened(thumbnail(tmp_path / f"a{suffix}", 120))

    assert small.size == (120, 80)
    assert zoo.difference(small, zoo.scene().resize((120, 80), Image.Resampling.LANCZOS)) < 8


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "LA", "RGBA", "I;16"])
def test_thumbnails_of_every_mode(tmp_path, mode):
    picture = (
        zoo.scene().convert("L").convert("I;16") if mode == "I;16" else zoo.scene().convert(mode)
    )
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    picture.save(path)

    assert opened(thumbnail(path, 100)).size == (100, 67)


def test_never_larger_than_the_original(tmp_path):
    assert opened(thumbnail(zoo.camera_jpeg(tmp_path / "a.jpg", 6), 4000)).size == (480, 320)


def test_a_turned_picture_fits_in_a_box(tmp_path):
    path = zoo.camera_jpeg(tmp_path / "a.jpg", 6, (320, 480))

    width, height = opened(poster(path, (200, 100))).size
    assert height == 100
    assert width == pytest.approx(67, abs=1)


def test_a_poster_is_the_first_frame(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(gop=250, first_pts=3))

    small = opened(poster(path, (160, 160)))

    assert small.size == (160, 96)
    assert zoo.number_in(small) == 0


def test_a_poster_of_a_turned_clip(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(rotation=90))

    assert opened(poster(path, (160, 160))).size == (96, 160)


def test_sound_has_nothing_to_show(tmp_path):
    with pytest.raises(MediaRefused) as caught:
        poster(zoo.wav(tmp_path / "a.wav"), (64, 64))
    assert caught.value.problem.code == "media_nothing_to_show"
