"""What is seen while painting is what the mask becomes, within a pixel at the edges."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize
from PySide6.QtGui import QTransform

from kling_desktop.media.raster import rastered
from kling_desktop.records.painting import Area, Inversion, Patch, Stroke
from kling_desktop.ui.brush.layers import Layers, Sight
from kling_desktop.ui.brush.rings import ring
from tests.helpers.brush import bare

SIZE = (96, 72)
_SLIVERS = 8
"""Pixels: where two smooth edges meet in a gap thinner than a pixel, Qt adds them up."""


def some_marks(seed):
    """Strokes, erasing ones, shapes and inversions, others for each seed."""
    dice = random.Random(seed)

    def point():
        return dice.uniform(-10, 106), dice.uniform(-10, 82)

    found = []
    for _ in range(dice.randint(1, 4)):
        kind = dice.random()
        if kind < 0.7:
            way = tuple(point() for _ in range(dice.randint(1, 5)))
            found.append(Stroke(way, dice.uniform(2, 40), erases=dice.random() < 0.3))
        elif kind < 0.85:
            (x, y), wide, high = point(), dice.uniform(6, 50), dice.uniform(6, 50)
            ring = ((x, y), (x + wide, y + high / 5), (x + wide, y + high), (x, y + high))
            found.append(Patch((ring,)))
        else:
            found.append(Inversion())
    return tuple(found)


def shown(area, size=SIZE):
    """The area's own layer at the size of the picture, one byte for each pixel."""
    layers = Layers()
    sight = Sight(size, QTransform(), QSize(*size), 1.0)
    layers.set_sight(sight, bare(size).with_area(area))
    layer = layers.opaque(area.number)
    if layer is None:
        return bytes(size[0] * size[1])
    bits = bytes(layer.constBits())
    wide = layer.bytesPerLine()
    return b"".join(bits[row * wide : row * wide + size[0]] for row in range(size[1]))


def near(plane, x, y, size=SIZE):
    """What the mask has here and right beside."""
    return {
        plane[row * size[0] + column]
        for row in range(max(0, y - 1), min(size[1], y + 2))
        for column in range(max(0, x - 1), min(size[0], x + 2))
    }


@pytest.mark.parametrize("seed", range(30))
def test_screen_and_mask_agree_within_a_pixel(qapp, seed):
    made = some_marks(seed)
    mask, screen = rastered(made, SIZE), shown(Area(number=1, marks=made))
    seen = bytes(255 if value >= 128 else 0 for value in screen)
    off = [
        (x, y)
        for y in range(SIZE[1])
        for x in range(SIZE[0])
        if seen[y * SIZE[0] + x] != mask[y * SIZE[0] + x]
        and seen[y * SIZE[0] + x] not in near(mask, x, y)
    ]
    assert len(off) <= _SLIVERS, off


def test_a_stroke_looks_the_same_while_it_is_made_and_after(qapp):
    size = (240, 160)
    way = ((30.0, 30.0), (80.0, 60.0), (150.0, 40.0), (200.0, 120.0))
    sight = Sight(size, QTransform(), QSize(*size), 1.0)
    live, after = Layers(), Layers()
    area = Area(number=2)
    live.set_sight(sight, bare(size).with_area(area))
    live.draw(2, Stroke(way[:1], 40.0))
    for piece in itertools.pairwise(way):
        live.draw(2, Stroke(piece, 40.0))
    after.set_sight(sight, bare(size).with_area(Area(number=2, marks=(Stroke(way, 40.0),))))
    seen, whole = (layers._layers[2].colored for layers in (live, after))
    mask = bytes(after.opaque(2).constBits())
    for y in range(3, size[1] - 3):
        for x in range(3, size[0] - 3):
            if near(mask, x, y, size) == {255}:
                assert seen.pixel(x, y) == whole.pixel(x, y), (x, y)
            elif near(mask, x, y, size) == {0} and not whole.pixel(x, y):
                assert not seen.pixel(x, y), (x, y)
    live.renew(bare(size).with_area(Area(number=2, marks=(Stroke(way, 40.0),))))
    assert bytes(live.opaque(2).constBits()) == mask
    assert live._layers[2].colored == whole


@pytest.mark.parametrize("radius", [3.0, 20.5, 480.0])
def test_a_ring_holds_what_lies_between_its_circles_and_little_else(radius):
    middle = QPointF(500.25, 500.75)
    region = ring(middle, radius - 6, radius + 6)
    for turn in range(360):
        for off in (-5.5, 0.0, 5.5):
            x = middle.x() + math.cos(math.radians(turn)) * (radius + off)
            y = middle.y() + math.sin(math.radians(turn)) * (radius + off)
            assert region.contains(QPoint(math.floor(x), math.floor(y))), (turn, off)
    if radius > 100:
        pixels = sum(one.width() * one.height() for one in region)
        assert pixels < 0.35 * (2 * radius) ** 2


def test_taking_back_the_last_stroke_leaves_the_others_as_they_were(qapp):
    first, last = Stroke(((20.0, 20.0), (60.0, 40.0)), 16.0), Stroke(((30.0, 30.0),), 20.0)
    one, both = Area(number=1, marks=(first,)), Area(number=1, marks=(first, last))
    alone = shown(one)
    layers = Layers()
    layers.set_sight(Sight(SIZE, QTransform(), QSize(*SIZE), 1.0), bare(SIZE).with_area(both))
    layers.renew(bare(SIZE).with_area(one))
    layer = layers.opaque(1)
    wide = layer.bytesPerLine()
    bits = bytes(layer.constBits())
    rows = (bits[row * wide : row * wide + SIZE[0]] for row in range(SIZE[1]))
    assert b"".join(rows) == alone


def test_hidden_areas_are_not_painted(qapp):
    from PySide6.QtGui import QImage, QPainter

    stroke = Stroke(((48.0, 36.0),), 30.0)
    for is_shown in (True, False):
        layers = Layers()
        sight = Sight(SIZE, QTransform(), QSize(*SIZE), 1.0)
        area = Area(number=1, marks=(stroke,), shown=is_shown)
        layers.set_sight(sight, bare(SIZE).with_area(area))
        image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        layers.paint(painter)
        painter.end()
        assert bool(image.pixelColor(48, 36).alpha()) is is_shown
