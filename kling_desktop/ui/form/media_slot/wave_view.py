"""A sound as a picture: its waveform, the part of it that is chosen, and where it plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kling_desktop.records.sound import Part, Waveform
from kling_desktop.ui.form.media_slot.trim_handle import TrimHandle
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

_EDGE = 10.0
"""Room at both ends, for half a handle."""
_BAR, _GAP = 2.0, 1.0
_AIR = 8.0
_QUIETEST = 0.08
"""Of full scale. A sound that never gets louder is drawn as low as it is."""
_CORNER = 6.0


class WaveView(QWidget):
    """Dumb: it shows a part and says where it was pressed and which part is wished."""

    place_wished = Signal(float)
    """Seconds."""
    part_wished = Signal(object, bool)
    """A Part that was pulled at, and whether its beginning was."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self._wave: Waveform | None = None
        self._seconds = 0.0
        self._part = Part(0, 0)
        self._place: float | None = None
        self._bars: list[tuple[float, float]] = []
        # Time goes from left to right, also where words do not.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.start = TrimHandle(self, self.tr("Start of the part: {field}").format(field=field))
        self.end = TrimHandle(self, self.tr("End of the part: {field}").format(field=field))
        self.start.pulled.connect(self._on_start)
        self.end.pulled.connect(self._on_end)

    def show_wave(self, wave: Waveform | None, seconds: float) -> None:
        """A sound of so many seconds; None while it is not known how it looks."""
        self._wave, self._seconds = wave, seconds
        self._bars = []
        for handle in (self.start, self.end):
            handle.show_length(seconds)
            handle.setVisible(seconds > 0)
        self.update()

    def show_part(self, part: Part) -> None:
        """What lies between the handles."""
        self._part = part
        self.start.show_place(part.start)
        self.end.show_place(part.end)
        self._place_handles()
        self.update()

    def show_place(self, place: float | None) -> None:
        """Where it plays, in seconds."""
        self._place = place
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 64)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 40)

    def x_of(self, seconds: float) -> float:
        """Where a moment is drawn."""
        share = seconds / self._seconds if self._seconds else 0.0
        return _EDGE + min(1.0, max(0.0, share)) * self._room()

    def seconds_at(self, x: float) -> float:
        """The moment that is drawn there."""
        return min(1.0, max(0.0, (x - _EDGE) / self._room())) * self._seconds

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._seconds:
            self.place_wished.emit(self.seconds_at(event.position().x()))
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The slot below would take it for a wish to browse."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bars = []
        self._place_handles()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(QApplication.palette())
        area = QRectF(self.rect())
        shape = QPainterPath()
        # Taller than the view, so that only the two upper corners are round.
        shape.addRoundedRect(area.adjusted(0, 0, 0, 2 * _CORNER), _CORNER, _CORNER)
        painter.setClipRect(area)
        painter.fillPath(shape, QColor(tokens.raised))
        chosen = QRectF(area)
        chosen.setLeft(self.x_of(self._part.start))
        chosen.setRight(self.x_of(self._part.end))
        if self._seconds:
            painter.fillRect(chosen, QColor(tokens.tint))
        self._paint_bars(painter, chosen, QColor(tokens.accent), QColor(tokens.text3))
        if self._place is not None:
            painter.setPen(QPen(QColor(tokens.text), 1.5))
            x = self.x_of(self._place)
            painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - 2))

    def _paint_bars(
        self, painter: QPainter, chosen: QRectF, inside: QColor, outside: QColor
    ) -> None:
        middle, x = self.height() / 2, _EDGE
        outside.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        for low, high in self._bars or self._measure():
            is_inside = chosen.left() <= x + _BAR / 2 <= chosen.right()
            painter.setBrush(inside if is_inside else outside)
            bar = QRectF(x, middle - high, _BAR, high - low)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
            x += _BAR + _GAP

    def _measure(self) -> list[tuple[float, float]]:
        """Pixels below and above the middle of each bar, drawn up to the loudest."""
        count = max(1, int(self._room() / (_BAR + _GAP)))
        half = max(2.0, self.height() / 2 - _AIR)
        wave, step = self._wave, self._seconds / count
        if wave is None or not step:
            return [(-_BAR / 2, _BAR / 2)] * count
        scale = half / max(wave.loudest, _QUIETEST)
        found = (wave.between(at * step, (at + 1) * step) for at in range(count))
        self._bars = [
            (min(-_BAR / 2, low * scale), max(_BAR / 2, high * scale)) for low, high in found
        ]
        return self._bars

    def _room(self) -> float:
        return max(1.0, self.width() - 2 * _EDGE)

    def _place_handles(self) -> None:
        for handle, seconds in ((self.start, self._part.start), (self.end, self._part.end)):
            width = handle.sizeHint().width()
            handle.setGeometry(round(self.x_of(seconds) - width / 2), 0, width, self.height())

    def _on_start(self, seconds: float) -> None:
        self.part_wished.emit(Part(seconds, self._part.end), True)

    def _on_end(self, seconds: float) -> None:
        self.part_wished.emit(Part(self._part.start, seconds), False)
