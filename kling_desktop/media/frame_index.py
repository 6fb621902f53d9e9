"""Which frames a clip has, and when each is shown, told by the clip and not by its header."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av import VideoStream
    from av.container import InputContainer


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """Where decoding can begin."""

    pts: int
    dts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameIndex:
    """The frames of a clip in the order in which they are shown, in units of `time_base`."""

    times: tuple[int, ...]
    keys: tuple[KeyFrame, ...]
    """In the order of their pts."""
    end: int
    """When the last frame ceases to be shown; its own time where the clip does not say."""
    start: int
    """What a player calls zero: the beginning of the file, sound included."""
    time_base: Fraction
    """Seconds."""

    @property
    def steps(self) -> list[int]:
        """The distances between frames, the shortest first."""
        return sorted(after - before for before, after in pairwise(self.times))

    @property
    def rate(self) -> Fraction:
        """Frames per second, without being led astray by one frame that stands longer."""
        steps = self.steps
        if not steps:
            return (1 / (max(1, self.end - self.times[0]) * self.time_base)).limit_denominator(1001)
        usual = Fraction(steps[len(steps) // 2])
        mean = Fraction(self.times[-1] - self.times[0], len(steps))
        if abs(mean / usual - 1) < Fraction(1, 50):
            usual = mean
        return _plain_rate(1 / (usual * self.time_base))

    def seconds(self, pts: int) -> float:
        """As a player counts."""
        return float((pts - self.start) * self.time_base)

    def at(self, seconds: float) -> int:
        """Number of the frame on screen at that time; the first before, the last after."""
        # A tenth of a millisecond of grace: players round the times they are asked for.
        pts = Fraction(seconds + 0.0001) / self.time_base + self.start
        return max(0, bisect_right(self.times, pts) - 1)

    def key_for(self, pts: int) -> KeyFrame | None:
        """The last key frame that is shown no later, or None before the first."""
        at = bisect_right(self.keys, pts, key=lambda key: key.pts)
        return self.keys[at - 1] if at else None

    def with_times(self, times: Sequence[int]) -> FrameIndex:
        """The same clip with the frames that were found by decoding; at least one."""
        is_same_end = bool(self.times) and times[-1] == self.times[-1]
        return replace(self, times=tuple(times), end=self.end if is_same_end else times[-1])

    @property
    def stop(self) -> float:
        """Seconds until the last frame ceases to be shown, also where the clip does not say."""
        steps = self.steps
        usual = steps[len(steps) // 2] if steps else 1
        return self.seconds(max(self.end, self.times[-1] + usual))


def read_index(container: InputContainer, stream: VideoStream) -> FrameIndex:
    """Reads the packets without decoding them. Packets without a time give an empty index."""
    time_base = stream.time_base or Fraction(1, 1000)
    times: set[int] = set()
    keys: list[KeyFrame] = []
    end = 0
    for packet in container.demux(stream):
        if packet.size == 0 or packet.pts is None:
            continue
        if packet.is_keyframe:
            keys.append(KeyFrame(packet.pts, packet.pts if packet.dts is None else packet.dts))
        if not packet.is_discard:
            times.add(packet.pts)
            end = max(end, packet.pts + (packet.duration or 0))
    begins = Fraction(container.start_time or 0, 1_000_000)
    return FrameIndex(
        times=tuple(sorted(times)),
        keys=tuple(sorted(keys, key=lambda key: key.pts)),
        end=end,
        start=_start(begins, time_base, times),
        time_base=time_base,
    )


def _start(begins: Fraction, time_base: Fraction, times: set[int]) -> int:
    """FFmpeg rounds the start to microseconds; where it means the first frame, it is that."""
    start = round(begins / time_base)
    first = min(times, default=start)
    return first if abs((first - start) * time_base) < Fraction(1, 1000) else start


def _plain_rate(rate: Fraction) -> Fraction:
    """The rate that was meant: clocks of milliseconds make 24 frames look like 23.99."""
    for meant in (Fraction(round(rate)), Fraction(round(rate * 1001 / 1000) * 1000, 1001)):
        if meant and abs(rate / meant - 1) < Fraction(1, 5000):
            return meant
    return rate.limit_denominator(1001)
