"""Lines of points: how long, evened out, smoothed, and thinned to a few that say the same."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.records.painting import Point, Points

LEAST_POINTS = 2
MOST_POINTS = 77
"""Of one path in a clip of 5 seconds (Kling API, image to video, `trajectories`)."""
_COUNTS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 56, 64, MOST_POINTS)
_FINE = 160
"""Points that a drawn path is smoothed with."""
_STRAYS = 2.5
"""Thousandths of the longer side by which a path may differ from the hand's."""


def length(points: Sequence[Point]) -> float:
    """Pixels from the first to the last."""
    return sum(math.dist(one, other) for one, other in pairwise(points))


def along(points: Sequence[Point], share: float) -> Point:
    """Where one stands after a share of the way, 0 to 1."""
    return _Way(points).at(share)


def evened(points: Sequence[Point], count: int) -> Points:
    """So many points, at least 2, at equal distances along the line; both ends stay."""
    way = _Way(points)
    inner = (way.at(number / (count - 1)) for number in range(1, count - 1))
    return (points[0], *inner, points[-1])


def smoothed(points: Sequence[Point], rounds: int = 1) -> Points:
    """Each point moved between its neighbors; both ends stay."""
    found = tuple(points)
    for _ in range(rounds):
        inner = (
            ((before[0] + 2 * here[0] + after[0]) / 4, (before[1] + 2 * here[1] + after[1]) / 4)
            for before, here, after in zip(found, found[1:], found[2:], strict=False)
        )
        found = (found[0], *inner, found[-1]) if len(found) > 2 else found
    return found


def off_line(point: Point, line: Sequence[Point]) -> float:
    """Pixels from a point to the nearest place on a line."""
    if len(line) == 1:
        return math.dist(point, line[0])
    return min(_off_piece(point, one, other) for one, other in pairwise(line))


def path_of(drawn: Sequence[Point], size: tuple[int, int]) -> Points:
    """The path that a hand meant: inside the picture, smooth, as few even points as will do.

    2 to 77 points at equal distances, so that they stand for an even speed; nothing where the hand
    hardly moved.
    """
    width, height = size
    inside = [(min(max(x, 0.0), width), min(max(y, 0.0), height)) for x, y in drawn]
    unit = max(width, height) / 1000
    if len(inside) < LEAST_POINTS or length(inside) < 8 * unit:
        return ()
    fine = smoothed(evened(inside, _FINE), rounds=12)
    for count in _COUNTS:
        found = evened(fine, count)
        if all(off_line(one, found) <= _STRAYS * unit for one in fine[::4]):
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in found)


def thinned(points: Sequence[Point], least: float) -> Points:
    """Without points that lie closer than `least` pixels to the one before; both ends stay."""
    kept = [points[0]]
    for one in points[1:]:
        if math.dist(one, kept[-1]) >= least:
            kept.append(one)
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    return tuple(kept)


def simplified(ring: Sequence[Point], tolerance: float) -> Points:
    """A line without the points that stray less than `tolerance` from the straight way."""
    kept = {0, len(ring) - 1}
    pieces = [(0, len(ring) - 1)]
    while pieces:
        first, last = pieces.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far, off = max(
            ((number, _off_piece(ring[number], ring[first], ring[last])) for number in inner),
            key=lambda one: one[1],
        )
        if off > tolerance:
            kept.add(far)
            pieces += [(first, far), (far, last)]
    return tuple(ring[number] for number in sorted(kept))


class _Way:
    """A line by the distance walked on it."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points
        steps = (math.dist(one, other) for one, other in pairwise(points))
        self._walked = list(accumulate(steps, initial=0.0))

    def at(self, share: float) -> Point:
        wanted = self._walked[-1] * min(max(share, 0.0), 1.0)
        after = bisect_right(self._walked, wanted)
        if after >= len(self._points):
            return self._points[-1]
        (x, y), (to_x, to_y) = self._points[after - 1], self._points[after]
        step = self._walked[after] - self._walked[after - 1]
        part = (wanted - self._walked[after - 1]) / step if step else 0.0
        return x + (to_x - x) * part, y + (to_y - y) * part


def _off_piece(point: Point, one: Point, other: Point) -> float:
    way_x, way_y = other[0] - one[0], other[1] - one[1]
    square = way_x * way_x + way_y * way_y
    if not square:
        return math.dist(point, one)
    part = ((point[0] - one[0]) * way_x + (point[1] - one[1]) * way_y) / square
    part = min(max(part, 0.0), 1.0)
    return math.dist(point, (one[0] + part * way_x, one[1] + part * way_y))
