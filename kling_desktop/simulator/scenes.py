"""Footage from words alone: a quiet landscape in colours and shapes that the words choose."""

from __future__ import annotations

import math
from colorsys import hsv_to_rgb
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.film import Planes, planes_of
from kling_desktop.simulator.moves import ease

if TYPE_CHECKING:
    from kling_desktop.simulator.film import Shape

_RIDGES = 5
_SPARE = 0.30
"""How much wider than the clip a ridge is, as room to move in."""
_LIFT = 0.3
"""How far the nearest ridge rises or sinks at most, as a part of the height."""
_MOODS = (
    (("night", "moon", "star", "midnight", "dark"), 0.64, 0.20),
    (("sunset", "dusk", "evening", "fire", "autumn", "desert", "golden"), 0.04, 0.86),
    (("sea", "ocean", "water", "rain", "lake", "wave", "underwater"), 0.54, 0.78),
    (("forest", "garden", "jungle", "spring", "meadow", "grass"), 0.33, 0.76),
    (("snow", "ice", "winter", "cloud", "fog", "mist"), 0.57, 0.95),
)
"""Words that set the hue of a scene (0 to 1) and how bright its sky is."""


@dataclass(frozen=True, slots=True)
class _Ridge:
    cover: Image.Image
    half_cover: Image.Image
    color: tuple[int, int, int]
    """Brightness and the two colour values."""
    speed: float
    start: float


class Landscape:
    """A sky with a slow sun over ridges that pass at different speeds."""

    def __init__(
        self, words: str, mood_words: str, shape: Shape, drift: tuple[float, float] | None = None
    ) -> None:
        """`drift`: how far the camera travels to the right and up, -1 to 1; None chooses."""
        self._size = (shape.width, shape.height)
        dice = chance(words)
        hue, light = _mood(mood_words, dice)
        chosen = 1.0 if dice[2] < 0.5 else -1.0
        self._direction, self._lift = (chosen, 0.0) if drift is None else drift
        self._sky = planes_of(_sky(self._size, hue, light))
        self._glow = _glow(min(self._size), light)
        self._half_glow = self._glow.resize(
            (self._glow.width // 2, self._glow.height // 2), Image.Resampling.BOX
        )
        self._sun = planes_of(_flat(_rgb(hue + 0.07, 0.30, min(1.0, light + 0.35))))
        self._sun_x, self._sun_y, self._climb = dice[3], 0.18 + 0.2 * dice[4], dice[5] - 0.5
        self._ridges = tuple(
            _ridge(self._size, index, dice, _ridge_color(index, hue, light))
            for index in range(_RIDGES)
        )

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        picture = Planes(*(plane.copy() for plane in self._sky))
        self._put_sun(picture, at)
        for ridge in self._ridges:
            self._put_ridge(picture, ridge, at)
        return picture

    def _put_sun(self, picture: Planes, at: float) -> None:
        width, height = self._size
        x = width * (0.2 + 0.6 * self._sun_x + 0.05 * self._direction * at) - self._glow.width / 2
        y = height * (self._sun_y + 0.16 * self._climb * ease(at)) - self._glow.height / 2
        left, top = round(x / 2) * 2, round(y / 2) * 2
        _lay(picture.y, self._sun.y, self._glow, left, top)
        _lay(picture.u, self._sun.u, self._half_glow, left // 2, top // 2)
        _lay(picture.v, self._sun.v, self._half_glow, left // 2, top // 2)

    def _put_ridge(self, picture: Planes, ridge: _Ridge, at: float) -> None:
        travelled = ridge.start + self._direction * ridge.speed * (at - 0.5)
        sunk = self._lift * ridge.speed * (ease(at) - 0.5) * _LIFT
        for plane, cover, color in zip(
            picture,
            (ridge.cover, ridge.half_cover, ridge.half_cover),
            ridge.color,
            strict=True,
        ):
            width = plane.width
            top = plane.height - cover.height + round(sunk * plane.height)
            left = max(0.0, min(1.0, travelled)) * (cover.width - width)
            box = (left, 0.0, left + width, float(cover.height))
            shifted = cover.resize((width, cover.height), Image.Resampling.BILINEAR, box=box)
            plane.paste(color, (0, top, width, top + cover.height), shifted)
            if top + cover.height < plane.height:
                plane.paste(color, (0, top + cover.height, width, plane.height))


def _mood(words: str, dice: list[float]) -> tuple[float, float]:
    spoken = words.lower()
    for names, hue, light in _MOODS:
        if any(name in spoken for name in names):
            return hue + 0.06 * (dice[0] - 0.5), light
    return dice[0], 0.45 + 0.5 * dice[1]


def _rgb(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = hsv_to_rgb(hue % 1.0, min(1.0, saturation), min(1.0, value))
    return round(red * 255), round(green * 255), round(blue * 255)


def _flat(color: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (2, 2), color)


def _sky(size: tuple[int, int], hue: float, light: float) -> Image.Image:
    steps = Image.new("RGB", (1, 4))
    for row, (turn, saturation, value) in enumerate(
        ((0.10, 0.62, 0.52), (0.05, 0.50, 0.78), (0.0, 0.36, 0.95), (-0.05, 0.28, 1.0))
    ):
        steps.putpixel((0, row), _rgb(hue + turn, saturation, value * light + 0.04))
    return steps.resize(size, Image.Resampling.BICUBIC)


def _glow(side: int, light: float) -> Image.Image:
    width = side // 4 * 2
    disc = Image.new("L", (width, width), 0)
    radius = width * (0.17 if light > 0.4 else 0.12)
    middle = width / 2
    ImageDraw.Draw(disc).ellipse(
        (middle - radius, middle - radius, middle + radius, middle + radius), fill=255
    )
    halo = disc.filter(ImageFilter.GaussianBlur(width * 0.10)).point(lambda value: value * 0.55)
    sharp = disc.filter(ImageFilter.GaussianBlur(1.2))
    joined = Image.new("L", disc.size)
    joined.paste(halo)
    joined.paste(sharp, (0, 0), sharp)
    return joined


def _ridge_color(index: int, hue: float, light: float) -> tuple[int, int, int]:
    near = (index + 1) / _RIDGES
    rgb = _rgb(hue + 0.03 * index, 0.30 + 0.38 * near, (0.78 - 0.66 * near) * (0.35 + 0.65 * light))
    y, u, v = planes_of(_flat(rgb))
    return y.getpixel((0, 0)), u.getpixel((0, 0)), v.getpixel((0, 0))  # type: ignore[return-value]


def _ridge(
    size: tuple[int, int], index: int, dice: list[float], color: tuple[int, int, int]
) -> _Ridge:
    width = round(size[0] * (1 + _SPARE)) // 2 * 2
    height = round(size[1] * (0.60 - 0.105 * index)) // 2 * 2
    rough = 0.16 + 0.5 * dice[10 + index]
    phase = 40.0 * dice[16 + index]
    points: list[tuple[float, float]] = []
    for step in range(0, width + 8, 4):
        far = step / size[1]
        wave = (
            0.5 * math.sin(2.1 * far + phase)
            + 0.3 * math.sin(4.7 * far + phase * 1.7)
            + rough * 0.25 * math.sin(13.0 * far + phase * 2.3)
        )
        points.append((step, height * (0.34 - 0.30 * wave)))
    cover = Image.new("L", (width, height), 0)
    ImageDraw.Draw(cover).polygon([*points, (width, height), (0, height)], fill=255)
    cover = cover.filter(ImageFilter.GaussianBlur(0.8))
    near = (index + 1) / _RIDGES
    return _Ridge(
        cover=cover,
        half_cover=cover.resize((width // 2, height // 2), Image.Resampling.BOX),
        color=color,
        speed=0.25 + 0.7 * near,
        start=0.5,
    )


def _lay(plane: Image.Image, color: Image.Image, cover: Image.Image, left: int, top: int) -> None:
    value = color.getpixel((0, 0))
    plane.paste(value, (left, top, left + cover.width, top + cover.height), cover)  # type: ignore[arg-type]
