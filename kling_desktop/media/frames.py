"""Exact frames of a clip, by number or by time, from a bounded cache."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Self

from PIL import Image

from kling_desktop.media import streams
from kling_desktop.media.decoding import Decoder, pixels_of
from kling_desktop.media.frame_index import FrameIndex, read_index
from kling_desktop.media.naming import write_whole
from kling_desktop.media.opened import open_regular
from kling_desktop.media.probe import recognized
from kling_desktop.media.problems import CLIP_BROKEN, NOTHING_TO_SHOW, MediaRefused

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path
    from types import TracebackType

    from av import VideoFrame

    from kling_desktop.media.frame_index import KeyFrame

CACHE_BYTES = 192_000_000
"""Of decoded frames: about sixty of 1080p, a second and more of stepping in both directions."""
_MOST_CACHED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePicture:
    """One frame as it is shown. Its bytes can be wrapped in a QImage (RGB888) without a copy."""

    width: int
    height: int
    stride: int
    """Bytes a line."""
    rgb: bytes
    """Three bytes a pixel, from the top left."""
    index: int
    time: float
    """Seconds from the beginning of the clip, as a player counts."""


class Frames:
    """The frames of one clip. All methods block; for use in a worker thread.

    Opening reads all packets and decodes the last group of pictures, so that the last frame is
    one that can be shown. Calls from several threads wait for each other.
    """

    def __init__(self, path: Path, cache_bytes: int = CACHE_BYTES) -> None:
        """Raises MediaRefused for a file without a single frame that can be decoded."""
        self._lock = Lock()
        self._closed = False
        self._cache = _Cache(cache_bytes)
        self._file = open_regular(path)
        try:
            self._open(path.suffix)
        except streams.TROUBLE as error:
            self._file.close()
            raise _broken(error) from error
        except MediaRefused:
            self._file.close()
            raise

    def _open(self, suffix: str) -> None:
        content_type = recognized(self._file, suffix)[2]
        if content_type.startswith("image/"):
            raise MediaRefused(NOTHING_TO_SHOW())
        self._container = streams.open_container(self._file, content_type)
        stream = streams.picture_stream(self._container)
        if stream is None:
            raise MediaRefused(NOTHING_TO_SHOW())
        streams.refuse_giant(stream)
        stream.thread_type = "AUTO"
        self._decoder = Decoder(self._container, stream)
        self._index = self._proven(read_index(self._container, stream))

    @property
    def count(self) -> int:
        """How many frames can be shown."""
        return len(self._index.times)

    @property
    def frame_rate(self) -> Fraction:
        """Frames per second."""
        return self._index.rate

    @property
    def duration(self) -> float:
        """Seconds until the last frame ceases to be shown."""
        return self._index.stop

    def index_at(self, seconds: float) -> int:
        """The frame on screen at a player's position: the one begun and not yet replaced."""
        return self._index.at(seconds)

    def time_of(self, index: int) -> float:
        """When a frame begins to be shown, in seconds. Raises IndexError."""
        return self._index.seconds(self._pts(index))

    def middle_of(self, index: int) -> float:
        """A time at which a player surely shows that frame, whichever way it rounds."""
        is_last = index == self.count - 1
        after = self.duration if is_last else self.time_of(index + 1)
        return (self.time_of(index) + after) / 2

    def frame(self, index: int, *, fine: bool = False) -> FramePicture:
        """One frame; `fine` is slower and exact to the last bit, for frames that are kept.

        Raises IndexError beyond the clip, ValueError once closed, MediaRefused for damage.
        """
        pts = self._pts(index)
        with self._lock:
            if self._closed:
                raise ValueError("the clip was closed")
            try:
                shown = pixels_of(self._cache.get(pts) or self._decode_to(pts), fine=fine)
            except streams.TROUBLE as error:
                raise _broken(error) from error
        return FramePicture(
            width=shown.width,
            height=shown.height,
            stride=shown.stride,
            rgb=shown.rgb,
            index=index,
            time=self._index.seconds(pts),
        )

    def last(self) -> FramePicture:
        """The last frame that can be decoded."""
        return self.frame(self.count - 1)

    def close(self) -> None:
        """Lets go of the file; waits for a call in another thread. May be called twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._cache.clear()
                self._container.close()
                self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _pts(self, index: int) -> int:
        if not 0 <= index < self.count:
            raise IndexError(f"frame {index} of {self.count}")
        return self._index.times[index]

    def _proven(self, index: FrameIndex) -> FrameIndex:
        """Holds the index against what the last group of pictures decodes to.

        Where they differ (a torn end, fields sent one by one, times left out) all of the clip is
        decoded once, and that is the truth.
        """
        if index.times and index.keys:
            key = index.keys[-1]
            found = self._decoded_times(key)
            if found and found == [pts for pts in index.times if pts >= key.pts]:
                return index
        found = self._decoded_times(None)
        if not found:
            raise EOFError("no frame could be decoded")
        return index.with_times(found)

    def _decoded_times(self, key: KeyFrame | None) -> list[int]:
        found = set()
        self._decoder.start_at(key)
        while (frame := self._decoder.next()) is not None:
            found.add(self._cache.keep(frame, near=frame.pts or 0))
        return sorted(found)

    def _decode_to(self, pts: int) -> VideoFrame:
        """The frame, or where it was lost to damage the one that a player would leave standing."""
        key = self._index.key_for(pts)
        for start in (key, None):
            self._go_before(pts, start)
            shown = None
            while (frame := self._decoder.next()) is not None:
                if self._cache.keep(frame, near=pts) <= pts:
                    shown = frame
                if (frame.pts or 0) >= pts:
                    break
            if shown is not None:
                return shown
        raise EOFError("the frame could not be decoded")

    def _go_before(self, pts: int, key: KeyFrame | None) -> None:
        """Starts anew unless the decoder is on its way to the frame already."""
        position = self._decoder.position
        is_on_the_way = position is not None and position < pts
        if not is_on_the_way or key is None or key.pts > (position or 0):
            self._decoder.start_at(key)


def _broken(error: BaseException) -> MediaRefused:
    return MediaRefused(CLIP_BROKEN(details=f"{type(error).__name__}: {error}"))


class _Cache:
    """Decoded frames by their time, those farthest from the last wish dropped first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._frames: dict[int, VideoFrame] = {}

    def get(self, pts: int) -> VideoFrame | None:
        return self._frames.get(pts)

    def keep(self, frame: VideoFrame, near: int) -> int:
        """Returns the frame's time."""
        pts = frame.pts or 0
        self._frames[pts] = frame
        if len(self._frames) > self._room_for(frame):
            del self._frames[max(self._frames, key=lambda kept: abs(kept - near))]
        return pts

    def clear(self) -> None:
        self._frames.clear()

    def _room_for(self, frame: VideoFrame) -> int:
        one = sum(plane.buffer_size for plane in frame.planes)
        return min(_MOST_CACHED, max(2, self._most_bytes // max(1, one)))


def frame_png(path: Path, index: int, target: Path) -> Path:
    """Writes one frame of a clip as PNG. `target` must not exist, or be from free_name.

    Raises MediaRefused for the clip or a taken name, IndexError, and OSError for the disk.
    """
    with Frames(path) as frames:
        return _write_png(frames.frame(index, fine=True), target)


def last_frame_png(path: Path, target: Path) -> Path:
    """Writes the last frame that can be decoded as PNG; otherwise as frame_png."""
    with Frames(path) as frames:
        return _write_png(frames.frame(frames.count - 1, fine=True), target)


def _write_png(picture: FramePicture, target: Path) -> Path:
    size = (picture.width, picture.height)
    image = Image.frombytes("RGB", size, picture.rgb, "raw", "RGB", picture.stride, 1)
    write_whole(target, lambda part: image.save(part, format="PNG", compress_level=4))
    return target
