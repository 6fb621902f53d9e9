"""A clip in another look, which some words choose, so that nobody takes it for the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.film import Planes

if TYPE_CHECKING:
    from kling_desktop.simulator.film import Footage

_LEAST_TINT, _MORE_TINT = 26, 22


class Treated:
    """Footage with its colours turned and its light changed."""

    def __init__(self, footage: Footage, words: str) -> None:
        dice = chance(f"look {words}")
        self._footage = footage
        self._swaps = dice[0] < 0.5
        self._color = tuple(_tint(dice[index], dice[index + 1], dice[3] < 0.5) for index in (4, 6))
        bend = 0.7 + 0.5 * dice[8]
        self._light = [round(16 + 219 * (max(0, v - 16) / 239) ** bend) for v in range(256)]

    def frame(self, at: float) -> Planes:
        """The picture at a moment from 0 to 1."""
        y, u, v = self._footage.frame(at)
        if self._swaps:
            u, v = v, u
        return Planes(y.point(self._light), u.point(self._color[0]), v.point(self._color[1]))


def _tint(side: float, amount: float, inverts: bool) -> list[int]:
    shift = (_LEAST_TINT + _MORE_TINT * amount) * (1 if side < 0.5 else -1)
    turn = -0.8 if inverts else 0.8
    return [min(240, max(16, round(128 + turn * (value - 128) + shift))) for value in range(256)]
