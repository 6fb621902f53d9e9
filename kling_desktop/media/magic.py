"""What a file holds, told by its first bytes and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.media.problems import (
    CAMERA_RAW,
    DOCUMENT,
    DRAWING,
    OTHER_PICTURE,
    UNKNOWN_CONTENT,
    WEB_PAGE,
)
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from kling_desktop.records.problem import Problem

FIRST_BYTES = 4096
"""How much of a file to read for a sure answer; kind_of() itself is content with 64."""

Found = tuple[MediaKind, str, str]
"""Kind, suffix with its dot, content type."""

_JPEG: Found = (MediaKind.IMAGE, ".jpg", "image/jpeg")
_PNG: Found = (MediaKind.IMAGE, ".png", "image/png")
_GIF: Found = (MediaKind.IMAGE, ".gif", "image/gif")
_WEBP: Found = (MediaKind.IMAGE, ".webp", "image/webp")
_BMP: Found = (MediaKind.IMAGE, ".bmp", "image/bmp")
_TIFF: Found = (MediaKind.IMAGE, ".tiff", "image/tiff")
_AVIF: Found = (MediaKind.IMAGE, ".avif", "image/avif")
_HEIC: Found = (MediaKind.IMAGE, ".heic", "image/heic")
_MP4: Found = (MediaKind.VIDEO, ".mp4", "video/mp4")
_MOV: Found = (MediaKind.VIDEO, ".mov", "video/quicktime")
_MKV: Found = (MediaKind.VIDEO, ".mkv", "video/x-matroska")
_WEBM: Found = (MediaKind.VIDEO, ".webm", "video/webm")
_M4A: Found = (MediaKind.AUDIO, ".m4a", "audio/mp4")
_MP3: Found = (MediaKind.AUDIO, ".mp3", "audio/mpeg")
_AAC: Found = (MediaKind.AUDIO, ".aac", "audio/aac")
_WAV: Found = (MediaKind.AUDIO, ".wav", "audio/wav")
_FLAC: Found = (MediaKind.AUDIO, ".flac", "audio/flac")
_OGG: Found = (MediaKind.AUDIO, ".ogg", "audio/ogg")

_STARTS: tuple[tuple[bytes, Found], ...] = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"ID3", _MP3),
    (b"fLaC", _FLAC),
    (b"OggS", _OGG),
)
_HEIC_BRANDS = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"miaf")
)
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_SOUND_BRANDS = frozenset((b"M4A ", b"M4B ", b"M4P "))
_OLD_QUICKTIME = frozenset((b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
_RAW_SUFFIXES = frozenset(
    (".dng", ".nef", ".nrw", ".arw", ".sr2", ".cr2", ".pef", ".3fr", ".iiq", ".erf", ".raw")
)
_OTHER_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"8BPS", "Photoshop"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"qoif", "QOI"),
    (b"\x76\x2f\x31\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"\x00\x00\x01\x00", "Icon"),
    (b"P6\n", "PPM"),
    (b"DDS ", "DDS"),
)


def kind_of(first_bytes: bytes) -> Found | None:
    """What this program reads of a file that begins so, or None. Needs 64 bytes.

    An MP4 counts as a clip here, even if looking closer finds sound alone.
    """
    for start, found in _STARTS:
        if first_bytes.startswith(start):
            return found
    if first_bytes[:2] == b"BM" and first_bytes[6:10] == bytes(4):
        return _BMP
    if first_bytes[:4] == b"RIFF":
        return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(first_bytes[8:12])
    if first_bytes[:4] == b"\x1aE\xdf\xa3":
        return _WEBM if b"webm" in first_bytes[:64] else _MKV
    return _of_boxes(first_bytes) or _of_sound_frames(first_bytes)


def refusal(first_bytes: bytes, suffix: str = "") -> Problem | None:
    """Why a file that begins so is refused although it may look like one that is read."""
    found = kind_of(first_bytes)
    if found is _TIFF and (suffix.lower() in _RAW_SUFFIXES or first_bytes[8:10] == b"CR"):
        return CAMERA_RAW()
    return None if found is not None else _unread(first_bytes)


def _unread(first_bytes: bytes) -> Problem:
    for start, form in _OTHER_PICTURES:
        if first_bytes.startswith(start):
            return OTHER_PICTURE(form=form)
    text = first_bytes.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"%pdf", b"%!ps", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return DOCUMENT()
    if text.startswith(b"<") and b"<svg" in text and b"<html" not in text:
        return DRAWING()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")):
        return WEB_PAGE()
    return UNKNOWN_CONTENT()


def _of_boxes(first_bytes: bytes) -> Found | None:
    """Files made of size-and-name boxes: the MP4 family, AVIF and HEIC."""
    if first_bytes[4:8] in _OLD_QUICKTIME and first_bytes[:2] != b"\xff\xd8":
        return _MOV
    if first_bytes[4:8] != b"ftyp":
        return None
    brands = _brands(first_bytes)
    if _AVIF_BRANDS & set(brands):
        return _AVIF
    if _HEIC_BRANDS & set(brands):
        return _HEIC
    if brands[0] in _SOUND_BRANDS:
        return _M4A
    return _MOV if brands[0] == b"qt  " else _MP4


def _brands(first_bytes: bytes) -> list[bytes]:
    """Major brand first, then the compatible ones; the minor version between them is none."""
    end = max(16, min(int.from_bytes(first_bytes[:4], "big"), len(first_bytes), 256))
    return [first_bytes[8:12], *(first_bytes[at : at + 4] for at in range(16, end - 3, 4))]


def _of_sound_frames(first_bytes: bytes) -> Found | None:
    """Bare MPEG sound: a sync word and header bits that are all allowed values."""
    if len(first_bytes) < 4 or first_bytes[0] != 0xFF:
        return None
    if first_bytes[1] & 0xF6 == 0xF0:
        return _AAC
    is_sync = first_bytes[1] & 0xE0 == 0xE0 and first_bytes[1] & 0x18 != 0x08
    is_layer_3 = first_bytes[1] & 0x06 == 0x02
    has_rates = first_bytes[2] & 0xF0 not in {0x00, 0xF0} and first_bytes[2] & 0x0C != 0x0C
    return _MP3 if is_sync and is_layer_3 and has_rates else None
