"""When each frame of a clip is shown: told by the decoded clip, guessed until that is known."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from kling_desktop.media.frames import Frames
    from kling_desktop.records.clip import Clip

_GRACE = 0.0001
"""Seconds. Players round the times they are asked for and the times they tell."""
_USUAL_RATE = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTimes:
    """The frames of a clip on the player's clock. Times are seconds, frames count from 0."""

    starts: tuple[float, ...]
    """When each frame begins to be shown."""
    stop: float
    """When the last frame ceases to be shown."""
    rate: float
    """Frames per second."""
    known: bool = False
    """False for a guess from the header or the library."""

    @property
    def count(self) -> int:
        """How many frames there are; 0 where even a guess is impossible."""
        return len(self.starts)

    @property
    def last(self) -> int:
        """The last frame."""
        return max(0, self.count - 1)

    def index_at(self, seconds: float) -> int:
        """The frame on screen at a time: the first before the clip, the last after it."""
        if not self.starts:
            return max(0, int((seconds + _GRACE) * self.rate))
        return max(0, bisect_right(self.starts, seconds + _GRACE) - 1)

    def middle_of(self, index: int) -> float:
        """A time at which a player surely shows that frame, whichever way it rounds."""
        if not self.starts:
            return (index + 0.5) / self.rate
        index = self.inside(index)
        after = self.stop if index == self.last else self.starts[index + 1]
        return (self.starts[index] + after) / 2

    def inside(self, index: int) -> int:
        """The nearest frame that there is."""
        return max(0, min(self.last, index)) if self.starts else max(0, index)

    @classmethod
    def of(cls, frames: Frames) -> Self:
        """The truth, read from an opened clip."""
        starts = tuple(frames.time_of(index) for index in range(frames.count))
        rate = float(frames.frame_rate)
        return cls(starts=starts, stop=frames.duration, rate=rate, known=True)

    @classmethod
    def guessed(cls, clip: Clip) -> Self:
        """What the library knows of a clip, good enough until it is opened."""
        rate = clip.frame_rate or _USUAL_RATE
        count = clip.frames or round((clip.duration or 0) * rate)
        return cls.even(count, rate)

    @classmethod
    def even(cls, count: int, rate: float) -> Self:
        """Frames that all stand equally long; for sound, slices of time."""
        starts = tuple(index / rate for index in range(count))
        return cls(starts=starts, stop=count / rate, rate=rate)
