"""What an item of a list is taken by to drag it, and the line where it would land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kling_desktop.ui.icons import icon
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

_THICK = 3


class Grip(QWidget):
    """For the mouse alone; the keyboard has buttons and Alt with the arrow keys."""

    pulled = Signal(int)
    """While the button is down: the height on the screen."""
    let_go = Signal(int)
    """The height where it was let go; -1 where the person thought better of it."""

    def __init__(self, parent: QWidget | None = None, *, on_picture: bool = False) -> None:
        super().__init__(parent)
        self._icon = icon("grip-vertical", "on_picture" if on_picture else "secondary")
        self._began = -1
        self._is_pulling = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(self.tr("Drag to move"))

    def sizeHint(self) -> QSize:
        return QSize(16, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._began = event.globalPosition().toPoint().y()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint().y()
        far = abs(at - self._began) >= QApplication.startDragDistance()
        if self._began >= 0 and (self._is_pulling or far):
            if not self._is_pulling:
                self._is_pulling = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.grabKeyboard()
            self.pulled.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end(event.globalPosition().toPoint().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_pulling:
            self._end(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._icon.paint(QPainter(self), self.rect())

    def _end(self, at: int) -> None:
        was_pulling, self._is_pulling, self._began = self._is_pulling, False, -1
        if was_pulling:
            self.releaseKeyboard()
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.let_go.emit(at)


class Landing(QWidget):
    """The line between two items where a dragged one would land."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_before(self, items: Sequence[QWidget], gap: int) -> None:
        """Show it above the item of that number, or below the last one."""
        room = self._over.rect()
        y = items[gap].y() - _THICK - 1 if gap < len(items) else items[-1].geometry().bottom() + 2
        self.setGeometry(0, max(0, min(y, room.bottom() - _THICK)), room.width(), _THICK)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), QColor(tokens_of(self.palette()).accent))


def gap_at(items: Sequence[QWidget], height: int) -> int:
    """Before which item a height on the screen is; their number where it is below all."""
    middles = [item.mapToGlobal(item.rect().center()).y() for item in items]
    return sum(middle < height for middle in middles)


def landed(place: int, gap: int) -> int:
    """The new place of an item that is taken out and put into a gap."""
    return gap - (gap > place)
