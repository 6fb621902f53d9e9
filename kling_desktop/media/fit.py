"""Copies of a person's pictures that a model takes, and that tell nothing of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.media import pictures, remux
from kling_desktop.media.encode import Room, encoded, shrunk
from kling_desktop.media.framed import framed
from kling_desktop.media.framing import (
    MOST_SIDE,
    is_large_enough,
    is_within_ratios,
    most_pixels,
)
from kling_desktop.media.naming import free_name, write_whole
from kling_desktop.media.opened import open_regular
from kling_desktop.media.pictures import LARGEST_PICTURE
from kling_desktop.media.plain import is_srgb, plain
from kling_desktop.media.problems import (
    CANNOT_FIT,
    NEEDS_FEWER_BYTES,
    NEEDS_FEWER_PIXELS,
    NEEDS_OTHER_FORM,
    ONLY_FIRST_FRAME,
    SEE_THROUGH,
    MediaRefused,
)
from kling_desktop.media.sent_form import LOSSLESS, SENT_AS_THEY_ARE, may_stay
from kling_desktop.media.strip import without_remarks
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from kling_desktop.catalog.field_spec import FieldLimits
    from kling_desktop.records.framing import Framing
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem

MOST_BYTES_SENT = 10_485_760
"""Of a picture that is encoded anew, where no other limit is known: what Kling's endpoints take
(`max_file_size` in fal's public OpenAPI documents)."""
_SENT = Room(most_bytes=MOST_BYTES_SENT, least_width=300, least_height=300)
_SEE_THROUGH_MODES = frozenset(("RGBA", "LA", "PA", "RGBA;16", "LA;16"))


def needs_fit(facts: MediaFacts, limits: FieldLimits | None) -> Problem | None:
    """What fit() can put right about a picture for one field, or a warning of what sending changes.

    Too small, and of a wrong ratio, are not among it: nothing here makes pixels up or cuts.
    """
    if facts.kind is not MediaKind.IMAGE:
        return None
    wrong = _wrong(facts, limits) if limits is not None else None
    if wrong is not None:
        return wrong
    if facts.animated:
        return ONLY_FIRST_FRAME()
    return SEE_THROUGH() if facts.mode in _SEE_THROUGH_MODES else None


def _wrong(facts: MediaFacts, limits: FieldLimits) -> Problem | None:
    if limits.formats and facts.content_type not in limits.formats:
        accepted = ", ".join(_form(one) for one in limits.formats)
        return NEEDS_OTHER_FORM(form=_form(facts.content_type), accepted=accepted)
    if limits.max_bytes is not None and facts.size > limits.max_bytes:
        return NEEDS_FEWER_BYTES(
            size=round(facts.size / 1_000_000, 1), limit=round(limits.max_bytes / 1_000_000, 1)
        )
    width, height = facts.width or 0, facts.height or 0
    most_width, most_height = most_pixels(limits)
    if width > most_width or height > most_height:
        return NEEDS_FEWER_PIXELS(
            width=width, height=height, most_width=most_width, most_height=most_height
        )
    return None


def fit(
    path: Path,
    facts: MediaFacts,
    limits: FieldLimits,
    folder: Path,
    *,
    framing: Framing | None = None,
) -> Path:
    """A new file in `folder`: the same picture as RGB in sRGB, upright, within the limits.

    JPEG of quality 95 without thinned colour, or PNG for what was lossless before; fewer bytes
    by coarser JPEG first and then by fewer pixels, never more pixels. See-through parts become
    white, an animation its first frame. With a `framing` it is cut, or gets room around it, before
    it is made smaller. Raises MediaRefused where no copy can fit, and OSError.
    """
    room = _room(limits)
    picture = _plain_of(path, facts)
    if framing is not None:
        picture = framed(picture, framing)
        picture = shrunk(picture, *(framing.most or MOST_SIDE,) * 2)
    picture = shrunk(picture, *most_pixels(limits))
    if not (is_large_enough(picture.size, limits) and is_within_ratios(picture.size, limits)):
        raise MediaRefused(CANNOT_FIT())
    data, suffix = encoded(picture, room, lossless=facts.content_type in LOSSLESS)
    return _written(data, folder, path.stem, suffix)


def upload_copy(path: Path, facts: MediaFacts, folder: Path) -> Path:
    """What may leave the computer: `path` itself where it is clean, else a new file in `folder`.

    Remarks (place, camera, author, thumbnails) go without touching the pixels. Only pictures
    that need it are encoded anew, with the same look: turned by EXIF, CMYK, 16 bits, palette,
    grey, see-through, animated, GIF, BMP, TIFF, AVIF, HEIC, or in colours other than sRGB. Of clips
    and sound in MP4 and MOV, place and other remarks go too. Raises MediaRefused and OSError.
    """
    if facts.kind is not MediaKind.IMAGE:
        return _clip_copy(path, facts, folder)
    if may_stay(facts):
        data = _picture_bytes(path, facts)
        cleaned = data and without_remarks(data, facts.content_type)
        if cleaned is not None:
            suffix = SENT_AS_THEY_ARE[facts.content_type]
            return path if cleaned == data else _written(cleaned, folder, path.stem, suffix)
    picture = shrunk(_plain_of(path, facts), MOST_SIDE, MOST_SIDE)
    data, suffix = encoded(picture, _SENT, lossless=facts.content_type in LOSSLESS)
    return _written(data, folder, path.stem, suffix)


def _picture_bytes(path: Path, facts: MediaFacts) -> bytes | None:
    """The whole file, or None where its colours are other than sRGB."""
    with open_regular(path, LARGEST_PICTURE) as file:
        with pictures.opened(file, facts.content_type) as picture:
            profile = picture.info.get("icc_profile")
        if isinstance(profile, bytes) and not is_srgb(profile):
            return None
        file.seek(0)
        return file.read()


def _plain_of(path: Path, facts: MediaFacts) -> Image.Image:
    with (
        open_regular(path, LARGEST_PICTURE) as file,
        pictures.opened(file, facts.content_type) as picture,
    ):
        picture.load()
        return plain(picture)


def _clip_copy(path: Path, facts: MediaFacts, folder: Path) -> Path:
    with open_regular(path) as file:
        if not remux.has_remarks(file, facts.content_type):
            return path
        target = free_name(folder, path.stem, path.suffix)
        try:
            write_whole(target, lambda part: remux.without_remarks(file, facts.content_type, part))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target


def _written(data: bytes, folder: Path, stem: str, suffix: str) -> Path:
    target = free_name(folder, stem, suffix)
    try:
        write_whole(target, lambda part: part.write_bytes(data))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def _room(limits: FieldLimits) -> Room:
    jpeg = not limits.formats or "image/jpeg" in limits.formats
    png = not limits.formats or "image/png" in limits.formats
    return Room(
        most_bytes=limits.max_bytes or MOST_BYTES_SENT,
        least_width=limits.min_width or 1,
        least_height=limits.min_height or 1,
        png=png,
        jpeg=jpeg or not png,
    )


def _form(content_type: str) -> str:
    """As people call it: JPEG, PNG, WebP."""
    name = content_type.rpartition("/")[2]
    return "WebP" if name == "webp" else name.upper()
