"""A button that looks like a link and wraps its words where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

PAD_X, PAD_Y = 2, 2
"""Room round the words for the focus ring, in logical pixels."""
_FLAGS = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value


def small_font() -> QFont:
    """The program's font, one pixel smaller; nothing goes below 11."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(11, font.pixelSize() - 1) if font.pixelSize() > 0 else 12)
    return font


def is_new_look(event: QEvent) -> bool:
    """Whether the program's font or stylesheet became another."""
    return event.type() in {QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange}


def link_size(text: str, font: QFont) -> QSize:
    """What a link takes on one line."""
    metrics = QFontMetrics(font)
    width = metrics.horizontalAdvance(text) + 2 * PAD_X + 1
    return QSize(width, metrics.height() + 2 * PAD_Y)


def link_height(text: str, font: QFont, width: int) -> int:
    """How high a link is in this width, wrapped where it must be."""
    room = QRect(0, 0, max(1, width - 2 * PAD_X), 10_000)
    return QFontMetrics(font).boundingRect(room, _FLAGS, text).height() + 2 * PAD_Y


class LinkButton(QAbstractButton):
    """Accent words, underlined under the pointer, with a ring when the keyboard is on it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setFont(small_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Other words for the same thing."""
        if text != self.text():
            self.setText(text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return link_size(self.text(), self.font())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(64, self.sizeHint().width()), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return link_height(self.text(), self.font(), width)

    def changeEvent(self, event: QEvent) -> None:
        if is_new_look(event):
            self.setFont(small_font())
            self.updateGeometry()
        super().changeEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(QApplication.palette())
        painter = QPainter(self)
        font = QFont(self.font())
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(QColor(tokens.accent if self.isEnabled() else tokens.text3))
        inside = self.rect().adjusted(PAD_X, PAD_Y, -PAD_X + 1, -PAD_Y)
        painter.drawText(inside, _FLAGS, self.text())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
