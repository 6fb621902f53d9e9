"""The pixels of a framing: what is kept, and what stands beside it."""

from __future__ import annotations

import dataclasses

import pytest
from PIL import Image, ImageDraw

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.media.fit import fit
from kling_desktop.media.framed import edge_color, framed
from kling_desktop.media.framing import Wanted, suggested
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.records.framing import BLACK, BLUR, EDGE, WHITE, Framing
from tests.helpers import media_zoo as zoo

BLUE, ORANGE = (20, 40, 160), (240, 150, 20)


def with_edge(size=(600, 400), edge=BLUE):
    """Orange with an edge of another color."""
    picture = Image.new("RGB", size, ORANGE)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] - 1, size[1] - 1), outline=edge, width=9)
    return picture


def test_a_crop_keeps_each_pixel():
    picture = zoo.scene()
    part = framed(picture, Framing(left=30, top=20, width=200, height=111))
    assert part.tobytes() == picture.crop((30, 20, 230, 131)).tobytes()
    assert framed(picture, Framing.whole(picture.size)) is picture


@pytest.mark.parametrize(
    ("fill", "color"),
    [(EDGE, BLUE), (BLACK, (0, 0, 0)), (WHITE, (255, 255, 255)), ("#0a141e", (10, 20, 30))],
)
def test_what_is_padded_has_the_color_and_the_picture_stays(fill, color):
    picture = with_edge()
    framing = suggested(picture.size, Wanted(1.0), pads=True, fill=fill)
    made = framed(picture, framing)
    assert made.size == (600, 600)
    for spot in ((0, 0), (599, 0), (300, 99), (0, 599), (300, 500)):
        assert made.getpixel(spot) == pytest.approx(color, abs=1)
    assert made.crop((0, 100, 600, 500)).tobytes() == picture.tobytes()


def test_a_pad_on_one_side_alone():
    picture = zoo.scene(100, 80)
    made = framed(picture, Framing(left=-40, top=0, width=140, height=80, fill=BLACK))
    assert made.crop((40, 0, 140, 80)).tobytes() == picture.tobytes()
    assert made.crop((0, 0, 40, 80)).getextrema() == ((0, 0),) * 3


def test_the_blurred_picture_looks_like_it_from_afar():
    picture = zoo.scene(900, 600)
    made = framed(picture, suggested(picture.size, Wanted(9 / 16), pads=True, fill=BLUR))
    top = made.crop((0, 0, made.width, 300)).resize((6, 2), Image.Resampling.BOX)
    assert len(top.getcolors()) > 6
    red, green, _blue = made.getpixel((20, 20))
    assert red > green, "the red corner is at the top left of it too"


def test_the_edge_color_is_one_of_the_edge_and_no_mixture():
    picture = with_edge()
    ImageDraw.Draw(picture).rectangle((0, 0, 150, 400), fill=(255, 255, 255))
    assert edge_color(picture) == "#1428a0"
    assert edge_color(Image.new("RGB", (1, 1), ORANGE)) == "#f09614"


def test_in_one_pass_upright_cut_shrunk_and_plain(tmp_path):
    path = zoo.camera_jpeg(tmp_path / "phone.jpg", 6, (1200, 800))
    framing = Framing(left=300, top=100, width=800, height=600, most=400)
    made = fit(path, probe(path), FieldLimits(), tmp_path, framing=framing)
    with Image.open(made) as picture:
        assert (picture.size, picture.mode) == ((400, 300), "RGB")
        assert not picture.getexif()
        wanted = zoo.scene(1200, 800).crop((300, 100, 1100, 700)).resize((400, 300))
        assert zoo.difference(picture, wanted) < 3


def test_what_would_be_too_small_is_refused(tmp_path):
    path = tmp_path / "a.png"
    zoo.scene().save(path)
    limits = FieldLimits(min_width=300, min_height=300)
    small = Framing(left=0, top=0, width=299, height=300)
    with pytest.raises(MediaRefused):
        fit(path, probe(path), limits, tmp_path, framing=small)
    larger = dataclasses.replace(small, left=-1, width=300)
    assert probe(fit(path, probe(path), limits, tmp_path, framing=larger)).width == 300
