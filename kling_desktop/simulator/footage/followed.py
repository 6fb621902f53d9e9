"""A picture that moves as something else does: as a clip goes, or as a voice gets loud."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageStat

from kling_desktop.simulator.film import Planes, even
from kling_desktop.simulator.moves import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.simulator.film import Footage, Shape
    from kling_desktop.simulator.moves import MovingPicture

_INSET = 0.24
_SMALL = (48, 27)
_CALM = 0.75
"""How much of the last view is kept from one picture to the next."""


def inset_of(shape: Shape, ratio: float) -> Shape:
    """How large the clip is shown beside the picture that follows it."""
    height = shape.height * _INSET
    return replace(
        shape,
        width=even(min(shape.width * 0.4, height * ratio) / 2) * 2,
        height=even(height / 2) * 2,
    )


class Driven:
    """A picture that leans to where the clip moves, with the clip small in a corner."""

    def __init__(self, picture: MovingPicture, clip: Footage, shape: Shape) -> None:
        """`clip` is as large as inset_of() says."""
        self._picture, self._clip = picture, clip
        self._margin = even(shape.height * 0.02) * 2
        self._last: Image.Image | None = None
        self._view = (0.5, 0.5, 0.0)

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        clip = self._clip.frame(at)
        x, y, strength = self._followed(clip.y)
        planes = self._picture.seen(View(1.16 + 0.12 * strength, x, y))
        top = (planes.y.height - clip.y.height) // 4 * 4 - self._margin
        for plane, one, scale in zip(planes, clip, (1, 2, 2), strict=True):
            plane.paste(one, (self._margin // scale, top // scale))
        return planes

    def _followed(self, plane: Image.Image) -> tuple[float, float, float]:
        small = plane.resize(_SMALL, Image.Resampling.BOX)
        last, self._last = self._last or small, small
        moved = ImageChops.difference(small, last)
        strength = min(1.0, ImageStat.Stat(moved).mean[0] / 12)
        x, y = _center(moved) if strength > 0.02 else self._view[:2]
        kept = self._view
        self._view = (
            kept[0] * _CALM + x * (1 - _CALM),
            kept[1] * _CALM + y * (1 - _CALM),
            kept[2] * _CALM + strength * (1 - _CALM),
        )
        return self._view


class Talking:
    """A picture that nods with a voice: nearer at loud moments. Loudness per frame, 0 to 1."""

    def __init__(self, picture: MovingPicture, loudness: Sequence[float], shape: Shape) -> None:
        self._picture, self._loudness, self._frames = picture, loudness, shape.frames
        self._near = 0.0

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        index = round(at * (self._frames - 1))
        loud = self._loudness[index] if index < len(self._loudness) else 0.0
        self._near = 0.5 * self._near + 0.5 * loud
        return self._picture.seen(View(1.03 + 0.12 * self._near, 0.5, 0.5 + 0.4 * self._near))


def _center(plane: Image.Image) -> tuple[float, float]:
    """Where most of the light is, 0 to 1 across and down."""
    columns = plane.resize((plane.width, 1), Image.Resampling.BOX).tobytes()
    rows = plane.resize((1, plane.height), Image.Resampling.BOX).tobytes()
    return _middle_of(columns), _middle_of(rows)


def _middle_of(values: bytes) -> float:
    whole = sum(values)
    if not whole:
        return 0.5
    return sum(index * value for index, value in enumerate(values)) / whole / (len(values) - 1)
