"""Where a picture lies on a canvas of brush or frame: fitted, nearer, moved about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

MOST_ZOOM = 16.0
"""Times as large as fitted, or pixel by pixel where that is larger."""


@dataclass(frozen=True, slots=True)
class View:
    """Logical pixels of the canvas for pixels of the picture."""

    size: tuple[int, int]
    """Of the picture."""
    room: QRectF
    """Where the picture is fitted into."""
    zoom: float = 1.0
    middle: tuple[float, float] = (0.5, 0.5)
    """The place of the picture, as shares of its sides, that lies in the middle of the room."""

    @property
    def scale(self) -> float:
        """Canvas pixels for one pixel of the picture."""
        width, height = self.size
        fit = min(self.room.width() / width, self.room.height() / height)
        return max(fit, 0.001) * self.zoom

    @property
    def place(self) -> QRectF:
        """The whole picture on the canvas."""
        width, height = (side * self.scale for side in self.size)
        center = self.room.center()
        left = center.x() - self.middle[0] * width
        return QRectF(left, center.y() - self.middle[1] * height, width, height)

    def transform(self, ratio: float) -> QTransform:
        """From pixels of the picture to device pixels of the canvas."""
        corner, scale = self.place.topLeft() * ratio, self.scale * ratio
        return QTransform(scale, 0, 0, scale, corner.x(), corner.y())

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """A place of the canvas, in pixels of the picture; it may lie outside."""
        inside = (point - self.place.topLeft()) / self.scale
        return inside.x(), inside.y()

    def to_canvas(self, point: tuple[float, float]) -> QPointF:
        """A pixel of the picture on the canvas."""
        return self.place.topLeft() + QPointF(*point) * self.scale

    def zoomed(self, times: float, around: QPointF) -> View:
        """Nearer or farther, with one place of the canvas staying where it is."""
        fixed = self.to_picture(around)
        zoom = min(max(self.zoom * times, 1.0), MOST_ZOOM)
        nearer = replace(self, zoom=zoom)
        return nearer.moved(around - nearer.to_canvas(fixed))

    def moved(self, by: QPointF) -> View:
        """Pushed aside, but never so far that the picture leaves the middle of its room."""
        place = self.place
        x = self.middle[0] - by.x() / place.width()
        y = self.middle[1] - by.y() / place.height()
        return replace(self, middle=(_kept(x, self.zoom), _kept(y, self.zoom)))


def _kept(share: float, zoom: float) -> float:
    """Fitted it stays in the middle; nearer it can be pushed until its edge is in the middle."""
    free = 0.5 * (1 - 1 / zoom) * 1.2
    return min(max(share, 0.5 - min(free, 0.5)), 0.5 + min(free, 0.5))
