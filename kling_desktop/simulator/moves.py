"""Footage from still pictures: a slow camera move over one, or from one over to another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PIL import Image, ImageOps

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.film import Planes, even, planes_of

if TYPE_CHECKING:
    from kling_desktop.simulator.film import Footage, Shape

_DETAIL = 1.12
"""How much larger than the clip a picture is kept, so that zooming in stays sharp."""


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees: how near, and where in the room that leaves (0 to 1)."""

    zoom: float
    x: float
    y: float
    turn: float = 0.0
    """Degrees that the picture is turned against the clock."""


class Way(Protocol):
    """How the camera goes over a picture."""

    def at(self, moment: float) -> View:
        """The view at a moment from 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Move:
    """From one view to another."""

    start: View
    end: View

    def at(self, moment: float) -> View:
        """The view at a moment from 0 to 1, gently setting off and coming to rest."""
        part = ease(moment)
        return View(
            _between(self.start.zoom, self.end.zoom, part),
            _between(self.start.x, self.end.x, part),
            _between(self.start.y, self.end.y, part),
        )


def ease(moment: float) -> float:
    """0 to 1 with rest at both ends."""
    return (1 - math.cos(math.pi * min(1.0, max(0.0, moment)))) / 2


def move_for(words: str) -> Move:
    """A push in, a pull out or a pan, chosen and shaped by words."""
    dice = chance(words)
    near = 1.14 + 0.10 * dice[1]
    wide = View(1.0 + 0.03 * dice[2], dice[3], dice[4])
    close = View(near, dice[5], dice[6])
    if dice[0] < 0.4:
        return Move(wide, close)
    if dice[0] < 0.7:
        return Move(close, wide)
    side = 0.0 if dice[7] < 0.5 else 1.0
    drift = 0.3 * dice[9]
    return Move(
        View(near, side, 0.35 + drift), View(near - 0.05 * dice[8], 1.0 - side, 0.65 - drift)
    )


class MovingPicture:
    """A camera that moves over one picture."""

    def __init__(
        self, picture: Image.Image, shape: Shape, way: Way, detail: float = _DETAIL
    ) -> None:
        self._size, self._half = (shape.width, shape.height), shape.half
        room = (even(shape.width * detail), even(shape.height * detail))
        fitted = ImageOps.fit(picture, room, Image.Resampling.LANCZOS, centering=(0.5, 0.5))
        self._planes = planes_of(fitted)
        self._way = way

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        return self.seen(self._way.at(at))

    def seen(self, view: View) -> Planes:
        """The picture as it looks from a view."""
        return Planes(
            _seen(self._planes.y, view, self._size),
            _seen(self._planes.u, view, self._half),
            _seen(self._planes.v, view, self._half),
        )


class Joined:
    """One footage that turns into another in the middle third."""

    def __init__(self, first: Footage, second: Footage) -> None:
        self._first, self._second = first, second

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        part = ease((at - 0.25) * 2)
        if part <= 0.0:
            return self._first.frame(at)
        if part >= 1.0:
            return self._second.frame(at)
        pairs = zip(self._first.frame(at), self._second.frame(at), strict=True)
        return Planes(*(Image.blend(one, other, part) for one, other in pairs))


def _seen(plane: Image.Image, view: View, size: tuple[int, int]) -> Image.Image:
    width, height = plane.width / view.zoom, plane.height / view.zoom
    left, top = (plane.width - width) * view.x, (plane.height - height) * view.y
    if view.turn:
        middle = (left + width / 2, top + height / 2)
        matrix = _turned(width / size[0], math.radians(view.turn), middle, size)
        return plane.transform(
            size, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BILINEAR
        )
    box = (left, top, min(plane.width, left + width), min(plane.height, top + height))
    return plane.resize(size, Image.Resampling.BILINEAR, box=box)


def _turned(
    scale: float, angle: float, middle: tuple[float, float], size: tuple[int, int]
) -> tuple[float, ...]:
    """Where each pixel comes from when the picture is turned against the clock."""
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    half = (size[0] / 2, size[1] / 2)
    return (
        cos,
        -sin,
        middle[0] - cos * half[0] + sin * half[1],
        sin,
        cos,
        middle[1] - sin * half[0] - cos * half[1],
    )


def _between(start: float, end: float, part: float) -> float:
    return start + (end - start) * part
