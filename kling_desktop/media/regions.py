"""What a painted area is like, looked at small: how large, where its middle is, what is inside it.

Small means at most so many pixels on the longer side, so that each answer takes milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kling_desktop.media.raster import PAINTED, rastered
from kling_desktop.records.painting import Patch, PictureMap, Stroke
from kling_desktop.records.paths import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.records.painting import Area, Mark, Point, Points

_LOOKED_AT = 240
_FILLED_AT = 640
_THINNEST = 1.6
"""Pixels that a line has at least while something is poured in: thinner ones would leak."""


@dataclass(frozen=True, slots=True)
class Region:
    """An area at a glance."""

    share: float
    """Of the picture, 0 to 1."""
    seat: Point | None
    """A painted point near the middle, in pixels of the picture; None where nothing is painted."""


def region_of(area: Area, size: tuple[int, int]) -> Region:
    """How much of the picture an area covers, and where a badge sits well on it."""
    small, factor = _small(size, _LOOKED_AT)
    plane = rastered(_onto(area.marks, factor), small)
    count = plane.count(PAINTED)
    if not count:
        return Region(0.0, None)
    width = small[0]
    painted = [number for number, value in enumerate(plane) if value]
    middle_x = sum(number % width for number in painted) / count
    middle_y = sum(number // width for number in painted) / count
    nearest = min(
        painted,
        key=lambda number: (number % width - middle_x) ** 2 + (number // width - middle_y) ** 2,
    )
    seat = ((nearest % width + 0.5) / factor.scale_x, (nearest // width + 0.5) / factor.scale_y)
    return Region(count / len(plane), seat)


def poured(area: Area, size: tuple[int, int], point: Point) -> Patch | None:
    """What paint fills that is poured in at a point: all that is bare up to the painted lines.

    Gaps of a few pixels do not leak. None where the point is painted already, or outside.
    """
    small, factor = _small(size, _FILLED_AT)
    x, y = (int(one) for one in factor.point(point))
    if not (0 <= x < small[0] and 0 <= y < small[1]):
        return None
    plane = rastered(_onto(area.marks, factor, thinnest=_THINNEST), small)
    if plane[y * small[0] + x] == PAINTED:
        return None
    inside = _grown(_flooded(plane, small, (x, y)), small)
    back = PictureMap(1 / factor.scale_x, 1 / factor.scale_y)
    rings = (_rounded(back.points(simplified(ring, 0.7))) for ring in _outlines(inside, small))
    return Patch(tuple(ring for ring in rings if len(ring) > 2))


def _small(size: tuple[int, int], longest: int) -> tuple[tuple[int, int], PictureMap]:
    scale = min(1.0, longest / max(size))
    small = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    return small, PictureMap.stretched(size, small)


def _onto(marks: Iterable[Mark], factor: PictureMap, thinnest: float = 0.0) -> list[Mark]:
    found: list[Mark] = []
    for mark in marks:
        match mark:
            case Stroke():
                width = max(mark.width * factor.scale, 0.0 if mark.erases else thinnest)
                found.append(replace(mark, points=factor.points(mark.points), width=width))
            case Patch():
                found.append(Patch(tuple(factor.points(ring) for ring in mark.rings)))
            case _:
                found.append(mark)
    return found


def _flooded(plane: bytearray, size: tuple[int, int], seed: tuple[int, int]) -> bytearray:
    """The bare pixels that hang together with the seed, row by row."""
    width, height = size
    found = bytearray(len(plane))
    waiting = [seed[1] * width + seed[0]]
    while waiting:
        here = waiting.pop()
        if found[here]:
            continue
        row = here - here % width
        left = max(row, plane.rfind(PAINTED, row, here) + 1)
        right = _end_of_run(plane, here, row + width)
        found[left:right] = bytes((PAINTED,)) * (right - left)
        for shift in (-width, width):
            if 0 <= row + shift < width * height:
                waiting += _openings(plane, found, range(left + shift, right + shift))
    return found


def _openings(plane: bytearray, found: bytearray, piece: range) -> list[int]:
    """The beginning of each bare run in a piece of a row that is not filled yet."""
    seeds = []
    place = piece.start
    while place < piece.stop:
        if plane[place] or found[place]:
            place += 1
            continue
        seeds.append(place)
        place = _end_of_run(plane, place, piece.stop)
    return seeds


def _end_of_run(plane: bytearray, start: int, stop: int) -> int:
    end = plane.find(PAINTED, start, stop)
    return stop if end < 0 else end


def _grown(plane: bytearray, size: tuple[int, int]) -> bytearray:
    """One pixel more all round, so that it reaches below the lines that held it."""
    width, height = size
    whole = int.from_bytes(plane, "big")
    sides = bytearray()
    for row in range(height):
        line = int.from_bytes(plane[row * width : (row + 1) * width], "big")
        wide = line | line >> 8 | (line << 8 & (1 << 8 * width) - 1)
        sides += wide.to_bytes(width, "big")
    whole = int.from_bytes(sides, "big")
    mask = (1 << 8 * width * height) - 1
    grown = whole | whole >> 8 * width | (whole << 8 * width & mask)
    return bytearray(grown.to_bytes(width * height, "big"))


def _outlines(plane: bytearray, size: tuple[int, int]) -> list[Points]:
    """The closed lines between inside and outside, along the edges of the pixels."""
    ways = _edges(plane, size)
    rings: list[Points] = []
    while ways:
        start = next(iter(ways))
        ring, here = [start], start
        while True:
            nexts = ways[here]
            there = nexts.pop()
            if not nexts:
                del ways[here]
            if there == start:
                break
            ring.append(there)
            here = there
        rings.append(tuple((float(x), float(y)) for x, y in _corners(ring)))
    return rings


def _edges(plane: bytearray, size: tuple[int, int]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """From corner to corner, with the inside at the right hand."""
    width, height = size
    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def add(begin: tuple[int, int], end: tuple[int, int]) -> None:
        ways.setdefault(begin, []).append(end)

    empty = bytes(width)
    for y in range(height + 1):
        above = plane[(y - 1) * width : y * width] if y else empty
        below = plane[y * width : (y + 1) * width] if y < height else empty
        if above != below:
            for x in range(width):
                if below[x] and not above[x]:
                    add((x, y), (x + 1, y))
                elif above[x] and not below[x]:
                    add((x + 1, y), (x, y))
        for x, (one, other) in enumerate(pairwise((0, *below, 0))) if any(below) else ():
            if other and not one:
                add((x, y + 1), (x, y))
            elif one and not other:
                add((x, y), (x, y + 1))
    return ways


def _corners(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the points on straight pieces."""
    around = [ring[-1], *ring, ring[0]]
    return [
        here
        for before, here, after in zip(around, around[1:], around[2:], strict=False)
        if (before[0] == here[0]) != (here[0] == after[0])
    ]


def _rounded(points: Points) -> Points:
    return tuple((round(x, 1), round(y, 1)) for x, y in points)
