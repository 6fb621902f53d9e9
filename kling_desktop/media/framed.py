"""Cuts pictures and puts room around them, pixel by pixel, as a framing says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

from kling_desktop.records.framing import BLUR, EDGE

if TYPE_CHECKING:
    from kling_desktop.records.framing import Framing

_LOOKED_AT = 128
"""Pixels on the longer side of the small picture whose edges are looked at."""
_BLURRED_AT = 96
"""Pixels on the longer side of what is blurred: fewer look softer, and cost nothing."""
_RADIUS = 4


def framed(picture: Image.Image, framing: Framing) -> Image.Image:
    """The framed part of a plain picture, at its own size."""
    box = (
        framing.left,
        framing.top,
        framing.left + framing.width,
        framing.top + framing.height,
    )
    if not framing.adds(picture.size):
        return picture if framing.is_whole(picture.size) else picture.crop(box)
    ground = _ground(picture, framing)
    inside = picture.crop(
        (max(box[0], 0), max(box[1], 0), min(box[2], picture.width), min(box[3], picture.height))
    )
    ground.paste(inside, (max(-framing.left, 0), max(-framing.top, 0)))
    return ground


def edge_color(picture: Image.Image) -> str:
    """The color of which as many edge pixels are lighter as darker, `#rrggbb`."""
    small = picture.copy()
    small.thumbnail((_LOOKED_AT, _LOOKED_AT), Image.Resampling.BOX, reducing_gap=1.0)
    width, height = small.size
    strips = (
        (0, 0, width, 1),
        (0, height - 1, width, height),
        (0, 0, 1, height),
        (width - 1, 0, width, height),
    )
    edge = b"".join(small.crop(strip).tobytes() for strip in strips)
    return "#" + "".join(f"{_middle(edge[channel::3]):02x}" for channel in range(3))


def blurred(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture enlarged until it fills a size, without anything to recognize in it."""
    scale = _BLURRED_AT / max(size)
    small_size = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    width, height = picture.size
    across = min(width, height * size[0] / size[1])
    down = min(height, width * size[1] / size[0])
    left, top = (width - across) / 2, (height - down) / 2
    part = (left, top, left + across, top + down)
    small = picture.resize(small_size, Image.Resampling.BOX, box=part, reducing_gap=2.0)
    soft = small.filter(ImageFilter.GaussianBlur(_RADIUS))
    return soft.resize(size, Image.Resampling.BICUBIC)


def _ground(picture: Image.Image, framing: Framing) -> Image.Image:
    if framing.fill == BLUR:
        return blurred(picture, framing.size)
    color = edge_color(picture) if framing.fill == EDGE else framing.fill
    return Image.new("RGB", framing.size, color)


def _middle(levels: bytes) -> int:
    return sorted(levels)[len(levels) // 2]
