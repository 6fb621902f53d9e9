"""Decoding a clip from any place on, and turning its frames into pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from av.error import FFmpegError
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import VideoFrame, VideoStream
    from av.container import InputContainer

    from kling_desktop.media.frame_index import KeyFrame

_UNSPECIFIED = 2
"""AVCOL_SPC_UNSPECIFIED: the file does not say by which matrix it was made."""
_HIGHEST_SD = 576
"""Lines. Above, an unspecified matrix is taken for BT.709, as Qt's player does."""
_FINE = (
    Interpolation.BICUBIC
    | Interpolation.FULL_CHR_H_INT
    | Interpolation.FULL_CHR_H_INP
    | Interpolation.ACCURATE_RND
)
_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True, slots=True)
class Pixels:
    """Three bytes a pixel, red, green, blue, in lines of `stride` bytes from the top."""

    width: int
    height: int
    stride: int
    rgb: bytes


class Decoder:
    """The frames of one stream in the order in which they are shown, from a place one chooses."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self._frames: Iterator[VideoFrame] | None = None
        self.position: int | None = None
        """The pts of the frame that came last."""

    def start_at(self, key: KeyFrame | None) -> None:
        """Goes to a key frame, or to the beginning. Raises FFmpegError."""
        self.position = None
        offset = key.dts if key is not None else self._stream.start_time or 0
        self._container.seek(offset, stream=self._stream, backward=True, any_frame=False)
        self._frames = self._run(None if key is None else key.pts)

    def next(self) -> VideoFrame | None:
        """The next frame, or None at the end."""
        if self._frames is None:
            return None
        frame = next(self._frames, None)
        self.position = None if frame is None else frame.pts
        if frame is None:
            self._frames = None
        return frame

    def _run(self, earliest: int | None) -> Iterator[VideoFrame]:
        """Frames before the key frame lean on others that were not decoded: left out."""
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except FFmpegError:
                # A player shows what comes after a damaged place; so does this.
                continue
            for frame in frames:
                if frame.pts is not None and (earliest is None or frame.pts >= earliest):
                    yield frame


def pixels_of(frame: VideoFrame, *, fine: bool = False) -> Pixels:
    """A frame as it is shown: upright, by the colour matrix that the clip was made with.

    `fine` rounds exactly and smooths the colour between the samples, at ten times the cost
    (13 ms for 1080p): for a frame that is kept.
    """
    drawn = _rgb(frame, (frame.width, frame.height), fine=fine)
    plane = drawn.planes[0]
    turn = _TURNS.get(frame.rotation % 360)
    if turn is None:
        return Pixels(drawn.width, drawn.height, plane.line_size, bytes(plane))
    picture = image_of(drawn).transpose(turn)
    return Pixels(picture.width, picture.height, picture.width * 3, picture.tobytes())


def scaled_image(frame: VideoFrame, box: tuple[int, int]) -> Image.Image:
    """A frame as a picture no larger than the box, and never larger than it is."""
    turned = bool(frame.rotation % 180)
    wide, high = box[::-1] if turned else box
    scale = min(wide / frame.width, high / frame.height, 1.0)
    size = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    picture = image_of(_rgb(frame, size, fine=True))
    turn = _TURNS.get(frame.rotation % 360)
    return picture if turn is None else picture.transpose(turn)


def image_of(frame: VideoFrame) -> Image.Image:
    """An RGB24 frame as a picture."""
    plane = frame.planes[0]
    size = (frame.width, frame.height)
    return Image.frombytes("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)


def _rgb(frame: VideoFrame, size: tuple[int, int], *, fine: bool) -> VideoFrame:
    return frame.reformat(
        width=size[0],
        height=size[1],
        format="rgb24",
        src_colorspace=_matrix(frame),
        interpolation=_FINE if fine else None,
    )


def _matrix(frame: VideoFrame) -> Colorspace | None:
    if frame.colorspace != _UNSPECIFIED:
        return None
    return Colorspace.ITU709 if frame.height > _HIGHEST_SD else Colorspace.ITU601
