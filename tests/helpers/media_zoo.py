"""The media zoo: pictures, clips and sound of every awkward sort, made on the spot."""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
from PIL import Image, ImageCms, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

ORIENTATION = 0x0112
_TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
_SQUARE = 32
"""Pixels of one bit of a burnt-in frame number."""
_BITS = 10


def scene(width: int = 480, height: int = 320) -> Image.Image:
    """A picture without symmetry: a slope of colours with a red corner at the top left."""
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    green = Image.linear_gradient("L").resize((width, height))
    blue = Image.radial_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (red, green, blue))
    corner = (0, 0, width // 4, height // 4)
    ImageDraw.Draw(picture).rectangle(corner, fill=(220, 20, 30))
    return picture


def camera_jpeg(path: Path, orientation: int = 1, size: tuple[int, int] = (480, 320)) -> Path:
    """A JPEG as a phone makes it: turned by EXIF only, with place and camera inside.

    Shown upright it is scene(*size), whatever the orientation.
    """
    upright = scene(*size)
    turn = _TURNED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Secret Camera Works"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    stored.save(path, quality=95, subsampling=0, exif=exif, comment=b"Secret remark")
    return path


def bomb_png(path: Path, side: int = 50_000) -> Path:
    """A small PNG that unpacks to side × side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\x00" * (side * 3 + 1)
    body = b"".join(packer.compress(row) for _ in range(100)) + packer.flush()
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND")
    )
    return path


def bomb_webp(path: Path, side: int = 16_384) -> Path:
    """A tiny WebP that claims to be as large as WebP can be."""
    less_one = (side - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + less_one + less_one
    pixels = struct.pack("<I", (side - 1) | (side - 1) << 14)
    body += b"VP8L" + struct.pack("<I", 8) + b"\x2f" + pixels + bytes(3)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body)
    return path


def deep_png(path: Path, *, colour: bool) -> Path:
    """A PNG with 16 bits a channel: a slope from black to white, 256 × 16 pixels."""
    rows = bytearray()
    for _ in range(16):
        rows.append(0)
        for x in range(256):
            rows += struct.pack(">H", x * 257) * (3 if colour else 1)
    header = struct.pack(">IIBBBBB", 256, 16, 16, 2 if colour else 0, 0, 0, 0)
    body = zlib.compress(bytes(rows))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND")
    )
    return path


def _chunk(name: bytes, body: bytes = b"") -> bytes:
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def wide_profile() -> bytes:
    """A profile of the Adobe RGB sort: strong greens that sRGB files would show too pale."""
    # Pillow writes no such profile, so the primaries of sRGB are rewritten in place.
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for name, colour in (
        (b"rXYZ", (0.60974, 0.31111, 0.01947)),
        (b"gXYZ", (0.20528, 0.62567, 0.06087)),
        (b"bXYZ", (0.14919, 0.06322, 0.74457)),
    ):
        entry = data.index(name)
        at = int.from_bytes(data[entry + 4 : entry + 8], "big")
        data[at + 8 : at + 20] = struct.pack(">iii", *(round(one * 65536) for one in colour))
    return bytes(data)


def animation(path: Path, frames: int = 5) -> Path:
    """A moving picture (GIF, WebP, PNG or AVIF by the suffix) whose first frame is scene()."""
    later = [Image.new("RGB", (480, 320), (number * 40, 0, 0)) for number in range(1, frames)]
    scene().save(path, save_all=True, append_images=later, duration=80, loop=0)
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipPlan:
    """How a clip is encoded."""

    frames: int = 60
    rate: Fraction = Fraction(24)
    gop: int = 12
    b_frames: int = 2
    size: tuple[int, int] = (320, 192)
    first_pts: int = 0
    """In frames."""
    sound: bool = False
    codec: str = "libx264"
    form: str = "mp4"
    rotation: int = 0
    options: tuple[tuple[str, str], ...] = ()


def numbered_clip(path: Path, plan: ClipPlan | None = None) -> Path:
    """A clip in which every frame carries its own number; number_in() reads it."""
    plan = plan or ClipPlan()
    with av.open(str(path), "w", format=plan.form) as container:
        stream = container.add_stream(plan.codec, rate=plan.rate)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = plan.size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = 1 / plan.rate
        stream.codec_context.gop_size = plan.gop
        stream.codec_context.max_b_frames = plan.b_frames
        if plan.codec == "libx264":
            tune = f"keyint={plan.gop}:min-keyint={plan.gop}:bframes={plan.b_frames}:scenecut=0"
            stream.options = {"preset": "veryfast", "x264-params": tune}
        stream.options = {**stream.options, **dict(plan.options)}
        if plan.rotation:
            stream.set_display_rotation(plan.rotation)
        sound = _sound_stream(container) if plan.sound else None
        for number in range(plan.frames):
            picture = _numbered(number, plan.size).convert("RGBA")
            frame = av.VideoFrame.from_bytes(picture.tobytes(), *plan.size)
            frame.pts = number + plan.first_pts
            frame.time_base = 1 / plan.rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if sound is not None:
            _hum(container, sound, float(plan.frames / plan.rate))
    return path


def number_in(picture: Image.Image) -> int:
    """The number burnt into a frame of numbered_clip()."""
    scale = picture.width / (_SQUARE * _BITS)
    row = round(_SQUARE / 2 * scale)
    grey = picture.convert("L")
    middles = (round((bit + 0.5) * _SQUARE * scale) for bit in range(_BITS))
    bits = [isinstance(p := grey.getpixel((x, row)), int) and p > 128 for x in middles]
    return sum(1 << bit for bit, is_set in enumerate(bits) if is_set)


def _numbered(number: int, size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", (_SQUARE * _BITS, 192), (30, 60 + number % 7 * 20, 40))
    draw = ImageDraw.Draw(picture)
    for bit in range(_BITS):
        fill = "white" if number >> bit & 1 else "black"
        draw.rectangle((bit * _SQUARE, 0, (bit + 1) * _SQUARE - 1, _SQUARE * 2), fill=fill)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.BOX)


def _sound_stream(container: av.container.OutputContainer) -> av.AudioStream:
    stream = container.add_stream("aac", rate=44_100)
    assert isinstance(stream, av.AudioStream)
    stream.codec_context.layout = "mono"
    return stream


def _hum(container: av.container.OutputContainer, stream: av.AudioStream, seconds: float) -> None:
    done = 0
    while done < seconds * 44_100:
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.sample_rate = 44_100
        frame.pts = done
        frame.planes[0].update(_wave_part(done, 1024))
        container.mux(stream.encode(frame))
        done += 1024
    container.mux(stream.encode())


def _wave_part(begin: int, samples: int) -> bytes:
    points = (0.3 * math.sin(0.06 * number) for number in range(begin, begin + samples))
    return struct.pack(f"<{samples}f", *points)


def sound_only(path: Path, seconds: float = 2.0) -> Path:
    """An M4A of a hum."""
    with av.open(str(path), "w", format="ipod") as container:
        _hum(container, _sound_stream(container), seconds)
    return path


def wav(path: Path, seconds: float = 2.0) -> Path:
    """A WAV of silence."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(seconds * 8000) * 2))
    return path


def as_bytes(picture: Image.Image, form: str, **options: object) -> bytes:
    """The picture encoded in memory."""
    buffer = io.BytesIO()
    picture.save(buffer, format=form, **options)
    return buffer.getvalue()


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean distance of two pictures of one size, in levels of 255; the worst of the channels."""
    from PIL import ImageChops, ImageStat

    assert one.size == other.size, f"{one.size} beside {other.size}"
    apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return max(ImageStat.Stat(apart).mean)
