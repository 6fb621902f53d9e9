"""The small word in a corner that says a clip is a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from kling_desktop.simulator.film import Footage, Planes, Shape

_WORD = "rehearsal"
_LIGHT, _DARK, _NO_COLOUR = 235, 24, 128


class Marked:
    """Footage with the word at the bottom right."""

    def __init__(self, footage: Footage, shape: Shape) -> None:
        self._footage = footage
        text_size = max(7, round(min(shape.width, shape.height) / 30))
        self._face, self._cover = _plate(text_size)
        margin = text_size
        self._at = (
            (shape.width - self._cover.width - margin) // 2 * 2,
            (shape.height - self._cover.height - margin) // 2 * 2,
        )
        half = (self._cover.width // 2, self._cover.height // 2)
        self._half_cover = self._cover.resize(half, Image.Resampling.BOX)

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        picture = self._footage.frame(at)
        picture.y.paste(self._face, self._at, self._cover)
        half_at = (self._at[0] // 2, self._at[1] // 2)
        for plane in (picture.u, picture.v):
            plane.paste(_NO_COLOUR, (*half_at, *_far(half_at, self._half_cover)), self._half_cover)
        return picture


def _far(at: tuple[int, int], image: Image.Image) -> tuple[int, int]:
    return at[0] + image.width, at[1] + image.height


def _plate(text_size: int) -> tuple[Image.Image, Image.Image]:
    """Brightness and cover of a dark rounded plate with the light word on it."""
    font = ImageFont.load_default(text_size)
    left, top, right, bottom = font.getbbox(_WORD)
    pad = text_size * 0.55
    width = int(right - left + 2.4 * pad) // 2 * 2
    height = int(bottom - top + 1.6 * pad) // 2 * 2
    face = Image.new("L", (width, height), _DARK)
    cover = Image.new("L", (width, height), 0)
    corner = (0, 0, width - 1, height - 1)
    ImageDraw.Draw(cover).rounded_rectangle(corner, radius=height / 2.6, fill=118)
    where = ((width - (right - left)) / 2 - left, (height - (bottom - top)) / 2 - top)
    letters = Image.new("L", (width, height), 0)
    ImageDraw.Draw(letters).text(where, _WORD, font=font, fill=255)
    face.paste(_LIGHT, (0, 0, width, height), letters)
    cover.paste(240, (0, 0, width, height), letters)
    return face, cover
