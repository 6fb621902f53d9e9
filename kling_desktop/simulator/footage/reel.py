"""A clip that was given, as footage: fitted to the frame, over again if it is too short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.error import FFmpegError
from av.video.reformatter import Colorspace
from PIL import Image

from kling_desktop.media.streams import picture_stream
from kling_desktop.simulator.film import Planes, even, planes_of_frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kling_desktop.simulator.film import Shape

_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


class Reel:
    """Goes forward only, as a film is written. `close` it."""

    def __init__(self, path: Path, shape: Shape) -> None:
        self._path, self._shape = path, shape
        self._container = av.open(str(path))
        self._frames = self._run()
        self._began, self._at = 0.0, 0.0
        self._next: av.VideoFrame | None = next(self._frames, None)
        if self._next is None:
            self._container.close()
            raise EOFError("no frame could be decoded")
        self._shown = self._next
        self._planes: Planes | None = None

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        shape = self._shape
        self._go_to(at * (shape.frames - 1) / shape.frame_rate + 0.5 / shape.frame_rate)
        if self._planes is None:
            self._planes = fitted(self._shown, shape)
        return Planes(*(plane.copy() for plane in self._planes))

    def close(self) -> None:
        """Lets the file go."""
        self._container.close()

    def _go_to(self, seconds: float) -> None:
        while self._next is not None and self._began + _time_of(self._next) <= seconds:
            self._shown, self._planes = self._next, None
            self._next = next(self._frames, None)
            if self._next is None:
                self._begin_again()

    def _begin_again(self) -> None:
        length = _time_of(self._shown) + 1 / self._shape.frame_rate
        self._container.close()
        self._container = av.open(str(self._path))
        self._frames = self._run()
        self._began += length
        self._next = next(self._frames, None)

    def _run(self) -> Iterator[av.VideoFrame]:
        stream = picture_stream(self._container)
        if stream is None:
            return
        stream.thread_type = "NONE"
        try:
            yield from self._container.decode(stream)
        except FFmpegError:
            # What could be decoded is shown; fal's models are as patient with a broken end.
            return


def fitted(frame: av.VideoFrame, shape: Shape) -> Planes:
    """A decoded frame upright, filling the whole shape, its middle kept."""
    turn = _TURNS.get(frame.rotation % 360)
    width, height = frame.width, frame.height
    if turn is not None and frame.rotation % 180:
        width, height = height, width
    scale = max(shape.width / width, shape.height / height)
    size = (max(shape.width, even(width * scale)), max(shape.height, even(height * scale)))
    given = size[::-1] if turn is not None and frame.rotation % 180 else size
    drawn = frame.reformat(
        width=given[0], height=given[1], format="yuv420p", dst_colorspace=Colorspace.ITU709
    )
    planes = planes_of_frame(drawn)
    if turn is not None:
        planes = Planes(*(plane.transpose(turn) for plane in planes))
    if size == (shape.width, shape.height):
        return planes
    return Planes(
        _middle(planes.y, (shape.width, shape.height)),
        _middle(planes.u, shape.half),
        _middle(planes.v, shape.half),
    )


def _middle(plane: Image.Image, size: tuple[int, int]) -> Image.Image:
    left, top = (plane.width - size[0]) // 2, (plane.height - size[1]) // 2
    return plane.crop((left, top, left + size[0], top + size[1]))


def _time_of(frame: av.VideoFrame) -> float:
    return frame.time or 0.0
