"""Takes place, camera and all other remarks out of a picture file without touching its pixels.

What is not known to be needed for showing the picture is left out: a list of what may stay is
safer than a list of what must go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST cICP mDCV cLLI".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_REMARKS = 0x08 | 0x04
"""Flags in VP8X that announce EXIF and XMP."""
_JPEG_APP_KEPT = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_JPEG_SCAN = 0xDA
_JPEG_END = 0xD9
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def without_remarks(data: bytes, content_type: str) -> bytes | None:
    """The same picture with nothing but the picture, or None where its build is not understood.

    For JPEG, PNG and WebP. Equal bytes come back for a file that has nothing to hide. What
    follows the end of the picture (a hidden clip, an older version) goes too.
    """
    parts = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}.get(content_type)
    try:
        return None if parts is None else b"".join(parts(data))
    except (IndexError, ValueError):
        return None


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _JPEG_END:
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise ValueError("a segment reaches beyond the file")
        if marker == _JPEG_SCAN:
            end = _after_scan(data, end)
        if _stays_in_jpeg(marker, data[at + 4 : at + 16]):
            yield data[at:end]
        at = end


def _stays_in_jpeg(marker: int, begins: bytes) -> bool:
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        return marker in _JPEG_APP_KEPT and begins.startswith(_JPEG_APP_KEPT[marker])
    return True


def _after_scan(data: bytes, begin: int) -> int:
    found = _NEXT_MARKER.search(data, begin)
    if found is None:
        raise ValueError("the picture data has no end")
    return found.start()


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_START
    at = len(_PNG_START)
    while True:
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if end > len(data):
            raise ValueError("a chunk reaches beyond the file")
        if name in _PNG_KEPT:
            yield data[at:end]
        elif not name[0] & 0x20:
            raise ValueError("a chunk that is needed and not known")
        if name == b"IEND":
            return
        at = end


def _webp(data: bytes) -> Iterator[bytes]:
    body = b"".join(_webp_chunks(data))
    yield b"RIFF"
    yield (len(body) + 4).to_bytes(4, "little")
    yield b"WEBP"
    yield body


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 12
    stop = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at < stop:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        name = data[at : at + 4]
        if end > len(data):
            raise ValueError("a chunk reaches beyond the file")
        if name == b"VP8X":
            flags = data[at + 8] & ~_WEBP_REMARKS
            yield data[at : at + 8] + bytes((flags,)) + data[at + 9 : end]
        elif name in _WEBP_KEPT:
            yield data[at:end]
        at = end
