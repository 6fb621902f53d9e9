"""The line under the picture: where the clip is, and where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractSlider, QApplication, QSizePolicy, QWidget

from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_TRACK = 4.0
_KNOB = 6.5
_HOLD = 10.0
"""Room at both ends: the knob, and the ring around it."""


class Scrubber(QAbstractSlider):
    """A slider over frames: a click jumps, a drag follows the mouse, keys step."""

    wished = Signal(int)
    """The frame that a person wants to see."""
    drag_began = Signal()
    drag_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Position in the clip, in frames"))
        self.setSingleStep(1)
        self.setToolTip(self.tr("Click or drag to go to a frame."))
        self.actionTriggered.connect(self._on_action)

    def show_length(self, count: int, rate: int) -> None:
        """So many frames, and so many to a leap by key."""
        self.setEnabled(count > 1)
        self.setRange(0, max(0, count - 1))
        self.setPageStep(max(1, rate))

    def show_frame(self, index: int) -> None:
        """Moves the knob without asking for anything, unless it is in somebody's hand."""
        if not self.isSliderDown():
            self.setValue(index)

    def sizeHint(self) -> QSize:
        """Thin and long."""
        return QSize(160, 24)

    def minimumSizeHint(self) -> QSize:
        """Still to be hit."""
        return QSize(60, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track, the part that was played, knob, and a ring where the focus is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens = tokens_of(QApplication.palette())
        middle, knob = self.height() / 2, self._x_of(self.value())
        track = QRectF(_HOLD, middle - _TRACK / 2, self.width() - 2 * _HOLD, _TRACK)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        if self.isEnabled():
            played = QRectF(track)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                played.setLeft(knob)
            else:
                played.setRight(knob)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(played, _TRACK / 2, _TRACK / 2)
            painter.setBrush(QColor(tokens.text))
            painter.drawEllipse(QPointF(knob, middle), _KNOB, _KNOB)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawEllipse(QPointF(knob, middle), _KNOB + 2.5, _KNOB + 2.5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jumps there at once."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.drag_began.emit()
        self._wish(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the mouse."""
        if self.isSliderDown():
            self._wish(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        if self.isSliderDown():
            self._wish(self._value_at(event.position().x()))
            self.setSliderDown(False)
            self.drag_ended.emit()

    def _on_action(self, _action: int) -> None:
        if self.sliderPosition() != self.value():
            self.wished.emit(self.sliderPosition())

    def _wish(self, value: int) -> None:
        if value != self.value():
            self.setValue(value)
            self.wished.emit(value)

    def _x_of(self, value: int) -> float:
        span = max(1, self.maximum() - self.minimum())
        share = (value - self.minimum()) / span
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        return _HOLD + share * (self.width() - 2 * _HOLD)

    def _value_at(self, x: float) -> int:
        share = (x - _HOLD) / max(1.0, self.width() - 2 * _HOLD)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        span = self.maximum() - self.minimum()
        return self.minimum() + round(min(1.0, max(0.0, share)) * span)
