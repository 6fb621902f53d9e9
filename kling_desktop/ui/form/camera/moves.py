"""Moves of a camera: where it stands and looks at each moment.

Amounts go from -1 to 1. Kling's API docs say what is positive: to the right, up, clockwise, and a
wider view for zoom. There `pan` turns the camera up and down, and `tilt` left and right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Leg: TypeAlias = Mapping[str, float]
"""Amounts by axis: horizontal, vertical, forward, pan, tilt, roll, zoom."""
Move: TypeAlias = tuple[Leg, ...]
"""Legs that follow each other, each in an equal share of the time."""
Point: TypeAlias = tuple[float, float, float]
"""To the right, up and away from where the camera begins."""
Spot: TypeAlias = tuple[float, float]
"""In a picture whose height goes from -1 (bottom) to 1 (top)."""

AXES = frozenset({"horizontal", "vertical", "pan", "tilt", "roll", "zoom"})
PRESETS: Mapping[str, Move] = {
    "down_back": ({"vertical": -0.5, "forward": -1.0, "pan": -0.2},),
    "forward_up": ({"vertical": 0.6, "forward": 0.9, "pan": 0.2},),
    "right_turn_forward": ({"tilt": 0.7}, {"forward": 0.9}),
    "left_turn_forward": ({"tilt": -0.7}, {"forward": 0.9}),
}
_TRAVEL = {"horizontal": 1.5, "vertical": 0.8, "forward": 2.2}
_TURN = {"pan": 0.3, "tilt": 0.42, "roll": 0.5}
_FOCAL = 2.1
_NEAR = 0.2


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera is, in units of the place; turns in radians."""

    right: float = 0.0
    up: float = 0.0
    forward: float = 0.0
    turned_up: float = 0.0
    turned_right: float = 0.0
    rolled: float = 0.0
    focal: float = _FOCAL

    def sees(self, point: Point) -> Point:
        """A point of the place as the camera has it before it: right, up, away."""
        x, y, z = point[0] - self.right, point[1] - self.up, point[2] - self.forward
        x, z = _turned(x, z, self.turned_right)
        y, z = _turned(y, z, self.turned_up)
        x, y = _turned(x, y, self.rolled)
        return x, y, z

    def spot(self, point: Point) -> Spot:
        """Where a point that it sees, and that is not behind it, stands in the picture."""
        x, y, z = point
        return self.focal * x / z, self.focal * y / z

    def line(self, start: Point, end: Point) -> tuple[Spot, Spot] | None:
        """A straight line of the place in the picture; None where it is all behind the camera."""
        one, other = self.sees(start), self.sees(end)
        if max(one[2], other[2]) <= _NEAR:
            return None
        return self.spot(_before(one, other)), self.spot(_before(other, one))


def pose_at(move: Move, moment: float) -> Pose:
    """The camera at a moment from 0 to 1, with a soft start and end."""
    amounts: dict[str, float] = {}
    for place, leg in enumerate(move):
        part = _eased(min(1.0, max(0.0, moment * len(move) - place)))
        for axis, amount in leg.items():
            amounts[axis] = amounts.get(axis, 0.0) + amount * part
    turned = amounts.get("tilt", 0.0) * _TURN["tilt"]
    ahead = amounts.get("forward", 0.0) * _TRAVEL["forward"]
    return Pose(
        right=amounts.get("horizontal", 0.0) * _TRAVEL["horizontal"] + math.sin(turned) * ahead,
        up=amounts.get("vertical", 0.0) * _TRAVEL["vertical"],
        forward=math.cos(turned) * ahead,
        turned_up=amounts.get("pan", 0.0) * _TURN["pan"],
        turned_right=turned,
        rolled=amounts.get("roll", 0.0) * _TURN["roll"],
        focal=_FOCAL * 2.0 ** -amounts.get("zoom", 0.0),
    )


def _turned(across: float, along: float, angle: float) -> tuple[float, float]:
    cos, sin = math.cos(angle), math.sin(angle)
    return across * cos - along * sin, across * sin + along * cos


def _eased(part: float) -> float:
    return part * part * (3.0 - 2.0 * part)


def _before(one: Point, other: Point) -> Point:
    """The point itself, or where its line to the other comes before the camera."""
    if one[2] > _NEAR:
        return one
    share = (_NEAR - one[2]) / (other[2] - one[2])
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        _NEAR,
    )
