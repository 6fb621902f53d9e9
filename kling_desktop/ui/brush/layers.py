"""The areas on the screen: the marks that become masks, drawn by Qt at the size of the view."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QRegion, QTransform

from kling_desktop.ui.area_look import color_of, hatch
from kling_desktop.ui.brush.marks import bounds_of, new_part_of, paint_marks, paint_piece

if TYPE_CHECKING:
    from kling_desktop.records.painting import Mark, Painting, Stroke

_RIM = 1.5
"""Pixels of the line round an area."""
_Mode = QPainter.CompositionMode


@dataclass(frozen=True, slots=True)
class Sight:
    """How a view shows a picture."""

    size: tuple[int, int]
    """Of the picture, in its pixels."""
    view: QTransform
    """From pixels of the picture to device pixels."""
    onto: QSize
    """Of the view, in device pixels."""
    ratio: float
    """Device pixels per pixel."""

    @property
    def scale(self) -> float:
        """Device pixels per pixel of the picture."""
        return self.view.m11() or 1.0

    @property
    def rim(self) -> float:
        """The line round an area, in pixels of the picture."""
        return _RIM * self.ratio / self.scale

    def painter(self, layer: QImage, only: QRegion | None = None) -> QPainter:
        """Paints in pixels of the picture, and on nothing but the picture."""
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if only is not None:
            painter.setClipRegion(only)
        painter.setTransform(self.view)
        painter.setClipRect(QRectF(0, 0, *self.size), Qt.ClipOperation.IntersectClip)
        return painter

    def reach(self, marks: tuple[Mark, ...]) -> QRegion:
        """The device pixels that marks and their rim can reach."""
        found = bounds_of(marks)
        if found is None:
            return QRegion(QRect(QPoint(), self.onto))
        rim = round(_RIM * self.ratio) + 2
        around = self.view.mapRect(found).toAlignedRect().adjusted(-rim, -rim, rim, rim)
        return QRegion() if found.isEmpty() else QRegion(around)


class _AreaLayers:
    """What is painted, the same with its rim, and both in the area's look."""

    def __init__(self, number: int, sight: Sight) -> None:
        self.marks: tuple[Mark, ...] = ()
        self._number, self._sight = number, sight
        self.inner = _blank(sight.onto, QImage.Format.Format_Alpha8)
        self._grown = _blank(sight.onto, QImage.Format.Format_Alpha8)
        self.colored = _blank(sight.onto)

    def show(self, marks: tuple[Mark, ...]) -> QRegion:
        """Other marks; what they have in common with those before is not drawn again.

        Returns the device pixels that may have changed.
        """
        sight = self._sight
        same = sum(
            1
            for _ in takewhile(
                lambda pair: pair[0] == pair[1], zip(self.marks, marks, strict=False)
            )
        )
        changed = sight.reach((*self.marks[same:], *marks[same:]))
        self.marks = marks
        for layer, grow in ((self.inner, 0.0), (self._grown, sight.rim)):
            painter = QPainter(layer)
            painter.setClipRegion(changed)
            painter.setCompositionMode(_Mode.CompositionMode_Source)
            painter.fillRect(layer.rect(), Qt.GlobalColor.transparent)
            painter.end()
            painter = sight.painter(layer, changed)
            paint_marks(painter, marks, sight.size, grow)
            painter.end()
        return self._color(changed)

    def add(self, stroke: Stroke) -> QRegion:
        """A piece of a stroke in work, from where it got to; returns what changed.

        Straight into what is seen, without its rim and with rough edges: `show` draws the stroke
        whole once it is done, and to do that at each move would take several times as long.
        """
        sight = self._sight
        changed = new_part_of(stroke, sight.view, 2)
        self.marks = (*self.marks, stroke)
        painter = QPainter(self.colored)
        painter.setClipRegion(changed)
        picture = sight.view.mapRect(QRectF(0, 0, *sight.size))
        painter.setClipRect(picture, Qt.ClipOperation.IntersectClip)
        # In device pixels, so that the hatch lies as it lies everywhere.
        paint_piece(painter, stroke, sight.view, hatch(self._number, sight.ratio))
        painter.end()
        return changed

    def _color(self, changed: QRegion) -> QRegion:
        """The hatch where it is painted, and round it the rim."""
        changed &= QRegion(self.colored.rect())
        part = changed.boundingRect()
        if part.isEmpty():
            return changed
        painter = QPainter(self.colored)
        painter.setClipRegion(changed)
        painter.setCompositionMode(_Mode.CompositionMode_Source)
        painter.fillRect(part, Qt.GlobalColor.transparent)
        painter.setCompositionMode(_Mode.CompositionMode_SourceOver)
        painter.drawImage(0, 0, self._grown)
        painter.setCompositionMode(_Mode.CompositionMode_SourceIn)
        painter.fillRect(part, color_of(self._number))
        painter.setCompositionMode(_Mode.CompositionMode_DestinationOut)
        painter.drawImage(0, 0, self.inner)
        painter.setCompositionMode(_Mode.CompositionMode_SourceOver)
        painter.drawImage(part.topLeft(), self._hatched(part, changed))
        painter.end()
        return changed

    def _hatched(self, part: QRect, changed: QRegion) -> QImage:
        found = _blank(part.size())
        painter = QPainter(found)
        painter.translate(-part.topLeft())
        painter.setClipRegion(changed)
        painter.drawImage(0, 0, self.inner)
        painter.setCompositionMode(_Mode.CompositionMode_SourceIn)
        painter.fillRect(part, hatch(self._number, self._sight.ratio))
        painter.end()
        return found


class Layers:
    """The layers of every area that has something painted."""

    def __init__(self) -> None:
        self._sight = Sight((1, 1), QTransform(), QSize(), 1.0)
        self._layers: dict[int, _AreaLayers] = {}
        self._shown: frozenset[int] = frozenset()

    def set_sight(self, sight: Sight, painting: Painting) -> None:
        """Draws everything anew for another view."""
        self._sight = sight
        self._layers = {}
        self.renew(painting)

    def renew(self, painting: Painting) -> QRegion:
        """Draws the areas that changed; returns where."""
        shown = frozenset(one.number for one in painting.areas if one.shown)
        changed = QRegion()
        for number in {*self._layers} - {one.number for one in painting.areas}:
            changed |= self._sight.reach(self._layers.pop(number).marks)
        for area in painting.areas:
            layers = self._layers.get(area.number)
            if area.marks != (layers.marks if layers else ()):
                changed |= self._of(area.number).show(area.marks)
        for number in shown ^ self._shown:
            if number in self._layers:
                changed |= self._sight.reach(self._layers[number].marks)
        self._shown = shown
        return changed

    def draw(self, number: int, stroke: Stroke) -> QRegion:
        """A piece of a stroke in work, from where it got to; returns where it changed the view."""
        return self._of(number).add(stroke)

    def paint(self, painter: QPainter) -> None:
        """All areas that are to be seen, in device pixels."""
        for number in sorted(self._layers):
            if number in self._shown:
                painter.drawImage(0, 0, self._layers[number].colored)

    def opaque(self, number: int) -> QImage | None:
        """A layer of which only the opacity counts, for the preview."""
        layers = self._layers.get(number)
        return layers.inner if layers and layers.marks else None

    def _of(self, number: int) -> _AreaLayers:
        if number not in self._layers:
            self._layers[number] = _AreaLayers(number, self._sight)
        return self._layers[number]


def _blank(size: QSize, form: QImage.Format = QImage.Format.Format_ARGB32_Premultiplied) -> QImage:
    # Before the first paint nobody knows how large the view is.
    found = QImage(size.expandedTo(QSize(1, 1)), form)
    found.fill(0)
    return found
