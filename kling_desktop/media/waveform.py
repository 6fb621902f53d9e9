"""How loud a sound is, moment by moment, to be drawn."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import av
from av.error import FFmpegError

from kling_desktop.media.opened import open_regular
from kling_desktop.media.probe import recognized
from kling_desktop.media.problems import NOTHING_TO_HEAR, MediaRefused
from kling_desktop.media.streams import opened
from kling_desktop.records.media import MediaKind
from kling_desktop.records.sound import Waveform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av import AudioFrame
    from av.container import InputContainer

LONGEST = 3600
"""Seconds that are listened to; nobody looks at more at once."""
MOST = 4096
"""Stretches that a waveform has at the most, however long the sound is."""
_LOOKED_AT = 8000
"""Samples of a second that are looked at."""
_FINEST = 32
"""Looked-at samples in the shortest stretch: 4 ms."""
_FULL_SCALE = 32_768


def waveform_of(path: Path, is_stopped: Callable[[], bool] = lambda: False) -> Waveform | None:
    """Listens to a sound, or to the sound of a clip. None where it was stopped.

    Blocks: a minute of MP3 takes about a tenth of a second. Memory is that of a short sound,
    whatever the file. Raises MediaRefused.
    """
    with open_regular(path) as file:
        kind, _, content_type = recognized(file, path.suffix)
        if kind is MediaKind.IMAGE:
            raise MediaRefused(NOTHING_TO_HEAR())
        with opened(file, content_type) as container:
            if not container.streams.audio:
                raise MediaRefused(NOTHING_TO_HEAR())
            return _heard(container, is_stopped)


def decoded(container: InputContainer) -> Iterator[AudioFrame]:
    """The frames of the first sound in order; damaged places are passed over."""
    stream = container.streams.audio[0]
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except FFmpegError:
            continue
        for frame in frames:
            frame.pts = None
            yield frame


class _Peaks:
    """Twice as long stretches whenever there are too many."""

    def __init__(self) -> None:
        self.lows: list[int] = []
        self.highs: list[int] = []
        self._width = _FINEST
        self._rest = array("h")

    def add(self, samples: array[int]) -> None:
        self._rest += samples
        whole = len(self._rest) - len(self._rest) % self._width
        self._take(whole)
        while len(self.lows) > MOST:
            self._join()

    def end(self) -> None:
        """What is left over is a stretch too."""
        self._take(len(self._rest))

    def _take(self, whole: int) -> None:
        width, rest = self._width, self._rest
        for at in range(0, whole, width):
            part = rest[at : at + width]
            self.lows.append(min(part))
            self.highs.append(max(part))
        del rest[:whole]

    def _join(self) -> None:
        even = len(self.lows) // 2 * 2
        odd_low, odd_high = self.lows[even:], self.highs[even:]
        self.lows = [*map(min, self.lows[0:even:2], self.lows[1:even:2]), *odd_low]
        self.highs = [*map(max, self.highs[0:even:2], self.highs[1:even:2]), *odd_high]
        self._width *= 2


def _heard(container: InputContainer, is_stopped: Callable[[], bool]) -> Waveform | None:
    rate = container.streams.audio[0].rate
    # Every so manieth sample, rather than another rate: high tones stay as high as they are.
    step = max(1, rate // _LOOKED_AT)
    converter = av.AudioResampler(format="s16", layout="mono", rate=rate)
    peaks, count = _Peaks(), 0
    for frame in decoded(container):
        if is_stopped():
            return None
        for one in converter.resample(frame):
            samples = array("h", bytes(one.planes[0])[: one.samples * 2])
            peaks.add(samples[-count % step :: step])
            count += one.samples
        if count >= LONGEST * rate:
            break
    if not count:
        raise EOFError("no sound could be decoded")
    peaks.end()
    return Waveform(
        seconds=count / rate,
        lows=tuple(one / _FULL_SCALE for one in peaks.lows),
        highs=tuple(one / _FULL_SCALE for one in peaks.highs),
    )
