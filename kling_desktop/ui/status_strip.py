"""The line at the foot of the window: where work goes, what was done, which keys help."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from kling_desktop.ui.labels import ElidedLabel
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_WIDE = 1080
"""Below this width the hints give their room to what matters."""


class Tone(StrEnum):
    """The state of the connection, told by form and color of the dot and by the words."""

    OK = "ok"
    REHEARSAL = "rehearsal"
    WAITING = "waiting"
    PROBLEM = "problem"


class StatusStrip(QFrame):
    """`asked` comes when the state is pressed: to see the key, or what is wrong."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("State"))
        self._dot = _Dot(self)
        self._state = QPushButton(self)
        set_role(self._state, "status")
        self._state.clicked.connect(self.asked)
        self._state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        mode = Qt.TextElideMode.ElideRight
        self._said = ElidedLabel(role="secondary", mode=mode, parent=self)
        self._hints = ElidedLabel(role="secondary", mode=mode, parent=self)
        self._hints.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 3, 14, 3)
        row.setSpacing(4)
        row.addWidget(self._dot)
        row.addWidget(self._state)
        row.addSpacing(10)
        row.addWidget(self._said, 1)
        row.addWidget(self._hints)

    def show_state(self, tone: Tone, text: str, tip: str = "") -> None:
        """Say where work goes now: "fal · key from the system keyring"."""
        self._dot.show_tone(tone)
        self._state.setText(text)
        self._state.setToolTip(tip)
        self._state.setAccessibleName(text)

    def say(self, text: str) -> None:
        """A quiet remark, such as "draft kept"; empty takes it away."""
        self._said.setText(text)

    def show_hints(self, text: str) -> None:
        """Which keys help now."""
        self._hints.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hints.setVisible(event.size().width() >= _WIDE)


class _Dot(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = Tone.WAITING
        self.setFixedSize(QSize(10, 10))

    def show_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = tokens_of(self.palette())
        colors = {
            Tone.OK: tokens.ok,
            Tone.REHEARSAL: tokens.accent,
            Tone.WAITING: tokens.warn,
            Tone.PROBLEM: tokens.error,
        }
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(colors[self._tone])
        if self._tone in (Tone.OK, Tone.REHEARSAL):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(1, 1, 8, 8)
        elif self._tone is Tone.WAITING:
            painter.setPen(color)
            painter.drawEllipse(1, 1, 7, 7)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRect(1, 1, 8, 8)
        painter.end()
