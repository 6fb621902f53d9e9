"""The ratio of a picture's sides in the words that people have for it."""

from __future__ import annotations

_KNOWN = (
    (1, 1), (5, 4), (4, 3), (7, 5), (3, 2), (16, 10), (5, 3), (16, 9), (2, 1), (21, 9), (5, 2),
)  # fmt: skip
_NEAR = 0.02
"""How far a ratio may be from a known one to be called by its name, as a part of it."""
_EXACT = 0.002


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
