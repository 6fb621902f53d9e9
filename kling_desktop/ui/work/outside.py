"""What happens outside the window: the network comes back, nobody looks, the computer woke up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kling_desktop.core.studio import Studio

_BEAT = 5.0
"""Seconds between two looks at the clocks."""
_SLEPT = 30.0
"""Seconds by which wall clock and beat may differ before the computer must have slept."""


class Outside(QObject):
    """Tells the engine what it cannot see from below."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._studio: Studio | None = None
        self._last = time.time()
        self._beat = QTimer(self, interval=int(_BEAT * 1000))
        self._beat.timeout.connect(self._look)
        window.installEventFilter(self)

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        from PySide6.QtNetwork import QNetworkInformation

        self._studio = studio
        self._last = time.time()
        self._beat.start()
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._reach_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Polls are slower while nobody sees the window."""
        kinds = (QEvent.Type.WindowStateChange, QEvent.Type.Hide, QEvent.Type.Show)
        if watched is self._window and event.type() in kinds and self._studio is not None:
            hidden = self._window.isMinimized() or not self._window.isVisible()
            self._studio.jobs.show_window(hidden=hidden)
        return False

    def _reach_changed(self, reach: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if reach is QNetworkInformation.Reachability.Online and self._studio is not None:
            self._studio.jobs.network_back()

    def _look(self) -> None:
        now = time.time()
        slept = now - self._last > _BEAT + _SLEPT
        self._last = now
        if slept and self._studio is not None:
            self._studio.jobs.network_back()
