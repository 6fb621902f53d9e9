"""The painting in work: what is painted, with which tool, and the steps back."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from kling_desktop.records.painting import STILL, Area, Inversion, Mark, Painting, Points
from kling_desktop.ui.brush.history import History

LEAST_SIZE, MOST_SIZE = 2, 250
"""Of the brush, in thousandths of the longer side of the picture."""
_FIRST_SIZE = 48
_FIRST_OPACITY = 80


class Tool(StrEnum):
    """What the hand does on the picture."""

    BRUSH = "brush"
    ERASER = "eraser"
    PATH = "path"
    FILL = "fill"
    HAND = "hand"
    ZOOM = "zoom"


class BrushSession(QObject):
    """Owns the painting while the brush is open. Widgets ask it and listen to it."""

    painting_changed = Signal()
    """Something was painted, drawn, named, hidden, taken back."""
    chosen_changed = Signal()
    tool_changed = Signal()
    look_changed = Signal()
    """Size of the brush, or how strongly the areas show."""

    def __init__(self, painting: Painting, most_areas: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most_areas = most_areas
        self.chosen = STILL
        self.tool = Tool.BRUSH
        self.size = _FIRST_SIZE
        self.opacity = _FIRST_OPACITY
        if not any(one.number != STILL for one in painting.areas):
            painting = painting.with_area(Area(number=1))
        if painting.area(STILL) is None:
            painting = painting.with_area(Area(number=STILL))
        self.history = History(painting)
        self.chosen = next(one.number for one in painting.areas if one.number != STILL)

    @property
    def painting(self) -> Painting:
        """As it is now."""
        return self.history.current

    @property
    def area(self) -> Area:
        """The one that is painted on."""
        return self.painting.area(self.chosen) or Area(number=self.chosen)

    @property
    def width(self) -> float:
        """Of the brush, in pixels of the picture."""
        return max(1.0, self.size * max(self.painting.size) / 1000)

    @property
    def areas_left(self) -> int:
        """How many more there may be."""
        return self._most_areas - sum(one.number != STILL for one in self.painting.areas)

    def choose(self, number: int) -> None:
        """Paint on another area, if there is one of that number."""
        if number != self.chosen and self.painting.area(number) is not None:
            self.chosen = number
            self.chosen_changed.emit()

    def use(self, tool: Tool) -> None:
        """Take another tool."""
        if tool is not self.tool:
            self.tool = tool
            self.tool_changed.emit()

    def set_size(self, size: int) -> None:
        """Thousandths of the longer side."""
        self.size = min(max(size, LEAST_SIZE), MOST_SIZE)
        self.look_changed.emit()

    def set_opacity(self, percent: int) -> None:
        """How strongly the areas show on the picture."""
        self.opacity = min(max(percent, 10), 100)
        self.look_changed.emit()

    def add_area(self) -> None:
        """One more that can move, chosen at once."""
        number = self.painting.free_number()
        if number is not None and self.areas_left > 0:
            self._step(self.painting.with_area(Area(number=number)))
            self.choose(number)

    def remove_area(self, number: int) -> None:
        """Without it; the one that holds still is only cleared, and one that moves is kept."""
        if number == STILL:
            self._change(number, marks=(), name="")
            return
        painting = self.painting.without(number)
        if all(one.number == STILL for one in painting.areas):
            painting = painting.with_area(Area(number=1))
        self._step(painting)
        if self.painting.area(self.chosen) is None:
            self.choose(next(one.number for one in self.painting.areas if one.number != STILL))

    def rename(self, number: int, name: str) -> None:
        """What the person calls an area."""
        self._change(number, name=name)

    def show_area(self, number: int, *, shown: bool) -> None:
        """See it or not; this is no step to take back."""
        area = self.painting.area(number)
        if area is not None and area.shown != shown:
            self.history.amend(self.painting.with_area(replace(area, shown=shown)))
            self.painting_changed.emit()

    def add_mark(self, mark: Mark, number: int | None = None) -> None:
        """Something painted, erased or filled on an area, else on the chosen one."""
        area = self._area_of(number)
        if area is not None:
            self._change(area.number, marks=(*area.marks, mark))

    def set_path(self, path: Points, number: int | None = None) -> None:
        """Where an area goes, else the chosen one. What holds still goes nowhere."""
        area = self._area_of(number)
        if area is not None and area.number != STILL:
            self._change(area.number, path=path)

    def clear(self) -> None:
        """Nothing painted and no path on the chosen area; its name stays."""
        self._change(self.chosen, marks=(), path=())

    def invert(self) -> None:
        """What was painted is bare, and the other way round. Twice is not at all."""
        marks = self.area.marks
        if marks and isinstance(marks[-1], Inversion):
            self._change(self.chosen, marks=marks[:-1])
        else:
            self.add_mark(Inversion())

    def undo(self) -> None:
        """One step back."""
        self.history.undo()
        self._stepped()

    def redo(self) -> None:
        """One step on."""
        self.history.redo()
        self._stepped()

    def _area_of(self, number: int | None) -> Area | None:
        """The one of that number, which may be deleted by now; without one the chosen."""
        if number is None or number == self.chosen:
            return self.area
        return self.painting.area(number) or (Area(number=STILL) if number == STILL else None)

    def _change(self, number: int, **changes: object) -> None:
        area = self.painting.area(number) or Area(number=number)
        self._step(self.painting.with_area(replace(area, **changes)))  # type: ignore[arg-type]  # named by the callers above

    def _step(self, painting: Painting) -> None:
        if painting != self.painting:
            self.history.push(painting)
            self.painting_changed.emit()

    def _stepped(self) -> None:
        if self.painting.area(self.chosen) is None:
            self.chosen = next(one.number for one in self.painting.areas if one.number != STILL)
            self.chosen_changed.emit()
        self.painting_changed.emit()
