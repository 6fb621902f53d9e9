"""HEIC pictures as phones save them: HEVC in boxes (ISO/IEC 23008-12), in tiles, turned."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
from av.video.reformatter import ColorRange, Colorspace

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

_COLORS = b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0x80)
_TOOLS = "log-level=none:keyint=1:crf=6:frame-threads=1:pools=1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """How the picture is stored. It is shown as it was given in any case."""

    quarter_turns: int = 0
    """By which the stored picture has to be turned against the clock."""
    tile: int = 0
    """Pixels of a square tile; 0 stores it in one piece."""
    exif: bytes = b""
    """As Pillow writes it, with `Exif` in front."""
    profile: bytes = b""


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    kind: bytes
    data: bytes
    properties: tuple[bytes, ...] = ()
    is_hidden: bool = False


def heic(path: Path, picture: Image.Image, phone: Phone | None = None) -> Path:
    """Writes the picture; returns the path."""
    how = phone or Phone()
    stored = picture.rotate(-90 * how.quarter_turns, expand=True)
    colors = _box(b"colr", b"prof" + how.profile if how.profile else _COLORS)
    turn = (_box(b"irot", bytes([how.quarter_turns])),) if how.quarter_turns else ()
    whole = (colors, *turn)
    items = _tiles(stored, how.tile, whole) if how.tile else [_coded(1, stored, whole)]
    primary, parts = items[-1].number, [one.number for one in items[:-1]]
    links = _link(b"dimg", primary, parts) if parts else b""
    if how.exif:
        number = primary + 1
        items.append(_Item(number, b"Exif", struct.pack(">I", 6) + how.exif))
        links += _link(b"cdsc", number, [primary])
    path.write_bytes(_file(items, primary, links))
    return path


def _tiles(picture: Image.Image, side: int, whole: tuple[bytes, ...]) -> list[_Item]:
    columns, rows = -(-picture.width // side), -(-picture.height // side)
    items: list[_Item] = []
    for row in range(rows):
        for column in range(columns):
            left, top = column * side, row * side
            part = picture.crop((left, top, left + side, top + side))
            items.append(_coded(len(items) + 1, part, whole[:1], is_hidden=True))
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *picture.size)
    items.append(_Item(len(items) + 1, b"grid", grid, (_extent(picture.size), *whole)))
    return items


def _coded(
    number: int, picture: Image.Image, more: tuple[bytes, ...], *, is_hidden: bool = False
) -> _Item:
    setup, data = _hevc(picture)
    return _Item(number, b"hvc1", data, (setup, _extent(picture.size), *more), is_hidden)


def _hevc(picture: Image.Image) -> tuple[bytes, bytes]:
    """The box that sets the decoder up, and the one coded picture."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream(
            "libx265", rate=1, options={"x265-params": _TOOLS, "preset": "ultrafast"}
        )
        stream.width, stream.height = picture.size
        stream.pix_fmt = "yuvj420p"
        given = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # as it is
        frame = given.reformat(
            format="yuvj420p",
            dst_colorspace=Colorspace.ITU601,
            dst_color_range=ColorRange.JPEG,
        )
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    whole = buffer.getvalue()
    at = whole.index(b"hvcC") - 4
    setup = whole[at : at + int.from_bytes(whole[at : at + 4], "big")]
    buffer.seek(0)
    with av.open(buffer, "r") as container:
        packet = next(one for one in container.demux(video=0) if one.size)
        return setup, bytes(packet)


def _file(items: list[_Item], primary: int, links: bytes) -> bytes:
    start = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    meta_size = len(_meta(items, primary, links, 0))
    first = len(start) + meta_size + 8
    data = b"".join(one.data for one in items)
    return start + _meta(items, primary, links, first) + _box(b"mdat", data)


def _meta(items: list[_Item], primary: int, links: bytes, first: int) -> bytes:
    ends = struct.pack(">BBH", 0x44, 0, len(items))
    for one in items:
        ends += struct.pack(">HHHII", one.number, 0, 1, first, len(one.data))
        first += len(one.data)
    known = struct.pack(">H", len(items)) + b"".join(_entry(one) for one in items)
    return _box(
        b"meta",
        bytes(4)
        + _box(b"hdlr", bytes(8) + b"pict" + bytes(13))
        + _box(b"pitm", bytes(4) + struct.pack(">H", primary))
        + _box(b"iloc", bytes(4) + ends)
        + _box(b"iinf", bytes(4) + known)
        + (_box(b"iref", bytes(4) + links) if links else b"")
        + _properties(items),
    )


def _entry(item: _Item) -> bytes:
    flags = b"\2\0\0\1" if item.is_hidden else b"\2\0\0\0"
    return _box(b"infe", flags + struct.pack(">HH", item.number, 0) + item.kind + b"\0")


def _properties(items: list[_Item]) -> bytes:
    every = [one for item in items for one in item.properties]
    order = list(dict.fromkeys(every))
    ties, count = b"", 0
    for item in items:
        if item.properties:
            count += 1
            ties += struct.pack(">HB", item.number, len(item.properties))
            ties += bytes(0x80 | (order.index(one) + 1) for one in item.properties)
    tied = _box(b"ipma", bytes(4) + struct.pack(">I", count) + ties)
    return _box(b"iprp", _box(b"ipco", b"".join(order)) + tied)


def _link(kind: bytes, source: int, targets: list[int]) -> bytes:
    return _box(kind, struct.pack(f">HH{len(targets)}H", source, len(targets), *targets))


def _extent(size: tuple[int, int]) -> bytes:
    return _box(b"ispe", struct.pack(">III", 0, *size))


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body
