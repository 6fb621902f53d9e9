"""Small pictures of pictures and clips, at small cost, as JPEG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

import av
from PIL import Image

from kling_desktop.media import pictures, streams
from kling_desktop.media.decoding import scaled_image
from kling_desktop.media.opened import open_regular
from kling_desktop.media.plain import eight_bits, plain
from kling_desktop.media.probe import recognized
from kling_desktop.media.problems import NOTHING_TO_SHOW, MediaRefused
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.ImageFile import ImageFile

_QUALITY = 85


def thumbnail(path: Path, longest: int) -> bytes:
    """A JPEG of a picture or of a clip's first frame, at most `longest` pixels wide and high.

    Never larger than the original. Raises MediaRefused.
    """
    return poster(path, (longest, longest))


def poster(path: Path, size: tuple[int, int]) -> bytes:
    """A JPEG of a clip's first frame, or of a picture, that fits in a box of that size.

    Upright, in sRGB, see-through parts white. Raises MediaRefused; sound has nothing to show.
    """
    with open_regular(path) as file:
        kind, _, content_type = recognized(file, path.suffix)
        if kind is MediaKind.IMAGE:
            small = _small_picture(file, content_type, size)
        elif kind is MediaKind.VIDEO:
            small = _first_frame(file, content_type, size)
        else:
            raise MediaRefused(NOTHING_TO_SHOW())
    buffer = io.BytesIO()
    small.save(buffer, format="JPEG", quality=_QUALITY)
    return buffer.getvalue()


def _first_frame(file: BinaryIO, content_type: str, size: tuple[int, int]) -> Image.Image:
    with streams.opened(file, content_type) as container:
        stream = streams.picture_stream(container)
        if stream is None:
            raise MediaRefused(NOTHING_TO_SHOW())
        return scaled_image(streams.first_frame(container, stream), size)


def _small_picture(file: BinaryIO, content_type: str, box: tuple[int, int]) -> Image.Image:
    with pictures.opened(file, content_type) as picture:
        if picture.format == "WEBP" and not pictures.is_moving(picture) and picture.mode == "RGB":
            return _small_webp(file, picture, box)
        # A turned picture needs the box turned; the larger square serves both.
        longest = max(box)
        if picture.format in {"JPEG", "MPO"}:
            picture.draft(picture.mode, (longest, longest))
        picture.load()
        flat = eight_bits(picture)
        flat.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
        upright = plain(flat)
        upright.thumbnail(box, Image.Resampling.LANCZOS)
        return upright


def _small_webp(file: BinaryIO, picture: ImageFile, box: tuple[int, int]) -> Image.Image:
    """By PyAV, which lets other threads run while it unpacks; see pictures."""
    file.seek(0)
    with av.open(file, "r", format="webp_pipe") as container:
        small = scaled_image(next(container.decode(video=0)), (max(box), max(box)))
    small.info = {"icc_profile": picture.info.get("icc_profile")}
    small.getexif()[0x0112] = pictures.orientation(picture)
    upright = plain(small)
    upright.thumbnail(box, Image.Resampling.LANCZOS)
    return upright
