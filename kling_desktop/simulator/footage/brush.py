"""A picture of which masked areas go along their paths, while another area holds still.

White is painted and black is not; in a mask that is partly see-through, what is not see-through
is painted. Points are pixels of the mask counted from its bottom left corner (Kling API docs).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageFilter, ImageOps

from kling_desktop.simulator.film import Planes, planes_of
from kling_desktop.simulator.moves import ease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.simulator.film import Shape

_BREATH = 0.10
"""How much brighter and darker gets what is neither moved nor held."""
_FINEST, _COARSEST = 2, 64


@dataclass(frozen=True, slots=True)
class Region:
    """A mask in grey, and the points its area passes."""

    mask: Image.Image
    points: tuple[tuple[int, int], ...]


class BrushedPicture:
    """The picture, its areas under way."""

    def __init__(
        self,
        picture: Image.Image,
        shape: Shape,
        regions: Sequence[Region],
        still: Image.Image | None = None,
    ) -> None:
        size = (shape.width, shape.height)
        fitted = ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
        self._pieces = tuple(_Piece(fitted, one, size) for one in regions)
        self._ground = planes_of(_without(fitted, [one.mask for one in self._pieces]))
        self._still = None if still is None else _fit_mask(still, size)
        self._held = planes_of(fitted).y

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        light = 1.0 + _BREATH * math.sin(2 * math.pi * at)
        y = self._ground.y.point([min(255, round(16 + (v - 16) * light)) for v in range(256)])
        planes = Planes(y, self._ground.u.copy(), self._ground.v.copy())
        if self._still is not None:
            planes.y.paste(self._held, (0, 0), self._still)
        for piece in self._pieces:
            piece.lay(planes, ease(at))
        return planes


class _Piece:
    """What lies under one mask, cut out."""

    def __init__(self, picture: Image.Image, region: Region, size: tuple[int, int]) -> None:
        self.mask = _fit_mask(region.mask, size)
        box = _even_box(self.mask.getbbox() or (0, 0, 2, 2), size)
        self._at = box[:2]
        self._planes = planes_of(picture.crop(box))
        self._cover = self.mask.crop(box)
        half = (self._cover.width // 2, self._cover.height // 2)
        self._half_cover = self._cover.resize(half, Image.Resampling.BOX)
        scale = size[0] / region.mask.width, size[1] / region.mask.height
        self._path = _Path([(x * scale[0], -y * scale[1]) for x, y in region.points])

    def lay(self, planes: Planes, part: float) -> None:
        """Puts it where it is after a part of its way."""
        across, down = self._path.gone(part)
        left = self._at[0] + round(across / 2) * 2
        top = self._at[1] + round(down / 2) * 2
        planes.y.paste(self._planes.y, (left, top), self._cover)
        half = (left // 2, top // 2)
        planes.u.paste(self._planes.u, half, self._half_cover)
        planes.v.paste(self._planes.v, half, self._half_cover)


class _Path:
    """A broken line that is gone along at an even pace."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        self._points = points
        self._lengths = [math.dist(one, other) for one, other in pairwise(points)]

    def gone(self, part: float) -> tuple[float, float]:
        """How far from its beginning, across and down."""
        left = part * sum(self._lengths)
        for (one, other), length in zip(pairwise(self._points), self._lengths, strict=True):
            if left <= length and length:
                share = left / length
                x = one[0] + (other[0] - one[0]) * share
                y = one[1] + (other[1] - one[1]) * share
                return x - self._points[0][0], y - self._points[0][1]
            left -= length
        if not self._points:
            return 0.0, 0.0
        last, first = self._points[-1], self._points[0]
        return last[0] - first[0], last[1] - first[1]


def grey_mask(mask: Image.Image) -> Image.Image:
    """What is painted in a mask, as white on black."""
    if "A" in mask.getbands() or "transparency" in mask.info:
        cover = mask.convert("RGBA").getchannel("A")
        if min(cover.tobytes()) < 255:
            return cover
    return mask.convert("L")


def _fit_mask(mask: Image.Image, size: tuple[int, int]) -> Image.Image:
    fitted = ImageOps.fit(mask, size, Image.Resampling.BILINEAR)
    return fitted.point([0 if value < 96 else 255 for value in range(256)]).filter(
        ImageFilter.BoxBlur(1)
    )


def _even_box(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = box[0] // 2 * 2, box[1] // 2 * 2
    return left, top, min(size[0], (box[2] + 1) // 2 * 2), min(size[1], (box[3] + 1) // 2 * 2)


def _without(picture: Image.Image, masks: list[Image.Image]) -> Image.Image:
    """The picture with its masked areas filled from what surrounds them, near before far."""
    if not masks:
        return picture
    hole = Image.new("L", picture.size, 0)
    for mask in masks:
        hole.paste(255, (0, 0), mask.filter(ImageFilter.MaxFilter(5)))
    kept = picture.convert("RGBA")
    kept.putalpha(hole.point([255 - value for value in range(256)]))
    step, layers = _FINEST, [kept]
    while step <= _COARSEST:
        small = (max(1, picture.width // step), max(1, picture.height // step))
        layers.append(kept.resize(small, Image.Resampling.BOX))
        step *= 2
    middle = layers[-1].resize((1, 1), Image.Resampling.BOX)
    filled = Image.new("RGBA", (1, 1), (*middle.getpixel((0, 0))[:3], 255))  # type: ignore[index]
    for layer in reversed(layers):
        filled = filled.resize(layer.size, Image.Resampling.BICUBIC)
        filled = Image.alpha_composite(filled, _firm(layer))
    return filled.convert("RGB")


def _firm(layer: Image.Image) -> Image.Image:
    """Averages of anything at all count in full, so that far colours do not shine through."""
    firm = layer.copy()
    firm.putalpha(layer.getchannel("A").point([min(255, value * 8) for value in range(256)]))
    return firm
