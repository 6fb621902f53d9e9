"""What the stage says in place of a picture, or on top of one that does not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kling_desktop.ui.player.chip import GROUND
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import DARK, palette_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_WIDEST = 460
_EDGE = 16


class StageWords(QWidget):
    """A sentence in the middle, with at most one offer below it. Dark in both themes."""

    offer_taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_on_picture = False
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self._offer = QPushButton(self)
        set_role(self._offer, "quiet")
        self._offer.clicked.connect(self.offer_taken)
        self.setPalette(palette_of(DARK))
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(12)
        column.addWidget(self._text)
        column.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignHCenter)

    def say(self, text: str, offer: str = "", *, on_picture: bool = False) -> None:
        """Shows a sentence; an empty one takes everything away."""
        self._is_on_picture = on_picture
        self._text.setText(text)
        self._text.setAccessibleName(text)
        # The style sheet forgets palettes of single widgets whenever it changes.
        set_role(self._text, "on-stage-strong" if offer else "on-stage")
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
        # A bare sentence must not stand between the mouse and the picture.
        see_through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
        self.setAttribute(see_through, on=not offer)
        self.setVisible(bool(text))
        self.update()

    def stand_on_picture(self) -> bool:
        """A picture came behind the words. Returns whether that changes anything."""
        if self._is_on_picture or not self.text():
            return False
        self._is_on_picture = True
        self.update()
        return True

    def text(self) -> str:
        """What is said; empty where nothing is."""
        return self._text.text()

    def place(self, room: QRect) -> None:
        """In the middle, or below where a picture is to be seen; as small as the words allow."""
        width = min(room.width(), _WIDEST)
        height = (
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        box = QRect(0, 0, width, min(room.height(), height))
        box.moveCenter(room.center())
        if self._is_on_picture:
            box.moveBottom(room.bottom())
        self.setGeometry(box)

    def stops(self) -> list[QWidget]:
        """What Tab comes to."""
        return [self._offer]

    def minimumSizeHint(self) -> QSize:
        """The stage may be small."""
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark ground where there is a picture behind."""
        if not self._is_on_picture:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        painter.end()
