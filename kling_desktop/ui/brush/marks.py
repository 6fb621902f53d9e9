"""Draws the marks of a painting with Qt, as they are or a little grown, and says where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF, QRegion

from kling_desktop.records.painting import Inversion, Patch, Stroke
from kling_desktop.ui.brush.rings import without_disk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTransform

    from kling_desktop.records.painting import Mark, Points

_Mode = QPainter.CompositionMode
_OVER, _OUT = _Mode.CompositionMode_SourceOver, _Mode.CompositionMode_DestinationOut
_OPAQUE = QColor(0, 0, 0)


def paint_marks(
    painter: QPainter, marks: Sequence[Mark], size: tuple[int, int], grow: float = 0.0
) -> None:
    """Draws marks in pixels of the picture onto a layer of which only the opacity counts.

    `grow` makes what is painted in the end that much wider on all sides.
    """
    flips = sum(isinstance(one, Inversion) for one in marks)
    for mark in marks:
        wider = -grow if flips % 2 else grow
        match mark:
            case Stroke():
                paint_stroke(painter, mark, wider)
            case Patch(rings):
                _paint_patch(painter, rings, wider)
            case Inversion():
                flips -= 1
                painter.setCompositionMode(_Mode.CompositionMode_Xor)
                painter.fillRect(QRectF(0, 0, *size), _OPAQUE)


def paint_stroke(painter: QPainter, stroke: Stroke, grow: float = 0.0) -> None:
    """One line of the brush or of the eraser."""
    width = max(0.01, stroke.width + (-2 * grow if stroke.erases else 2 * grow))
    painter.setCompositionMode(_OUT if stroke.erases else _OVER)
    if len({*stroke.points}) == 1:  # of a line without length Qt draws nothing
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_OPAQUE)
        painter.drawEllipse(QPointF(*stroke.points[0]), width / 2, width / 2)
        return
    painter.setPen(_round_pen(width))
    painter.drawPolyline([QPointF(*one) for one in stroke.points])


def paint_piece(painter: QPainter, piece: Stroke, view: QTransform, ink: QBrush) -> None:
    """A piece of a stroke in work, in device pixels: in its look where it paints, away where not.

    `ink` takes the place of what is there, so that pieces may lie over each other.
    """
    painter.setCompositionMode(_OUT if piece.erases else _Mode.CompositionMode_Source)
    brush = QBrush(_OPAQUE) if piece.erases else ink
    points = [view.map(QPointF(*one)) for one in piece.points]
    width = max(1.0, piece.width * view.m11())
    if len({*piece.points}) == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawEllipse(points[0], width / 2, width / 2)
        return
    painter.setPen(_round_pen(width, brush))
    painter.drawPolyline(points)


def bounds_of(marks: Sequence[Mark]) -> QRectF | None:
    """Where marks can reach, in pixels of the picture; None is everywhere."""
    found = QRectF()
    for mark in marks:
        match mark:
            case Stroke(points, width):
                half = width / 2
                found |= polygon(points).boundingRect().adjusted(-half, -half, half, half)
            case Patch(rings):
                for ring in rings:
                    found |= polygon(ring).boundingRect()
            case Inversion():
                return None
    return found


def new_part_of(stroke: Stroke, view: QTransform, rim: float) -> QRegion:
    """The device pixels that a piece of a stroke changes, where its first end is painted already.

    A wide brush that moves a little changes a crescent, and to paint its whole disk again would
    take too long for one move of the mouse.
    """
    ends = [view.map(QPointF(*one)) for one in (stroke.points[0], stroke.points[-1])]
    radius = stroke.width / 2 * view.m11()
    reach = radius + rim
    around = QRectF(ends[0], ends[1]).normalized().adjusted(-reach, -reach, reach, reach)
    whole = around.toAlignedRect()
    if len(stroke.points) != 2 or radius < 3 * rim:
        return QRegion(whole)
    return without_disk(whole, ends[0], radius - rim)


def polygon(points: Points) -> QPolygonF:
    """For Qt."""
    return QPolygonF([QPointF(*one) for one in points])


def _paint_patch(painter: QPainter, rings: tuple[Points, ...], grow: float) -> None:
    shape = QPainterPath()
    shape.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        shape.addPolygon(polygon(ring))
        shape.closeSubpath()
    painter.setCompositionMode(_OVER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_OPAQUE)
    painter.drawPath(shape)
    if grow:
        painter.setCompositionMode(_OVER if grow > 0 else _OUT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_round_pen(2 * abs(grow)))
        painter.drawPath(shape)


def _round_pen(width: float, ink: QBrush | None = None) -> QPen:
    pen = QPen(ink or QBrush(_OPAQUE), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
