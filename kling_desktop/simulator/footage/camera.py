"""The camera as it was asked for: six axes, alone or together.

Kling's API docs turn `pan` round the level axis, which looks up and down, and `tilt` round the
upright one; positive is to the right, up, clockwise, and a wider view for zoom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.simulator.moves import View, ease

if TYPE_CHECKING:
    from collections.abc import Mapping

TRAVELS = frozenset({"horizontal", "vertical"})
"""The axes along which the camera itself goes; on the others it turns or looks wider."""
DETAIL = 1.5
_NEAREST = 1.9
_STEADY = 1.5
_MOST_TURN = 14.0


@dataclass(frozen=True, slots=True)
class CameraWay:
    """Axes with amounts from -1 to 1, as a way over a picture."""

    axes: Mapping[str, float]

    def at(self, moment: float) -> View:
        """The view at a moment from 0 to 1."""
        part = ease(moment) - 0.5
        across = self._sum("horizontal", "tilt") * part
        up = self._sum("vertical", "pan") * part
        wider = self._sum("zoom")
        return View(
            zoom=_STEADY - wider * (_NEAREST - 1.1) * part,
            x=min(1.0, max(0.0, 0.5 + across)),
            y=min(1.0, max(0.0, 0.5 - up)),
            turn=self._sum("roll") * _MOST_TURN * (part + 0.5),
        )

    def _sum(self, *names: str) -> float:
        return sum(self.axes.get(name, 0.0) for name in names)


def drift_of(axes: Mapping[str, float]) -> tuple[float, float] | None:
    """How far the camera travels to the right and up, if that is all it does."""
    used = {name for name, amount in axes.items() if amount}
    if not used or not used <= TRAVELS:
        return None
    return axes.get("horizontal", 0.0), axes.get("vertical", 0.0)
