"""One tile: pressed to choose it, dragged onto another one to take its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent


_FRAME = 12
"""Border and padding of the style on both sides, and a pixel each."""


class IntentionTile(QToolButton):
    """`menu_wished` carries a place on the screen, `dropped_on` the tile it was let go over."""

    menu_wished = Signal(QPoint)
    dropped_on = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed_at: QPoint | None = None
        self._carried = False
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Just what its words need: Qt's own hint leaves air that four in a row do not have."""
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + _FRAME, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wished.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None and not self._carried:
            way = event.position().toPoint() - self._pressed_at
            if way.manhattanLength() >= 2 * QApplication.startDragDistance():
                self._carried = True
                self.setDown(False)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if not self._carried:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, self._carried, self._pressed_at = self._carried, False, None
        if not carried:
            super().mouseReleaseEvent(event)
            return
        self.unsetCursor()
        below = QApplication.widgetAt(event.globalPosition().toPoint())
        if isinstance(below, IntentionTile) and below is not self:
            self.dropped_on.emit(below)
