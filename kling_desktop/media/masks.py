"""Masks for the motion brush, as the files that fal gets.

The one place that says what black and white mean: **white (255) is the painted area, black (0) is
the rest**, without anything between, as PNG in RGB, with exactly the pixels of the start picture.
All masks of a request come from one painting, so they have one size, which Kling asks for (Kling
API, image to video: another ratio than the picture's, or masks of different sizes, fail late).
RGB and not grey, because then nothing has to encode the file anew before it is sent.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kling_desktop.media.raster import PAINTED, rastered

if TYPE_CHECKING:
    from kling_desktop.records.painting import Painting

_EFFORT = 6
"""Of 9: two colors compress well at any."""


def masks_of(painting: Painting) -> dict[int, bytes]:
    """The mask of every area that has something painted, by its number. Blocks."""
    found: dict[int, bytes] = {}
    for area in painting.areas:
        plane = rastered(area.marks, painting.size)
        if PAINTED in plane:
            found[area.number] = _png(plane, painting.size)
    return found


def _png(plane: bytearray, size: tuple[int, int]) -> bytes:
    from PIL import Image

    grey = Image.frombytes("L", size, bytes(plane))
    buffer = io.BytesIO()
    Image.merge("RGB", (grey, grey, grey)).save(buffer, format="PNG", compress_level=_EFFORT)
    return buffer.getvalue()
