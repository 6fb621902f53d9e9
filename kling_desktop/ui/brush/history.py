"""The steps of a painting, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.records.painting import Painting

MOST_STEPS = 300


class History:
    """Whole paintings, which share what did not change; a new step ends what could be redone."""

    def __init__(self, first: Painting) -> None:
        self.current = first
        self._before: list[Painting] = []
        self._after: list[Painting] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._after)

    def push(self, painting: Painting) -> None:
        """One step further; the same painting again is none."""
        if painting != self.current:
            self._before = [*self._before[1 - MOST_STEPS :], self.current]
            self._after = []
            self.current = painting

    def amend(self, painting: Painting) -> None:
        """The same step with something else in it that nobody takes back, such as what is seen."""
        self.current = painting

    def undo(self) -> None:
        """One step back, if there is one."""
        if self._before:
            self._after.append(self.current)
            self.current = self._before.pop()

    def redo(self) -> None:
        """The step that was taken back last."""
        if self._after:
            self._before.append(self.current)
            self.current = self._after.pop()
