"""Opens the pictures of an input, and refuses what fal's model would refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
from PIL import Image, ImageOps

from kling_desktop.simulator.clips import look_at_clip
from kling_desktop.simulator.complaints import Complaint, InputRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kling_desktop.simulator.film_order import Supplied
    from kling_desktop.simulator.inputs import InputFile

_FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "AVIF")
_MOST_PIXELS = 120_000_000


@dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int

    @property
    def ratio(self) -> float:
        return self.width / self.height


def open_picture(path: Path, wanted: InputFile) -> Image.Image:
    """The picture in RGB, turned as its EXIF asks. Raises InputRefusedError."""
    upright = _opened(path, wanted)
    _check(_Size(*upright.size), wanted)
    return _rgb(upright)


def open_mask(path: Path, wanted: InputFile) -> Image.Image:
    """A mask as it is, whatever its size. Raises InputRefusedError."""
    return _opened(path, wanted)


def open_thing(given: Supplied) -> Image.Image:
    """A picture of something to be seen; of a clip its first frame. Raises InputRefusedError."""
    if given.wanted.kind != "video":
        return open_picture(given.path, given.wanted)
    look_at_clip(given)
    with av.open(str(given.path)) as container:
        image: Image.Image = next(container.decode(video=0)).to_image()  # type: ignore[no-untyped-call]
    return image


def _opened(path: Path, wanted: InputFile) -> Image.Image:
    Image.init()
    formats = [name for name in _FORMATS if name in Image.OPEN]
    try:
        with Image.open(path, formats=formats) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _too_big(wanted)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_big(wanted) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise InputRefusedError(_not_loaded(wanted)) from error
    return upright


def _rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, (0, 0, 0, 255))
        return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _check(size: _Size, wanted: InputFile) -> None:
    limits: Mapping[str, float] = wanted.limits
    least = {name: limits[name] for name in ("min_height", "min_width") if name in limits}
    if size.width < least.get("min_width", 0) or size.height < least.get("min_height", 0):
        raise InputRefusedError(
            Complaint(wanted.loc, "image_too_small", "Image too small", wanted.url, least)
        )
    most = {name: limits[name] for name in ("max_height", "max_width") if name in limits}
    endless = float("inf")
    if size.width > most.get("max_width", endless) or size.height > most.get("max_height", endless):
        raise _too_big(wanted)
    low, high = limits.get("min_aspect_ratio"), limits.get("max_aspect_ratio")
    if (low is not None and size.ratio < low) or (high is not None and size.ratio > high):
        text = f"The aspect ratio of the image should be between {low} and {high}."
        facts = {"min_aspect_ratio": low, "max_aspect_ratio": high}
        raise InputRefusedError(
            Complaint(wanted.loc, "image_aspect_ratio_error", text, wanted.url, facts)
        )


def _too_big(wanted: InputFile) -> InputRefusedError:
    facts = {
        "max_height": wanted.limits.get("max_height", 10_000),
        "max_width": wanted.limits.get("max_width", 10_000),
    }
    return InputRefusedError(
        Complaint(wanted.loc, "image_too_large", "Image too large", wanted.url, facts)
    )


def _not_loaded(wanted: InputFile) -> Complaint:
    text = (
        "Failed to load the image. Please ensure the image file is not corrupted "
        "and is in a supported format."
    )
    return Complaint(wanted.loc, "image_load_error", text, wanted.url)
