"""Round regions in a few level bands: what a wide brush changes, without what it leaves alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

_BANDS = 32
_LEAST = 8
"""Pixels: lower bands would be more rectangles than they save pixels."""


def ring(middle: QPointF, inner: float, outer: float) -> QRegion:
    """Between two circles round a point, in whole pixels, rather a little more than less."""
    reach = math.ceil(outer) + 1
    whole = QRect(round(middle.x()) - reach, round(middle.y()) - reach, 2 * reach, 2 * reach)
    found = QRegion()
    for row in _bands(whole):
        near = max(0.0, row.top() - middle.y(), middle.y() - row.bottom() - 1)
        half = math.ceil(_half(outer, near)) + 1
        if half > 1:
            left, right = math.floor(middle.x()) - half, math.ceil(middle.x()) + half
            found |= QRegion(left, row.top(), right - left, row.height())
    return found - _disk(middle, inner, whole)


def without_disk(whole: QRect, middle: QPointF, radius: float) -> QRegion:
    """A rectangle without the pixels that lie well within a circle."""
    return QRegion(whole) - _disk(middle, radius, whole)


def _disk(middle: QPointF, radius: float, within: QRect) -> QRegion:
    """Pixels that are surely inside."""
    found = QRegion()
    for row in _bands(within) if radius > _LEAST else ():
        far = max(abs(row.top() - middle.y()), abs(row.bottom() + 1 - middle.y()))
        half = _half(radius, far)
        left, right = math.ceil(middle.x() - half), math.floor(middle.x() + half)
        if right > left:
            found |= QRegion(left, row.top(), right - left, row.height())
    return found


def _half(radius: float, off: float) -> float:
    """Half of the chord that lies so far off the middle."""
    return math.sqrt(max(0.0, radius * radius - off * off))


def _bands(whole: QRect) -> list[QRect]:
    high = max(_LEAST, math.ceil(whole.height() / _BANDS))
    tops = range(whole.top(), whole.bottom() + 1, high)
    return [
        QRect(whole.left(), top, whole.width(), min(high, whole.bottom() + 1 - top)) for top in tops
    ]
