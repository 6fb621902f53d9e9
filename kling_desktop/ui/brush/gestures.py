"""What one press, move and release of the mouse does, tool by tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QRegion

from kling_desktop.records.painting import Stroke
from kling_desktop.records.paths import path_of, thinned

if TYPE_CHECKING:
    from kling_desktop.records.painting import Point
    from kling_desktop.ui.brush.layers import Layers
    from kling_desktop.ui.brush.session import BrushSession

_THIN = 0.06
"""Of the width of the brush: points nearer than this say nothing."""


class Gesture(Protocol):
    """From press to release. `move` returns the device pixels that it painted itself."""

    @property
    def trail(self) -> tuple[Point, ...]:
        """A line to be shown meanwhile, in pixels of the picture."""
        ...

    def move(self, point: Point, *, straight: bool) -> QRegion: ...

    def end(self) -> None: ...


class PaintGesture:
    """A stroke. With Shift the rest of it is one straight line, painted when it ends.

    It stays on the area that it began on, whichever is chosen meanwhile.
    """

    def __init__(
        self, session: BrushSession, layers: Layers, start: Point, *, erases: bool
    ) -> None:
        self._session, self._layers = session, layers
        self._area, self._erases = session.chosen, erases
        self._width = session.width
        self._points = [start]
        self._straight_to: Point | None = None
        self.first = self._draw((start,))

    @property
    def trail(self) -> tuple[Point, ...]:
        """The straight line that would be painted."""
        return (self._points[-1], self._straight_to) if self._straight_to else ()

    def move(self, point: Point, *, straight: bool) -> QRegion:
        """The next piece."""
        if straight:
            self._straight_to = point
            return QRegion()
        self._straight_to = None
        if point == self._points[-1]:
            return QRegion()
        piece = (self._points[-1], point)
        self._points.append(point)
        return self._draw(piece)

    def end(self) -> None:
        """The stroke belongs to the painting now."""
        if self._straight_to:
            self._points.append(self._straight_to)
        points = thinned(self._points, self._width * _THIN)
        rounded = tuple((round(x, 1), round(y, 1)) for x, y in points)
        mark = Stroke(rounded, round(self._width, 1), self._erases)
        self._session.add_mark(mark, self._area)

    def _draw(self, points: tuple[Point, ...]) -> QRegion:
        stroke = Stroke(points, self._width, self._erases)
        return self._layers.draw(self._area, stroke)


class PathGesture:
    """The way that an area goes."""

    def __init__(self, session: BrushSession, start: Point) -> None:
        self._session, self._area = session, session.chosen
        self._points = [start]
        self._is_straight = False
        self.first = QRegion()

    @property
    def trail(self) -> tuple[Point, ...]:
        """As far as it is drawn."""
        ends = (self._points[0], self._points[-1])
        return ends if self._is_straight else tuple(self._points)

    def move(self, point: Point, *, straight: bool) -> QRegion:
        """On with it."""
        self._is_straight = straight
        if point != self._points[-1]:
            self._points.append(point)
        return QRegion()

    def end(self) -> None:
        """Smooth, and with a few points only; a mere click leaves the path as it was."""
        path = path_of(self.trail, self._session.painting.size)
        if path:
            self._session.set_path(path, self._area)
