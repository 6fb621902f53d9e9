"""What lies on the areas: their numbers, and their paths with a head where they end."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from kling_desktop.ui.area_look import color_of, paint_badge

if TYPE_CHECKING:
    from collections.abc import Sequence

_CASING, _LINE = QColor(0, 0, 0, 200), QColor("#ffffff")
_BADGE = 22.0
_HEAD = 13.0
_DRAWN = 78
"""Points from which it is a line in work, as the hand draws it."""


def paint_path(painter: QPainter, points: Sequence[QPointF], *, chosen: bool) -> None:
    """A line with a head at its end, readable on any picture; `points` are of the canvas."""
    if len(points) < 2:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = _rounded(points) if chosen or len(points) < _DRAWN else _straight(points)
    width = 3.0 if chosen else 2.0
    head = _head(points)
    for color, wide in ((_CASING, width + 3), (_LINE, width)):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(color, wide))
        painter.drawPath(line)
        painter.setBrush(color)
        painter.setPen(_pen(color, wide - width + 1))
        painter.drawPolygon(head)
    if chosen:
        painter.setPen(_pen(_CASING, 1))
        painter.setBrush(_LINE)
        for point in points[1:-1]:
            painter.drawEllipse(point, 3, 3)
    painter.restore()


def paint_number(painter: QPainter, place: QPointF, number: int, *, chosen: bool) -> None:
    """The badge of an area; the chosen one has a ring round it."""
    badge = QRectF(place.x() - _BADGE / 2, place.y() - _BADGE / 2, _BADGE, _BADGE)
    if chosen:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, wide in ((_CASING, 4.0), (color_of(number), 2.0)):
            painter.setPen(QPen(color, wide))
            painter.drawEllipse(badge.adjusted(-3, -3, 3, 3))
        painter.restore()
    paint_badge(painter, badge, number)


def paint_brush(painter: QPainter, place: QPointF, radius: float, *, down: bool = False) -> None:
    """The outline of the brush under the pointer, dark and light, and a cross in its middle."""
    ratio = painter.device().devicePixelRatioF()
    ring = _ring(round(radius * 2) / 2, ratio, down=down)
    half = ring.width() / ratio / 2
    painter.drawPixmap(place - QPointF(half, half), ring)


@lru_cache(maxsize=4)
def _ring(radius: float, ratio: float, *, down: bool) -> QPixmap:
    """Drawn once for each width: a large ring takes longer than all else of a move."""
    side = math.ceil(radius) * 2 + 12
    found = QPixmap(round(side * ratio), round(side * ratio))
    found.setDevicePixelRatio(ratio)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = QPointF(side / 2, side / 2)
    for color, wide in ((_CASING, 3.0), (_LINE, 2.0 if down else 1.0)):
        painter.setPen(QPen(color, wide))
        painter.drawEllipse(middle, radius, radius)
        if radius < 5 or down:
            painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
            painter.drawLine(middle - QPointF(0, 4), middle + QPointF(0, 4))
    painter.end()
    return found


def _straight(points: Sequence[QPointF]) -> QPainterPath:
    line = QPainterPath(points[0])
    for point in points[1:]:
        line.lineTo(point)
    return line


def _rounded(points: Sequence[QPointF]) -> QPainterPath:
    """Through all points without a corner."""
    around = [points[0], *points, points[-1]]
    line = QPainterPath(points[0])
    for before, here, there, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        line.cubicTo(here + (there - before) / 6, there - (after - here) / 6, there)
    return line


def _head(points: Sequence[QPointF]) -> QPolygonF:
    tip = points[-1]
    before = next((one for one in reversed(points[:-1]) if _far(one, tip) >= _HEAD), points[0])
    angle = math.atan2(tip.y() - before.y(), tip.x() - before.x())
    wings = [
        tip - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * _HEAD
        for turn in (0.5, -0.5)
    ]
    return QPolygonF([tip, *wings])


def _far(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
