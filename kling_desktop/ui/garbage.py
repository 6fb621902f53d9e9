"""Looks for Python's garbage in the thread of the window, and in no other.

Left to itself, Python looks for it in whichever thread makes objects just then. A widget that is
part of a ring of references is then taken apart in a thread that Qt does not expect it in, and Qt
ends the process, at once or much later.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between two looks at what has gathered."""
_GENERATIONS = (2000, 20, 40)
"""New objects, and rounds of the younger ones, after which a generation is looked through."""


class GarbageRounds(QObject):
    """Takes over from Python's own collector, for good."""

    def __init__(self, parent: QObject | None = None, *, every: int = EVERY) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=every)
        self._timer.timeout.connect(look_for_garbage)
        self._timer.start()

    def spare_what_is_there(self) -> None:
        """What the program is made of stays to its end; looking through it takes 0.1 s."""
        gc.freeze()

    def close(self) -> None:
        """Ends the rounds. Nobody collects from then on, in no thread."""
        self._timer.stop()
        gc.unfreeze()


def look_for_garbage() -> None:
    """Collects the oldest generation that is due, if any is."""
    generation = oldest_due(gc.get_count())
    if generation is not None:
        gc.collect(generation)


def oldest_due(counts: tuple[int, int, int]) -> int | None:
    """The oldest generation whose count, as of `gc.get_count`, is over its limit."""
    due = [number for number, most in enumerate(_GENERATIONS) if counts[number] > most]
    return due[-1] if due else None
