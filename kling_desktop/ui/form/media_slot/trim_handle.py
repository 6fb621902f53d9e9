"""The beginning or the end of a part, to be pulled by mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractSlider, QApplication

from kling_desktop.ui.theme import tokens_of
from kling_desktop.ui.words import fine_clock

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from kling_desktop.ui.form.media_slot.wave_view import WaveView

_FINE = 100
"""Steps of a second."""
_WIDTH = 16
_LINE = 3.0
_GRIP = QSize(9, 22)


class TrimHandle(QAbstractSlider):
    """Arrows move it by a tenth of a second, the page keys by a whole one."""

    pulled = Signal(float)
    """Seconds where a person wants it; it moves only when it is told to."""

    def __init__(self, view: WaveView, name: str) -> None:
        super().__init__(view)
        self._view = view
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSingleStep(_FINE // 10)
        self.setPageStep(_FINE)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Drag, or use the arrow keys."))
        self.actionTriggered.connect(self._on_key)

    def show_length(self, seconds: float) -> None:
        """How far it can go."""
        self.setRange(0, round(seconds * _FINE))

    def show_place(self, seconds: float) -> None:
        """Where it stands."""
        self.setValue(round(seconds * _FINE))
        whole = fine_clock(self.maximum() / _FINE)
        words = self.tr("{place} of {whole}").format(place=fine_clock(seconds), whole=whole)
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 40)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.pulled.emit(self._view.seconds_at(self.x() + event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(QApplication.palette())
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        line = QRectF(middle.x() - _LINE / 2, 0, _LINE, self.height())
        painter.drawRect(line)
        grip = QRectF(0, 0, _GRIP.width(), _GRIP.height())
        grip.moveCenter(middle)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawRoundedRect(grip, 4, 4)
        painter.setPen(QPen(QColor(tokens.raised), 1.5))
        painter.drawLine(middle - QPointF(0, 5), middle + QPointF(0, 5))

    def _on_key(self, _action: int) -> None:
        wished = self.sliderPosition()
        # Back to where it was: only whoever knows the bounds moves it.
        self.setSliderPosition(self.value())
        if wished != self.value():
            self.pulled.emit(wished / _FINE)
