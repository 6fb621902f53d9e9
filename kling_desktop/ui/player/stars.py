"""Five stars for the clip on the stage: a slider from 0 to 5 that looks like what it means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractSlider, QApplication, QSizePolicy, QWidget

from kling_desktop.ui.theme import tokens_of
from kling_desktop.ui.words import counted

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

MOST = 5
_ADVANCE = 1.3
"""Distance of two stars, in star sizes."""
_WAIST = 0.46
"""How far the inner corners are from the middle, the points being 1."""
_LINE = 1.2
_PAD = 5.0


class Stars(QAbstractSlider):
    """Shows a rating and asks for another; the star that is set already takes all away."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, MOST)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setToolTip(self.tr("Rate the clip: keys 1 to 5, and 0 for no stars."))
        self._under_mouse = 0
        self.actionTriggered.connect(self._on_action)
        self.show_stars(0)

    def show_stars(self, stars: int) -> None:
        """Shows a rating without asking for anything."""
        self.setValue(stars)
        said = counted(stars, "%n star of 5", "%n stars of 5", "Stars")
        self.setAccessibleName(said if stars else self.tr("No stars yet"))
        self.update()

    def sizeHint(self) -> QSize:
        """Five stars of the text's height."""
        side = self._side()
        across = side * (1 + _ADVANCE * (MOST - 1)) + 2 * _PAD
        return QSize(math.ceil(across), math.ceil(side + 2 * _PAD))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Filled and outlined stars, and a ring where the focus is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(QApplication.palette())
        lit = self._under_mouse or self.value()
        for number in range(1, MOST + 1):
            is_lit = number <= lit and self.isEnabled()
            color = QColor(tokens.warn if is_lit else tokens.text3)
            _paint_star(painter, self._place(number), color, filled=is_lit)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Rates with the star under the mouse."""
        number = self._number_at(event.position())
        if number and event.button() is Qt.MouseButton.LeftButton:
            self.rated.emit(0 if number == self.value() else number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what a press would give."""
        self._light(self._number_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Done at the press."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Shows what is."""
        super().leaveEvent(event)
        self._light(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits rate; arrows change by one."""
        if event.text() and event.text() in "012345":
            self.rated.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _on_action(self, _action: int) -> None:
        """Asks for what the keys chose; shows it when it is so."""
        wished = self.sliderPosition()
        self.setSliderPosition(self.value())
        if wished != self.value():
            self.rated.emit(wished)

    def _light(self, number: int) -> None:
        if number != self._under_mouse:
            self._under_mouse = number
            self.update()

    def _side(self) -> float:
        """The height of capital letters would be too small to hit, that of a line too loud."""
        return round(self.fontMetrics().height() * 0.82)

    def _place(self, number: int) -> QRectF:
        side = self._side()
        step = side * _ADVANCE
        is_leftward = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        at = MOST - number if is_leftward else number - 1
        left = (self.width() - (side + step * (MOST - 1))) / 2 + at * step
        return QRectF(left, (self.height() - side) / 2, side, side)

    def _number_at(self, point: QPointF) -> int:
        """The star there, gaps included; 0 beside them."""
        gap = self._side() * (_ADVANCE - 1) / 2
        for number in range(1, MOST + 1):
            if self._place(number).adjusted(-gap, -_PAD, gap, _PAD).contains(point):
                return number
        return 0


def _paint_star(painter: QPainter, place: QRectF, color: QColor, *, filled: bool) -> None:
    pen = QPen(color, _LINE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(color if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(star(place.adjusted(_LINE, _LINE, -_LINE, -_LINE)))


def star(place: QRectF) -> QPainterPath:
    """A five-pointed star that fills a square."""
    reach = place.width() / 2
    # The five points leave more room below the middle than above it.
    middle = place.center() + QPointF(0, reach * 0.05)
    path = QPainterPath()
    for corner in range(10):
        far = reach if corner % 2 == 0 else reach * _WAIST
        turn = math.pi * corner / 5 - math.pi / 2
        point = middle + QPointF(far * math.cos(turn), far * math.sin(turn))
        if corner == 0:
            path.moveTo(point)
        else:
            path.lineTo(point)
    path.closeSubpath()
    return path
