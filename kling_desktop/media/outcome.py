"""What comes out for what goes in: the ratio in words, and the size of the finished clip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.records.media import MediaFacts

_KNOWN = (
    (1, 1), (5, 4), (4, 3), (7, 5), (3, 2), (16, 10), (5, 3), (16, 9), (2, 1), (21, 9), (5, 2),
)  # fmt: skip
_NEAR = 0.02
"""How far a ratio may be from a known one to be called by its name, as a part of it."""
_EXACT = 0.002


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a clip made of a picture will look like."""

    ratio: str
    """Width by height in words: "3:2"."""
    is_exact: bool
    """Otherwise it is about that."""
    width: int
    height: int
    """Pixels, both even."""

    @property
    def short_side(self) -> int:
        """As in 720p."""
        return min(self.width, self.height)


def what_comes_out(facts: MediaFacts, short_side: int) -> Outcome | None:
    """The picture's ratio at the short side of a tier, or None for sound."""
    if not facts.width or not facts.height:
        return None
    words, is_exact = ratio_words(facts.width, facts.height)
    width, height = size_for(facts.width, facts.height, short_side)
    return Outcome(words, is_exact, width, height)


def size_for(width: int, height: int, short_side: int) -> tuple[int, int]:
    """The size with the same ratio of which the shorter side is `short_side`, in even numbers."""
    scale = short_side / min(width, height)
    return _even(width * scale), _even(height * scale)


def ratio_words(width: int, height: int) -> tuple[str, bool]:
    """The nearest ratio with a name, and whether it is that exactly: (1500, 1000) → "3:2", True.

    Where none is near, the ratio as a number: "1.87:1", or "1:1.87" upright.
    """
    long, short = max(width, height), min(width, height)
    ratio = long / short
    names = min(_KNOWN, key=lambda known: abs(ratio * known[1] / known[0] - 1))
    distance = abs(ratio * names[1] / names[0] - 1)
    if distance > _NEAR:
        number = f"{ratio:.2f}"
        return (f"{number}:1" if width > height else f"1:{number}"), False
    first, second = names if width >= height else names[::-1]
    return f"{first}:{second}", distance <= _EXACT


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)
