"""Pictures of the window, and whether two of them are alike."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

_WIDTH, _HEIGHT = 96, 54
_UNLIKE = 1.0
"""Mean difference of two small grey pictures, 0 to 255, from which on they are not the same."""
_FLAT = 24
"""Range of grey below which a picture shows nothing."""


def photograph(window: QWidget) -> QImage:
    """The window with every dialog and menu that lies on it."""
    picture = window.grab().toImage()
    origin = window.mapToGlobal(QPoint())
    painter = QPainter(picture)
    for other in QApplication.topLevelWidgets():
        if other is not window and _is_on_top(other):
            place = QRect(other.mapToGlobal(QPoint()) - origin, other.size())
            painter.drawPixmap(place.topLeft(), other.grab())
            painter.setPen(QColor(other.palette().color(QPalette.ColorRole.Mid)))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
    painter.end()
    return picture


def unlike(one: QImage, other: QImage) -> bool:
    """Whether two pictures of the same place show different things."""
    first, second = _greys(one), _greys(other)
    apart = sum(abs(left - right) for left, right in zip(first, second, strict=True))
    return apart / len(first) >= _UNLIKE


def shows_something(picture: QImage) -> bool:
    """Whether there is more than one even surface."""
    if picture.isNull():
        return False
    greys = _greys(picture)
    return max(greys) - min(greys) >= _FLAT


def middle(picture: QImage) -> QImage:
    """The inner part of a picture, without what lies along its edges."""
    width, height = picture.width(), picture.height()
    return picture.copy(width // 5, height // 4, width * 3 // 5, height // 2)


def _is_on_top(widget: QWidget) -> bool:
    tip = Qt.WindowType.ToolTip
    return widget.isVisible() and widget.windowType() != tip and widget.width() > 1


def _greys(picture: QImage) -> bytes:
    small = picture.scaled(
        _WIDTH,
        _HEIGHT,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(small.constBits())
