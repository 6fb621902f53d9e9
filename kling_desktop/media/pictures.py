"""Opening pictures with Pillow: the header first, a bomb refused before it is unpacked, every
pixel read before a picture is believed.
"""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

import av

# The plugins named here register themselves; Pillow would else load all forty to find them.
from PIL import AvifImagePlugin, Image, TiffImagePlugin, WebPImagePlugin  # noqa: F401

from kling_desktop.media.problems import PICTURE_BROKEN, TOO_MANY_PIXELS, MediaRefused
from kling_desktop.records.media import MediaFacts, MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFile import ImageFile

LARGEST_PICTURE = 250_000_000
"""Bytes."""
MOST_PIXELS = 120_000_000
"""Told by the header; a larger picture is refused before it is unpacked."""

# Pillow warns above its limit and refuses only above twice that; here the limit is the limit.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_TROUBLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    UserWarning,
)
"""What Pillow and the libraries under it raise for pictures that are damaged on purpose."""

_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
}
_CAN_MOVE = frozenset(("GIF", "WEBP", "AVIF", "PNG"))
_ORIENTATION = 0x0112


@contextmanager
def opened(file: BinaryIO, content_type: str) -> Iterator[ImageFile]:
    """A picture of which the header was read and found safe; pixels come with `load()`.

    Whatever goes wrong inside the block counts as a damaged picture. Raises MediaRefused.
    """
    try:
        file.seek(0)
        with Image.open(file, formats=(_form_of(content_type),)) as picture:
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MediaRefused(TOO_MANY_PIXELS(limit=MOST_PIXELS // 1_000_000)) from error
    except _TROUBLE as error:
        raise MediaRefused(PICTURE_BROKEN(details=f"{type(error).__name__}: {error}")) from error


def _form_of(content_type: str) -> str:
    """Pillow's word for it. What reads HEIC is loaded with the first of them (30 ms)."""
    form = _FORMATS[content_type]
    if form == "HEIF" and form not in Image.OPEN:
        from pi_heif import register_heif_opener

        register_heif_opener()
    return form


def orientation(picture: Image.Image) -> int:
    """What EXIF says of the turn, 1 (none) to 8. Asked after `load()`: PNG keeps it at the end."""
    try:
        found = picture.getexif().get(_ORIENTATION, 1)
    except _TROUBLE:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def is_moving(picture: Image.Image) -> bool:
    """Whether it has more frames than the one that is shown first."""
    return picture.format in _CAN_MOVE and bool(getattr(picture, "is_animated", False))


def facts_of(file: BinaryIO, content_type: str) -> MediaFacts:
    """Looks at a picture and reads every pixel of it once. Raises MediaRefused.

    `mode` says a little more than Pillow does: "RGB;16" and the like for deep PNGs, RGBX and L
    where the alpha channel hides nothing, PA for a palette with see-through entries.
    """
    with opened(file, content_type) as picture:
        width, height = picture.size
        moving = is_moving(picture)
        mode = _deep_mode(picture) or _read_all(picture, file, moving)
        turn = orientation(picture)
        if turn >= 5:
            width, height = height, width
        return MediaFacts(
            kind=MediaKind.IMAGE,
            content_type=content_type,
            size=os.fstat(file.fileno()).st_size,
            width=width,
            height=height,
            mode=mode,
            rotated=turn != 1,
            animated=moving,
        )


def _deep_mode(picture: ImageFile) -> str:
    """The mode of a PNG with 16 bits a channel, which Pillow hands out as 8; read whole too."""
    layout = picture.tile[0].args if picture.format == "PNG" and picture.tile else ""
    if not (isinstance(layout, str) and layout.endswith(";16B")):
        return ""
    picture.load()
    return layout.removesuffix("B")


def _read_all(picture: ImageFile, file: BinaryIO, moving: bool) -> str:
    """Decodes strictly, at an eighth of the size for JPEG (all of the file is read still)."""
    if picture.format == "WEBP" and not moving:
        return _read_webp(picture, file)
    shown_mode = picture.mode
    if picture.format in {"JPEG", "MPO"}:
        picture.draft(shown_mode, (max(1, picture.width // 8), max(1, picture.height // 8)))
    picture.load()
    return _true_mode(picture)


def _true_mode(picture: Image.Image) -> str:
    if picture.mode in {"RGBA", "LA"}:
        hides = cast("tuple[int, int]", picture.getchannel("A").getextrema())[0] < 255
        return picture.mode if hides else {"RGBA": "RGBX", "LA": "L"}[picture.mode]
    if "transparency" in picture.info:
        return {"P": "PA", "L": "LA", "RGB": "RGBA"}.get(picture.mode, picture.mode)
    return picture.mode


def _read_webp(picture: ImageFile, file: BinaryIO) -> str:
    """Pillow keeps the interpreter to itself while it unpacks WebP (170 ms for 12 megapixels),
    so that the window would stand still; PyAV does not.
    """
    file.seek(0)
    with av.open(file, "r", format="webp_pipe") as container:
        frame = next(container.decode(video=0))
    if picture.mode != "RGBA":
        return picture.mode
    if frame.format.name == "yuva420p":
        plane = frame.planes[3]
        shape = (plane.width, plane.height)
        alpha = Image.frombuffer("L", shape, bytes(plane), "raw", "L", plane.line_size, 1)
    else:
        plane = frame.reformat(format="rgba").planes[0]
        shape = (plane.width, plane.height)
        whole = Image.frombuffer("RGBA", shape, bytes(plane), "raw", "RGBA", plane.line_size, 1)
        alpha = whole.getchannel("A")
    hides = cast("tuple[int, int]", alpha.getextrema())[0] < 255
    return "RGBA" if hides else "RGBX"
