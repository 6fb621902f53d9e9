"""Masks: exactly the picture's size, white where it was painted, black elsewhere."""

from __future__ import annotations

import io
import math

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kling_desktop.media import fit, probe
from kling_desktop.media.masks import masks_of
from kling_desktop.media.raster import BARE, PAINTED, rastered
from kling_desktop.media.regions import poured, region_of
from kling_desktop.records.painting import Area, Inversion, Patch, Stroke
from tests.helpers.brush import bare, marks

SIZE = (64, 48)
_SQUARE = ((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0))
_inside = st.tuples(st.floats(-10, 74), st.floats(-10, 58))


def opened(data):
    return Image.open(io.BytesIO(data))


def mask_png(area, size):
    return masks_of(bare(size).with_area(area))[area.number]


def at(plane, x, y):
    return plane[y * SIZE[0] + x]


def test_a_mask_is_a_png_of_the_pictures_size_in_black_and_white():
    area = Area(number=1, marks=(Stroke(((20.0, 20.0), (40.0, 20.0)), 10.0),))
    picture = opened(mask_png(area, SIZE))
    assert (picture.format, picture.size, picture.mode) == ("PNG", SIZE, "RGB")
    assert {color for _, color in picture.getcolors()} == {(0, 0, 0), (255, 255, 255)}
    assert picture.getpixel((30, 20)) == (255, 255, 255)
    assert picture.getpixel((15, 20)) == (255, 255, 255)
    assert picture.getpixel((14, 20)) == (0, 0, 0)
    assert picture.getpixel((30, 14)) == (0, 0, 0)
    assert picture.getpixel((30, 15)) == (255, 255, 255)


def test_a_mask_leaves_the_computer_byte_by_byte(tmp_path):
    kept = tmp_path / "mask.png"
    kept.write_bytes(mask_png(Area(number=1, marks=(Stroke(((5.0, 5.0),), 9.0),)), (400, 300)))
    assert fit.upload_copy(kept, probe.probe(kept), tmp_path) == kept


def test_only_areas_with_paint_get_a_mask_and_all_have_one_size():
    dot = Stroke(((20.0, 20.0),), 10.0)
    gone = Stroke(((20.0, 20.0),), 30.0, erases=True)
    painting = bare(SIZE)
    for number, made in enumerate([(dot,), (dot,), (dot, gone), ()]):
        painting = painting.with_area(Area(number=number, marks=made, path=((1.0, 1.0),)))
    found = masks_of(painting)
    assert [*found] == [0, 1]
    assert {opened(data).size for data in found.values()} == {SIZE}


@given(_inside, _inside, st.floats(0.5, 30), st.booleans())
def test_a_pixel_is_painted_where_its_center_is_near_enough(start, end, width, erases):
    before = (Inversion(),) if erases else ()
    plane = rastered((*before, Stroke((start, end), width, erases)), SIZE)
    hit, missed = (BARE, PAINTED) if erases else (PAINTED, BARE)
    for y in range(0, SIZE[1], 5):
        for x in range(0, SIZE[0], 3):
            off = _off((x + 0.5, y + 0.5), start, end)
            if abs(off - width / 2) > 1e-6:
                assert at(plane, x, y) == (hit if off < width / 2 else missed)


def _off(point, start, end):
    way = (end[0] - start[0], end[1] - start[1])
    square = way[0] ** 2 + way[1] ** 2
    part = 0.0
    if square:
        part = ((point[0] - start[0]) * way[0] + (point[1] - start[1]) * way[1]) / square
    part = min(max(part, 0.0), 1.0)
    return math.dist(point, (start[0] + part * way[0], start[1] + part * way[1]))


def test_rings_inside_rings_are_holes():
    hole = ((15.0, 15.0), (25.0, 15.0), (25.0, 25.0), (15.0, 25.0))
    plane = rastered((Patch((_SQUARE, hole)),), SIZE)
    assert at(plane, 12, 12) == PAINTED
    assert at(plane, 20, 20) == BARE
    assert plane.count(PAINTED) == 20 * 20 - 10 * 10


@given(st.lists(marks, max_size=5))
@settings(max_examples=50)
def test_inverting_flips_every_pixel(made):
    one, other = rastered(made, SIZE), rastered([*made, Inversion()], SIZE)
    assert bytes(PAINTED - value for value in one) == other


@given(st.lists(marks, max_size=4))
@settings(max_examples=50)
def test_the_number_sits_on_paint_where_there_is_any(made):
    region = region_of(Area(number=1, marks=tuple(made)), SIZE)
    plane = rastered(made, SIZE)
    assert (region.seat is None) == (PAINTED not in plane)
    if region.seat is not None:
        assert at(plane, int(region.seat[0]), int(region.seat[1])) == PAINTED
        assert region.share == plane.count(PAINTED) / len(plane)


def test_paint_fills_a_ring_but_not_what_is_outside():
    size = (900, 600)
    around = tuple(
        (450 + 200 * math.cos(turn / 20), 300 + 200 * math.sin(turn / 20)) for turn in range(127)
    )
    ring = Area(number=1, marks=(Stroke(around, 12.0),))
    patch = poured(ring, size, (450.0, 300.0))
    whole = rastered((*ring.marks, patch), size)
    assert whole[300 * 900 + 450] == PAINTED
    assert whole[300 * 900 + 450 + 190] == PAINTED
    assert whole[20 * 900 + 20] == BARE
    share = whole.count(PAINTED) / len(whole)
    assert abs(share - math.pi * 206 * 206 / (900 * 600)) < 0.01
    assert poured(ring, size, around[0]) is None
    assert poured(ring, size, (-5.0, 20.0)) is None


def test_paint_goes_round_an_island_and_to_the_edges():
    size = (300, 200)
    island = Area(number=1, marks=(Stroke(((150.0, 100.0),), 60.0),))
    patch = poured(island, size, (5.0, 5.0))
    assert len(patch.rings) == 2
    whole = rastered((*island.marks, patch), size)
    assert BARE not in whole
