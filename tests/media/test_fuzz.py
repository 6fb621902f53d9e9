"""Files damaged at random end in facts or in a refusal: never another error, never for ever."""

from __future__ import annotations

import random

import pytest

from kling_desktop.media.fit import upload_copy
from kling_desktop.media.frames import Frames
from kling_desktop.media.posters import poster
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.recipe import read_recipe
from tests.helpers import media_zoo as zoo

# Pillow warns of odd metadata; here a warning would hide what happens outside of tests.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def damaged(data, luck):
    torn = bytearray(data)
    for _ in range(luck.choice((1, 3, 20))):
        at = (
            luck.randrange(len(torn))
            if luck.random() < 0.5
            else luck.randrange(min(400, len(torn)))
        )
        torn[at] = luck.randrange(256)
    if luck.random() < 0.3:
        del torn[luck.randrange(1, len(torn)) :]
    if luck.random() < 0.1:
        begin = luck.randrange(len(torn))
        torn[begin:begin] = luck.randbytes(50)
    return bytes(torn)


def used(path, folder):
    """Whether the file was of use, after everything that is done to a file was tried."""
    read_recipe(path)
    try:
        facts = probe(path)
        poster(path, (64, 64))
        made = upload_copy(path, facts, folder)
    except MediaRefused:
        return False
    if made != path:
        assert probe(made).width == facts.width
        made.unlink()
    return True


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "BMP"])
def test_damaged_pictures(tmp_path, form, noise):
    noise.allow("PIL")
    luck = random.Random(form)
    exif = zoo.Image.Exif()
    exif[zoo.ORIENTATION] = 6
    options = {} if form in {"GIF", "BMP"} else {"exif": exif}
    data = zoo.as_bytes(zoo.scene(96, 64), form, **options)
    path = tmp_path / "a"
    good = 0
    for _ in range(120):
        path.write_bytes(damaged(data, luck))
        good += used(path, tmp_path)
    path.write_bytes(data)

    assert used(path, tmp_path)
    assert good < 120


@pytest.mark.parametrize("gop", [6, 60])
def test_damaged_clips(tmp_path, gop):
    luck = random.Random(gop)
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(frames=24, gop=gop, sound=True))
    data = path.read_bytes()
    for _ in range(100):
        path.write_bytes(damaged(data, luck))
        used(path, tmp_path)
        try:
            with Frames(path) as frames:
                frames.frame(0)
                frames.frame(frames.count // 2)
                frames.last()
        except MediaRefused:
            continue
