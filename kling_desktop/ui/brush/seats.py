"""Where the numbers of the areas sit, and how much they cover: looked up when the hand rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from kling_desktop.media.regions import Region
    from kling_desktop.records.painting import Area, Mark, Painting

_REST = 40
"""Milliseconds."""


class Seats(QObject):
    """Knows each area as it was when it was last looked at."""

    known = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._painting: Painting | None = None
        self._found: dict[int, tuple[tuple[Mark, ...], Region]] = {}
        self._soon = QTimer(self, singleShot=True, interval=_REST)
        self._soon.timeout.connect(self.look)

    def show(self, painting: Painting) -> None:
        """The painting as it is now."""
        self._painting = painting
        self._soon.start()

    def of(self, area: Area) -> Region | None:
        """What was last seen of it; None where it is new."""
        found = self._found.get(area.number)
        return found[1] if found and area.marks else None

    def look(self) -> None:
        """Looks at what changed, at once."""
        from kling_desktop.media.regions import region_of

        painting = self._painting
        for area in painting.areas if painting else ():
            if painting and self._found.get(area.number, ((), None))[0] != area.marks:
                self._found[area.number] = area.marks, region_of(area, painting.size)
        self.known.emit()
