"""How the areas look: a color, a hatch and a number each, so that no color speaks alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap

from kling_desktop.records.painting import STILL

if TYPE_CHECKING:
    from kling_desktop.records.painting import Area

_COLORS = ("#ffffff", "#ffc43d", "#3dd6ff", "#ff7ac6", "#8be04e", "#ff8f4d", "#c9a6ff")
"""By number; white holds still. None is the accent, which means something else."""
_INK = QColor("#161616")
_TILE = 10
_TINT = 70
"""Of 255: how much an area colors the picture between its lines."""
_LINES: tuple[tuple[tuple[int, int, int, int], ...], ...] = (
    (),
    ((0, 10, 10, 0), (-5, 5, 5, -5), (5, 15, 15, 5)),
    ((0, 0, 10, 10), (-5, 5, 5, 15), (5, -5, 15, 5)),
    ((0, 5, 10, 5),),
    ((5, 0, 5, 10),),
    ((0, 5, 10, 5), (5, 0, 5, 10)),
    ((0, 10, 10, 0), (0, 0, 10, 10)),
)
"""By number: slanted one way, the other way, level, upright, crossed, crossed slantwise."""


def color_of(number: int) -> QColor:
    """The color of an area."""
    return QColor(_COLORS[number])


def name_of(area: Area) -> str:
    """What a person calls it, else what it is."""
    if area.name:
        return area.name
    if area.number == STILL:
        return QCoreApplication.translate("Brush", "Hold still")
    return QCoreApplication.translate("Brush", "Area {number}").format(number=area.number)


@cache
def hatch(number: int, ratio: float) -> QBrush:
    """The pattern of an area; `ratio` is device pixels per pixel."""
    side = round(_TILE * ratio)
    tile = QPixmap(side, side)
    color = color_of(number)
    tint = QColor(color)
    tint.setAlpha(_TINT)
    tile.fill(tint)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / _TILE, side / _TILE)
    painter.setPen(QPen(color, 1.6))
    for x, y, to_x, to_y in _LINES[number]:
        painter.drawLine(x, y, to_x, to_y)
    if number == STILL:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for middle in (QPointF(2.5, 2.5), QPointF(7.5, 7.5)):
            painter.drawEllipse(middle, 1.5, 1.5)
    painter.end()
    return QBrush(tile)


def paint_badge(painter: QPainter, place: QRectF, number: int, *, square: bool = False) -> None:
    """The number on its color; a pin for what holds still."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_INK, 1.5))
    painter.setBrush(color_of(number))
    if square:
        painter.drawRoundedRect(place, 4, 4)
    else:
        painter.drawEllipse(place)
    if number == STILL:
        _paint_pin(painter, place)
    else:
        font = QFont(painter.font())
        font.setPixelSize(max(9, round(place.height() * 0.6)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()


def _paint_pin(painter: QPainter, place: QRectF) -> None:
    """A pin with its point downward."""
    unit = place.height() / 20
    middle = place.center()
    painter.setPen(QPen(_INK, 1.6 * unit, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(_INK)
    head = QRectF(middle.x() - 2 * unit, middle.y() - 5 * unit, 4 * unit, 5 * unit)
    painter.drawRect(head)
    painter.drawLine(middle + QPointF(-4 * unit, unit), middle + QPointF(4 * unit, unit))
    painter.drawLine(middle + QPointF(0, unit), middle + QPointF(0, 6 * unit))
