"""Writing a plain picture as JPEG or PNG, within a number of bytes."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from kling_desktop.media.problems import CANNOT_FIT, MediaRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS = ((95, "4:4:4"), (92, "4:4:4"), (90, "4:2:0"), (85, "4:2:0"))
"""Qualities tried at full size; below, fewer pixels look better than coarser ones."""
_SMALLER = ((92, "4:4:4"), (88, "4:2:0"))
_MOST_PNG_PIXELS = 16_000_000
"""Larger pictures become JPEG: a PNG of them takes seconds and is too heavy to send anyway."""
_PNG_EFFORT = 3
"""Of 9; higher holds the interpreter for long and gains a few percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much an encoded picture may take. Bytes and pixels."""

    most_bytes: int
    least_width: int = 1
    least_height: int = 1
    png: bool = True
    jpeg: bool = True


def encoded(picture: Image.Image, room: Room, *, lossless: bool) -> tuple[bytes, str]:
    """The bytes and their suffix. `lossless` asks for PNG, and gets it where it fits.

    Pixels are taken away only when coarser JPEG does not help. Raises MediaRefused where that
    would take it below the least size.
    """
    wants_png = lossless or not room.jpeg
    if room.png and wants_png and picture.width * picture.height <= _MOST_PNG_PIXELS:
        data = _png(picture)
        if len(data) <= room.most_bytes:
            return data, ".png"
    for smaller in _ever_smaller(picture, room):
        if room.jpeg:
            for quality, sampling in _STEPS if smaller is picture else _SMALLER:
                data = _jpeg(smaller, quality, sampling)
                if len(data) <= room.most_bytes:
                    return data, ".jpg"
        else:
            data = _png(smaller)
            if len(data) <= room.most_bytes:
                return data, ".png"
    raise MediaRefused(CANNOT_FIT())


def shrunk(picture: Image.Image, most_width: int, most_height: int) -> Image.Image:
    """The picture within a size, its ratio kept; itself where it fits already."""
    scale = min(most_width / picture.width, most_height / picture.height)
    return picture if scale >= 1 else _scaled(picture, scale)


def _ever_smaller(picture: Image.Image, room: Room) -> Iterator[Image.Image]:
    yield picture
    scale = 1.0
    while True:
        scale *= math.sqrt(0.7)
        width, height = round(picture.width * scale), round(picture.height * scale)
        if width < max(1, room.least_width) or height < max(1, room.least_height):
            return
        yield _scaled(picture, scale)


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    size = max(1, int(picture.width * scale)), max(1, int(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(picture: Image.Image, quality: int, sampling: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=quality, subsampling=sampling)
    return buffer.getvalue()


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", compress_level=_PNG_EFFORT)
    return buffer.getvalue()
