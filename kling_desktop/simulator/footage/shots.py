"""Several shots one after another, with hard cuts at their lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.simulator.film import Footage, Planes


class Cut:
    """Footage that is cut together. Lengths in seconds."""

    def __init__(self, parts: Sequence[tuple[Footage, float]]) -> None:
        self._parts = tuple(parts)
        self._whole = sum(seconds for _, seconds in parts)

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        left = at * self._whole
        for footage, seconds in self._parts[:-1]:
            if left < seconds:
                return footage.frame(left / seconds)
            left -= seconds
        footage, seconds = self._parts[-1]
        return footage.frame(min(1.0, left / seconds))
