"""Keeps the frame that the window manager puts round the window on the screen, title bar and all.

How wide it is nobody knows before the window is shown, so it is looked at right after that.
"""

from __future__ import annotations

from PySide6.QtCore import QMargins, QObject, QRect, QSize, QTimer
from PySide6.QtWidgets import QWidget

_PAUSES = (0, 50, 100, 250, 600)
"""Milliseconds between the looks after the window is shown. Window managers take their time."""


class FrameFit(QObject):
    """Moves and shrinks the window that is its parent once, as soon as the frame is known.

    Only a window that still has the size it was given by `placed`: any other size was chosen by
    somebody.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._size = window.size()
        self._looks = QTimer(self, singleShot=True)
        self._looks.timeout.connect(self._look)
        self._left = list(_PAUSES)

    def placed(self, size: QSize) -> None:
        """The program, and nobody else, gave the window this size."""
        self._size = size

    def begin(self) -> None:
        """The window is shown now."""
        if self._left:
            self._looks.start(self._left.pop(0))

    def _look(self) -> None:
        window = self.parent()
        if not isinstance(window, QWidget) or not self._fit(window):
            self.begin()

    def _fit(self, window: QWidget) -> bool:
        """Whether there is nothing more to do."""
        handle = window.windowHandle()
        if handle is None or window.isMaximized() or window.isFullScreen():
            return False
        margins = handle.frameMargins()
        if margins.isNull():
            return False
        wanted = framed(window.geometry(), margins, window.screen().availableGeometry())
        if window.size() == self._size and wanted != window.geometry():
            window.setGeometry(wanted)
        return True


def framed(place: QRect, margins: QMargins, screen: QRect) -> QRect:
    """The place of a window of which the whole frame is on the screen; moved rather than shrunk.

    One that lies on the screen with its title bar whole stays where it is, even if a part of it is
    beyond another edge, as a person may have put it there.
    """
    room = screen.marginsRemoved(margins)
    width, height = min(place.width(), room.width()), min(place.height(), room.height())
    x, y = place.x(), place.y()
    is_cut = place.width() > room.width() or place.height() > room.height()
    if is_cut:
        x = max(room.left(), min(x, room.right() + 1 - width))
        y = max(room.top(), min(y, room.bottom() + 1 - height))
    return QRect(x, max(y, room.top()), width, height)
