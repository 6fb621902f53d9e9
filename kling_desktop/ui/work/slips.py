"""Slips of the hand: a second press right after the first is none."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

_WITHIN = 1000
"""Milliseconds in which a second press is taken for a slip of the hand."""


class Slips:
    """Remembers the last thing that was pressed for, by any name."""

    def __init__(self) -> None:
        self._last = ""
        self._since = QElapsedTimer()

    def is_one(self, what: str = "") -> bool:
        """Whether the same was pressed for a moment ago."""
        is_same = self._since.isValid() and what == self._last
        return is_same and self._since.elapsed() < _WITHIN

    def pressed(self, what: str = "") -> None:
        """It was no slip."""
        self._last = what
        self._since.start()

    def forget(self) -> None:
        """The next press is none, however soon it comes."""
        self._since.invalidate()
