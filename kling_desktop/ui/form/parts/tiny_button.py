"""A bare icon button, small enough to stand in a line of text or on a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from kling_desktop.ui.icons import icon
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent

_ON_PICTURE_HOVER = QColor(255, 255, 255, 46)


class TinyButton(QAbstractButton):
    """Tooltip and accessible name are one: say what pressing it does."""

    def __init__(self, name: str, text: str, *, side: int = 18, on_picture: bool = False) -> None:
        super().__init__()
        self._side = side
        self._on_picture = on_picture
        self.setIcon(icon(name, "on_picture" if on_picture else "secondary"))
        self.say(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, text: str) -> None:
        """What pressing it does."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_ON_PICTURE_HOVER if self._on_picture else QColor(tokens.hover))
            painter.drawRoundedRect(frame, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        inset = max(2, (self._side - 16) // 2)
        self.icon().paint(painter, self.rect().adjusted(inset, inset, -inset, -inset), mode=mode)
