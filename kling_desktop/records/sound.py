"""How a sound looks, and a stretch of it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sound or clip, in seconds from its beginning."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return max(0.0, self.end - self.start)


@dataclass(frozen=True, slots=True)
class Waveform:
    """The lowest and the highest sample of each short stretch, from -1 to 1 of full scale."""

    seconds: float
    """Of what was listened to; the file may go on."""
    lows: tuple[float, ...]
    highs: tuple[float, ...]

    @property
    def loudest(self) -> float:
        """0 is silence, 1 as loud as can be."""
        return max((*self.highs, *(-one for one in self.lows)), default=0.0)

    def between(self, start: float, end: float) -> tuple[float, float]:
        """The lowest and the highest sample in a stretch, in seconds; silence beyond the end."""
        count = len(self.highs)
        if not self.seconds or start >= self.seconds or not count:
            return 0.0, 0.0
        first = min(count - 1, max(0, int(start / self.seconds * count)))
        last = min(count, max(first + 1, int(end / self.seconds * count)))
        return min(self.lows[first:last]), max(self.highs[first:last])
