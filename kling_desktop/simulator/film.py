"""Writes moving pictures as H.264, frame by frame, with one encoder thread."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Protocol

import av
from av.video.reformatter import Colorspace
from PIL import Image

from kling_desktop.simulator.sound.pcm import RATE, frames, lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av import VideoStream
    from av.container import OutputContainer

_BT709 = 1
_LIMITED_RANGE = 1


class Planes(NamedTuple):
    """One picture as brightness and, at half the size, two planes of colour (BT.709)."""

    y: Image.Image
    u: Image.Image
    v: Image.Image


class Footage(Protocol):
    """Something that can be filmed."""

    def frame(self, at: float) -> Planes:
        """The picture at a moment, 0 being the first frame and 1 the last."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a clip is like. Pixels, frames per second, seconds."""

    width: int
    height: int
    frame_rate: int
    seconds: float

    @property
    def frames(self) -> int:
        """How many pictures it has."""
        return max(1, round(self.frame_rate * self.seconds))

    @property
    def half(self) -> tuple[int, int]:
        """The size of the planes of colour."""
        return self.width // 2, self.height // 2


class FilmStoppedError(Exception):
    """The simulator ends, so this clip is not finished."""


def shape_for(ratio: float, short_side: int, frame_rate: int, seconds: float) -> Shape:
    """The size whose shorter side is given, both sides even."""
    if ratio >= 1:
        width, height = even(short_side * ratio), even(short_side)
    else:
        width, height = even(short_side), even(short_side / ratio)
    return Shape(width=width, height=height, frame_rate=frame_rate, seconds=seconds)


def even(length: float) -> int:
    """The nearest even number."""
    return max(2, round(length / 2) * 2)


def planes_of(picture: Image.Image) -> Planes:
    """The planes of a picture in RGB whose sides are even."""
    frame: av.VideoFrame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
    frame = frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)
    return planes_of_frame(frame)


@dataclass(frozen=True, slots=True)
class Take:
    """What is filmed: what is seen, how large and long, and what is heard, if anything."""

    footage: Footage
    shape: Shape
    sound: Iterator[bytes] | None = None


def film(
    take: Take,
    target: Path,
    progress: Callable[[float], None],
    stopped: Callable[[], bool],
) -> None:
    """Writes an MP4 that starts to play before it is whole, a key frame every half second.

    Raises FilmStoppedError once `stopped` says so.
    """
    shape = take.shape
    with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = _picture_stream(container, shape)
        sound = None if take.sound is None else _Heard(container, take)
        for index in range(shape.frames):
            if stopped():
                raise FilmStoppedError
            picture = take.footage.frame(index / max(1, shape.frames - 1))
            container.mux(stream.encode(_video_frame(picture, shape, index)))
            if sound is not None:
                sound.up_to((index + 1) / shape.frame_rate)
            progress((index + 1) / shape.frames)
        container.mux(stream.encode(None))
        if sound is not None:
            sound.to_the_end()


class _Heard:
    """The sound of a film, written as the picture goes on."""

    def __init__(self, container: OutputContainer, take: Take) -> None:
        self._container = container
        seconds = take.shape.frames / take.shape.frame_rate
        self._frames = frames(lasting(take.sound or iter(()), seconds))
        self._stream = container.add_stream("aac", rate=RATE, layout="stereo")
        self._seconds = 0.0

    def up_to(self, seconds: float) -> None:
        while self._seconds < seconds:
            frame = next(self._frames, None)
            if frame is None:
                return
            self._container.mux(self._stream.encode(frame))
            self._seconds += frame.samples / RATE

    def to_the_end(self) -> None:
        self.up_to(float("inf"))
        self._container.mux(self._stream.encode(None))


def _picture_stream(container: OutputContainer, shape: Shape) -> VideoStream:
    stream = container.add_stream("libx264", rate=shape.frame_rate)
    stream.width, stream.height, stream.pix_fmt = shape.width, shape.height, "yuv420p"
    stream.options = {"preset": "ultrafast", "crf": "19", "g": str(max(1, shape.frame_rate // 2))}
    context = stream.codec_context
    context.thread_count = 1
    context.colorspace, context.color_range = _BT709, _LIMITED_RANGE
    context.color_primaries = context.color_trc = _BT709
    context.time_base = Fraction(1, shape.frame_rate)
    return stream


def picture_of(planes: Planes) -> Image.Image:
    """The planes as a picture in RGB."""
    width, height = planes.y.size
    shape = Shape(width=width, height=height, frame_rate=1, seconds=1)
    image: Image.Image = _video_frame(planes, shape, 0).to_image()  # type: ignore[no-untyped-call]
    return image


def planes_of_frame(frame: av.VideoFrame) -> Planes:
    """The planes of a decoded picture that is yuv420p already."""
    return Planes(*(_copied(plane) for plane in frame.planes))


def _copied(plane: av.video.plane.VideoPlane) -> Image.Image:
    size = (plane.width, plane.height)
    return Image.frombytes("L", size, bytes(plane), "raw", "L", plane.line_size, 1)


def _video_frame(picture: Planes, shape: Shape, index: int) -> av.VideoFrame:
    frame = av.VideoFrame(shape.width, shape.height, "yuv420p")
    for plane, image in zip(frame.planes, picture, strict=True):
        plane.update(image.tobytes("raw", "L", plane.line_size, 1))
    frame.pts, frame.time_base = index, Fraction(1, shape.frame_rate)
    frame.colorspace, frame.color_range = _BT709, _LIMITED_RANGE
    return frame
