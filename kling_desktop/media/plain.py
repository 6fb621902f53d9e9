"""Pictures as models take them: upright, 8 bits, three channels, sRGB, looking as they looked."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageCms

from kling_desktop.media.pictures import orientation

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SPACES = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY"}
_SAME = 4
"""Levels of 255 by which a profile may differ from sRGB and still be called sRGB."""
BACKGROUND = "white"
"""What stands behind see-through parts, as paper does."""


def plain(picture: Image.Image) -> Image.Image:
    """The same picture as RGB of 8 bits a channel in sRGB, upright, without anything beside it.

    What is see-through becomes white. A profile that cannot be read is left aside.
    """
    turn = _UPRIGHT.get(orientation(picture))
    profile = picture.info.get("icc_profile")
    flat = eight_bits(picture)
    alpha = flat.getchannel("A") if flat.mode in {"RGBA", "LA"} else None
    if alpha is not None:
        flat = flat.convert("RGB" if flat.mode == "RGBA" else "L")
    drawn = _in_srgb(flat, profile if isinstance(profile, bytes) else b"")
    if alpha is not None:
        behind = Image.new("RGB", drawn.size, BACKGROUND)
        behind.paste(drawn, mask=alpha)
        drawn = behind
    upright = drawn if turn is None else drawn.transpose(turn)
    upright.info = {}
    return upright


def eight_bits(picture: Image.Image) -> Image.Image:
    """The same picture in one of L, LA, RGB, RGBA, CMYK. Deep greys are scaled, not cut off."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return _from_deep_grey(picture)
    if "transparency" in picture.info or picture.mode in {"PA", "La", "RGBa"}:
        return picture.convert("RGBA")
    if picture.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def is_srgb(profile: bytes) -> bool:
    """Whether colours by this profile look as they do without one. Judged by what it does."""
    source = _read(profile)
    if source is None:
        return True
    steps = (0, 64, 128, 192, 255)
    colours = [(red, green, blue) for red in steps for green in steps for blue in steps]
    probe = Image.frombytes("RGB", (len(colours), 1), bytes(b for one in colours for b in one))
    if source.profile.xcolor_space != _SPACES["RGB"]:
        return False
    seen = _converted(probe, source)
    return seen is None or all(
        abs(before - after) <= _SAME
        for before, after in zip(probe.tobytes(), seen.tobytes(), strict=True)
    )


def _from_deep_grey(picture: Image.Image) -> Image.Image:
    low, high = cast("tuple[float, float]", picture.getextrema())
    full = 65535 if high > 255 or picture.mode.startswith("I;16") else 255
    if picture.mode == "F" and low >= 0 and high <= 1:
        full = 1
    wide = picture if picture.mode in {"I", "F"} else picture.convert("I")
    return wide.convert("F").point(lambda value: value * (255 / full) + 0.5).convert("L")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    source = _read(profile) if profile else None
    if source is not None and source.profile.xcolor_space == _SPACES.get(picture.mode):
        converted = _converted(picture, source)
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode != "RGB" else picture.copy()


def _converted(picture: Image.Image, source: ImageCmsProfile) -> Image.Image | None:
    try:
        return ImageCms.profileToProfile(
            picture,
            source,
            _srgb(),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _read(profile: bytes) -> ImageCmsProfile | None:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except (OSError, ValueError, TypeError):
        return None


@lru_cache(maxsize=1)
def _srgb() -> ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
