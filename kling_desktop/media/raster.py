"""Turns the marks of a painting into pixels, exactly: a pixel counts by its center.

Plain Python over one byte per pixel, without a picture library, so that the same marks give the
same pixels everywhere.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from kling_desktop.records.painting import Inversion, Patch, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kling_desktop.records.painting import Mark, Point

PAINTED = 255
BARE = 0
_FLIPPED = bytes(PAINTED - value for value in range(256))

Span: TypeAlias = tuple[int, float, float]
"""A row, and from where to where on it."""


def rastered(marks: Iterable[Mark], size: tuple[int, int]) -> bytearray:
    """Row by row one byte for each pixel, PAINTED or BARE. Width and height in pixels."""
    width, height = size
    plane = bytearray(width * height)
    for mark in marks:
        match mark:
            case Stroke():
                value = BARE if mark.erases else PAINTED
                _fill(plane, size, stroke_spans(mark, height), value)
            case Patch():
                _fill(plane, size, _patch_spans(mark, height), PAINTED)
            case Inversion():
                plane = plane.translate(_FLIPPED)
    return plane


def stroke_spans(stroke: Stroke, height: int) -> Iterator[Span]:
    """What a round brush covers on its way."""
    radius = stroke.width / 2
    points = stroke.points
    for start, end in pairwise(points) if len(points) > 1 else ((points[0], points[0]),):
        yield from _capsule(start, end, radius, height)


def _capsule(start: Point, end: Point, radius: float, height: int) -> Iterator[Span]:
    edges = _sides(start, end, radius)
    top = max(0, math.floor(min(start[1], end[1]) - radius))
    bottom = min(height, math.ceil(max(start[1], end[1]) + radius))
    for row in range(top, bottom):
        middle = row + 0.5
        ends = [*_across(edges, middle)]
        for x, y in (start, end):
            square = radius * radius - (middle - y) ** 2
            if square >= 0:
                half = math.sqrt(square)
                ends += (x - half, x + half)
        if ends:
            yield row, min(ends), max(ends)


def _sides(start: Point, end: Point, radius: float) -> tuple[tuple[Point, Point], ...]:
    """The two long sides between the round ends."""
    way = math.dist(start, end)
    if not way:
        return ()
    off_x = (start[1] - end[1]) / way * radius
    off_y = (end[0] - start[0]) / way * radius
    return (
        ((start[0] + off_x, start[1] + off_y), (end[0] + off_x, end[1] + off_y)),
        ((start[0] - off_x, start[1] - off_y), (end[0] - off_x, end[1] - off_y)),
    )


def _patch_spans(patch: Patch, height: int) -> Iterator[Span]:
    edges = [edge for ring in patch.rings if len(ring) > 2 for edge in pairwise((*ring, ring[0]))]
    rows = _by_row(edges, height)
    for row, crossing in sorted(rows.items()):
        ends = sorted(crossing)
        yield from ((row, one, other) for one, other in zip(ends[::2], ends[1::2], strict=True))


def _by_row(edges: Iterable[tuple[Point, Point]], height: int) -> dict[int, list[float]]:
    """Where the edges cross the middle of each row."""
    rows: dict[int, list[float]] = {}
    for (x, y), (to_x, to_y) in edges:
        if y == to_y:
            continue
        slope = (to_x - x) / (to_y - y)
        first = max(0, math.ceil(min(y, to_y) - 0.5))
        after = min(height, math.ceil(max(y, to_y) - 0.5))
        for row in range(first, after):
            rows.setdefault(row, []).append(x + (row + 0.5 - y) * slope)
    return rows


def _across(edges: Iterable[tuple[Point, Point]], middle: float) -> Iterator[float]:
    for (x, y), (to_x, to_y) in edges:
        if min(y, to_y) <= middle <= max(y, to_y) and y != to_y:
            yield x + (middle - y) * (to_x - x) / (to_y - y)


def _fill(plane: bytearray, size: tuple[int, int], spans: Iterable[Span], value: int) -> None:
    width, _ = size
    pixel = bytes((value,))
    for row, left, right in spans:
        first = max(0, math.ceil(left - 0.5))
        after = min(width, math.floor(right - 0.5) + 1)
        if after > first:
            begin = row * width
            plane[begin + first : begin + after] = pixel * (after - first)
