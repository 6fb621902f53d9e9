"""Effects: two pictures that come together, or one that is squeezed, swung and lit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.film import Planes, even, planes_of
from kling_desktop.simulator.moves import View, ease

if TYPE_CHECKING:
    from kling_desktop.simulator.film import Footage, Shape

_SEAM = 0.10
"""How wide the two melt into each other, as a part of the frame."""
_STEP = 0.12
"""How far each comes towards the other."""


class Together:
    """The first picture on the left and the second on the right, coming closer."""

    def __init__(self, left: Image.Image, right: Image.Image, shape: Shape) -> None:
        self._step = even(shape.width * _STEP / 2) * 2
        seam = even(shape.width * _SEAM)
        self._size, self._edge = (shape.width, shape.height), even((shape.width - seam) / 4) * 2
        # Each is wider than its half by the seam, which is shared, and by the way it comes.
        room = (shape.width - self._edge + self._step, shape.height)
        self._left = planes_of(ImageOps.fit(left, room, Image.Resampling.LANCZOS))
        self._right = planes_of(ImageOps.fit(right, room, Image.Resampling.LANCZOS))
        cover = Image.new("L", (shape.width - self._edge, shape.height), 255)
        cover.paste(Image.linear_gradient("L").rotate(90).resize((seam, shape.height)), (0, 0))
        self._cover = cover
        self._half_cover = cover.resize((cover.width // 2, cover.height // 2))

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        near = round(ease(min(1.0, at * 1.4)) * self._step / 2) * 2
        pairs = tuple(zip(self._left, self._right, strict=True))
        full = self._joined(*pairs[0], near, 1)
        return Planes(full, *(self._joined(*pair, near, 2) for pair in pairs[1:]))

    def _joined(self, left: Image.Image, right: Image.Image, near: int, scale: int) -> Image.Image:
        width, height = self._size[0] // scale, self._size[1] // scale
        hidden, edge, near = self._step // scale, self._edge // scale, near // scale
        whole = left.crop((hidden - near, 0, hidden - near + width, height))
        cover = self._cover if scale == 1 else self._half_cover
        whole.paste(right.crop((near, 0, near + width - edge, height)), (edge, 0), cover)
        return whole


@dataclass(frozen=True, slots=True)
class SceneWay:
    """A way of going over a picture that belongs to the name of a scene."""

    scene: str

    def at(self, moment: float) -> View:
        """The view at a moment from 0 to 1."""
        dice = chance(f"scene {self.scene}")
        beat = 1 + int(dice[0] * 3)
        swing = math.sin(2 * math.pi * beat * moment) * ease(min(1.0, moment * 3))
        near = 1.25 + 0.5 * dice[1] * ease(moment) + 0.08 * swing
        return View(
            zoom=near,
            x=0.5 + 0.45 * (dice[2] - 0.5) * swing,
            y=0.5 + 0.45 * (dice[3] - 0.5) * swing,
            turn=10.0 * (dice[4] - 0.5) * swing if dice[5] < 0.5 else 0.0,
        )


class Lit:
    """Footage under a light whose colour and beat belong to some words."""

    def __init__(self, footage: Footage, words: str) -> None:
        dice = chance(f"light {words}")
        self._footage, self._beat = footage, 1 + int(dice[6] * 3)
        self._tint = (round(48 * (dice[7] - 0.5)), round(48 * (dice[8] - 0.5)))

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        planes = self._footage.frame(at)
        strength = abs(math.sin(math.pi * self._beat * at))
        u, v = (
            plane.point([min(255, max(0, round(value + tint * strength))) for value in range(256)])
            for plane, tint in zip(planes[1:], self._tint, strict=True)
        )
        return Planes(planes.y, u, v)
