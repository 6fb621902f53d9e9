"""The clip alone on the whole screen, with the same keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent

    from kling_desktop.ui.player.stage import Stage

REST = 2000
"""Milliseconds without a movement of the mouse after which everything but the picture goes."""
_WIDEST = 900
_LIFT = 24


class FullScreen(QWidget):
    """Borrows the canvas of the stage until it is closed."""

    closed = Signal()

    def __init__(self, stage: Stage, actions: Iterable[QAction], *, rest: int = REST) -> None:
        super().__init__(stage.window(), Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Kling Desktop, full screen"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addActions(list(actions))
        self._stage = stage
        self._is_open = True
        self._canvas = stage.lend_canvas()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)
        self._canvas.show()
        self.transport = stage.second_transport(self)
        set_role(self.transport, "floating")
        self._rest = QTimer(self, singleShot=True, interval=rest)
        self._rest.timeout.connect(self._go_to_rest)
        self.setGeometry(stage.window().screen().geometry())
        self._watch_mouse(on=True)
        self._canvas.setFocus()
        self._wake()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse wakes the bar, wherever it is."""
        if event.type() in {QEvent.Type.MouseMove, QEvent.Type.Enter, QEvent.Type.MouseButtonPress}:
            self._wake()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar floats at the bottom."""
        super().resizeEvent(event)
        width = min(_WIDEST, self.width() - 2 * _LIFT)
        height = self.transport.sizeHint().height()
        left = (self.width() - width) // 2
        self.transport.setGeometry(left, self.height() - height - _LIFT, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; Tab brings the bar, so that the focus is seen."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            self._wake()
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Nobody walks through what cannot be seen."""
        self._wake()
        return super().focusNextPrevChild(forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gives the canvas back."""
        if self._is_open:
            self._is_open = False
            self._rest.stop()
            self._watch_mouse(on=False)
            self._stage.give_up_transport(self.transport)
            self._stage.take_canvas_back()
            self.closed.emit()
        super().closeEvent(event)

    def _watch_mouse(self, *, on: bool) -> None:
        for widget in (self._canvas, self.transport):
            widget.setMouseTracking(on)
            if on:
                widget.installEventFilter(self)
            else:
                widget.removeEventFilter(self)
                widget.unsetCursor()

    def _wake(self) -> None:
        self.transport.show()
        self.transport.raise_()
        self._canvas.unsetCursor()
        self._rest.start()

    def _go_to_rest(self) -> None:
        focus = self.focusWidget()
        in_use = focus is not None and self.transport.isAncestorOf(focus)
        over_bar = self.transport.geometry().contains(self.mapFromGlobal(QCursor.pos()))
        if in_use or over_bar or self.transport.scrubber.isSliderDown():
            self._rest.start()
            return
        self.transport.hide()
        self._canvas.setCursor(Qt.CursorShape.BlankCursor)
