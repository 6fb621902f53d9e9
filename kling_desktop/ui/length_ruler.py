"""Videos and sounds drawn to one scale, with what is to be said of their lengths."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.jobs.link_button import LinkButton
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import tokens_of
from kling_desktop.ui.words import fine_clock

_GAP = 8
_AIR = 5
_TICK = 4
_STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
_MOST_TICKS = 8
_LABEL_CHARACTERS = 6
_MONEY_CHARACTERS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One file. Seconds."""

    title: str
    seconds: float
    beyond: float = 0.0
    """So much of its end goes past what it belongs to."""
    billed: float = 0.0
    """As how long it is billed, where that is more."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done about a length."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerLook:
    """All that it shows; without bars it is not there at all."""

    bars: tuple[Bar, ...] = ()
    words: str = ""
    billed: str = ""
    offers: tuple[Offer, ...] = ()


class LengthRuler(QWidget):
    """Dumb: setters in, signals out."""

    offer_pressed = Signal(str)
    """The key of an Offer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = RulerLook()
        self.setAccessibleName(self.tr("Lengths"))
        self._billed = ElidedLabel(least=_MONEY_CHARACTERS)
        self._scale = _Scale()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._buttons: list[LinkButton] = []
        self._lay_out()
        self.hide()

    def show_look(self, look: RulerLook) -> None:
        """Replace everything."""
        if look == self._look:
            return
        self._look = look
        self._scale.show_bars(look.bars)
        self._billed.setText(look.billed)
        self._words.setText(look.words)
        self._words.setVisible(bool(look.words))
        self._show_offers(look.offers)
        said = [f"{one.title} {fine_clock(one.seconds)}" for one in look.bars]
        self.setAccessibleDescription(". ".join((*said, look.billed, look.words)))
        self.setVisible(bool(look.bars))

    def look(self) -> RulerLook:
        """What is shown."""
        return self._look

    def _lay_out(self) -> None:
        title = ElidedLabel(self.tr("Lengths"), least=_LABEL_CHARACTERS)
        set_role(title, "label")
        set_role(self._billed, "secondary")
        set_role(self._words, "tertiary")
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._billed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self._scale)
        self._column.addWidget(self._words)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        while len(self._buttons) < len(offers):
            self._buttons.append(self._button(len(self._buttons)))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(offers))
            button.show_text(offers[place].text if place < len(offers) else "")

    def _button(self, place: int) -> LinkButton:
        button = LinkButton()
        button.clicked.connect(lambda: self.offer_pressed.emit(self._look.offers[place].key))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


class _Scale(QWidget):
    """The bars below one another, and the seconds below them."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        self._bars = bars
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(200, len(self._bars) * (line + _AIR + 4) + _TICK + line)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        height = metrics.height() + 4.0
        longest = max((metrics.horizontalAdvance(one.title) for one in self._bars), default=0)
        names = min(longest, self.width() // 3)
        left = names + _GAP
        area = QRectF(left, 0, max(1, self.width() - left - 1), height)
        whole = max((max(one.seconds, one.billed) for one in self._bars), default=1.0)
        for bar in self._bars:
            self._paint_name(painter, bar, QRectF(0, area.y(), names, height))
            self._paint_bar(painter, bar, area, whole)
            area.translate(0, height + _AIR)
        self._paint_ticks(painter, area, whole)

    def _paint_name(self, painter: QPainter, bar: Bar, room: QRectF) -> None:
        painter.setPen(self.palette().color(self.foregroundRole()))
        mode = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(bar.title, mode, int(room.width()) + 1)
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text
        )

    def _paint_bar(self, painter: QPainter, bar: Bar, area: QRectF, whole: float) -> None:
        tokens = tokens_of(QApplication.palette())
        body = QRectF(area)
        body.setWidth(max(2.0, area.width() * bar.seconds / whole))
        if bar.billed > bar.seconds:
            full = QRectF(area)
            full.setWidth(area.width() * bar.billed / whole)
            painter.setPen(QPen(QColor(tokens.text3), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(full.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QPen(QColor(tokens.accent), 1))
        painter.setBrush(QColor(tokens.tint))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if bar.beyond > 0:
            tail = QRectF(body)
            tail.setLeft(body.right() - area.width() * bar.beyond / whole)
            tail.adjust(0, 1, -1, -1)
            painter.fillRect(tail, QColor(tokens.raised))
            painter.fillRect(tail, QBrush(QColor(tokens.warn), Qt.BrushStyle.BDiagPattern))
        self._paint_time(painter, bar, body, area)

    def _paint_time(self, painter: QPainter, bar: Bar, body: QRectF, area: QRectF) -> None:
        text = fine_clock(bar.seconds)
        width = self.fontMetrics().horizontalAdvance(text) + 2 * _AIR
        room = QRectF(body)
        if body.width() < width:
            room.setLeft(min(body.right(), area.right() - width))
        room.setWidth(width)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_ticks(self, painter: QPainter, area: QRectF, whole: float) -> None:
        tokens = tokens_of(QApplication.palette())
        step = next((one for one in _STEPS if whole / one <= _MOST_TICKS), _STEPS[-1])
        top = area.y() - _AIR + 2
        painter.setPen(QPen(QColor(tokens.text3), 1))
        painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))
        last = -1e9
        for at in range(0, int(whole) + 1, step):
            x = area.left() + area.width() * at / whole
            painter.drawLine(QPointF(x, top), QPointF(x, top + _TICK))
            text = self.tr("{seconds} s").format(seconds=at)
            width = self.fontMetrics().horizontalAdvance(text)
            start = min(max(area.left(), x - width / 2), area.right() - width)
            if start > last + _GAP:
                room = QRectF(start, top + _TICK, width + 1, self.fontMetrics().height())
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
                last = start + width
