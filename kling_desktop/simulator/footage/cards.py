"""Pictures of things that are to be seen, arranged in their order before a ground."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from kling_desktop.simulator.film import Planes, even, planes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.simulator.film import Footage, Shape

ALONE = 0.62
"""The height of cards that are all there is to see, as a part of the frame's."""
BESIDE = 0.30
"""The same where there is a picture of its own behind them."""
_BOB = 0.02


class Arranged:
    """A ground with cards on it, first on the left."""

    def __init__(
        self, ground: Footage, pictures: Sequence[Image.Image], shape: Shape, height: float
    ) -> None:
        self._ground = ground
        room = shape.width / max(1, len(pictures))
        # Below the middle where they stand beside something, so that they do not hide it.
        level = 0.5 if height >= 0.5 else 0.96 - height / 2
        self._cards = tuple(
            _Card(
                picture,
                (room * 0.88, shape.height * height),
                (room * (index + 0.5), shape.height * level),
                index,
            )
            for index, picture in enumerate(pictures)
        )

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        planes = self._ground.frame(at)
        for card in self._cards:
            card.lay(planes, at)
        return planes


class _Card:
    """One picture with round corners, whole."""

    def __init__(
        self,
        picture: Image.Image,
        room: tuple[float, float],
        middle: tuple[float, float],
        number: int,
    ) -> None:
        scale = min(room[0] / picture.width, room[1] / picture.height)
        size = (even(picture.width * scale), even(picture.height * scale))
        self._planes = planes_of(picture.resize(size, Image.Resampling.LANCZOS))
        self._cover = Image.new("L", size, 0)
        corner = (0, 0, size[0] - 1, size[1] - 1)
        ImageDraw.Draw(self._cover).rounded_rectangle(corner, radius=min(size) / 14, fill=255)
        self._half_cover = self._cover.resize((size[0] // 2, size[1] // 2), Image.Resampling.BOX)
        self._left = round((middle[0] - size[0] / 2) / 2) * 2
        self._top, self._number = middle[1] - size[1] / 2, number

    def lay(self, planes: Planes, at: float) -> None:
        """Puts it on a picture, rising and sinking a little."""
        bob = math.sin(2 * math.pi * at + self._number) * _BOB * planes.y.height
        top = round((self._top + bob) / 2) * 2
        planes.y.paste(self._planes.y, (self._left, top), self._cover)
        half = (self._left // 2, top // 2)
        planes.u.paste(self._planes.u, half, self._half_cover)
        planes.v.paste(self._planes.v, half, self._half_cover)
