"""Tells a person outside the window that something is ready: one notification per burst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QSystemTrayIcon, QWidget

BURST = 1500
"""Milliseconds that clips may lie apart and still be told as one."""


class Told(QObject):
    """Gathers clips that became ready and tells of them once, if the window is not in front.

    `asked` comes when the notification is pressed, with the clip it was about (the last of a
    burst). `show` is where the notification goes: title, text.
    """

    asked = Signal(str)

    def __init__(
        self, window: QWidget, show: Callable[[str, str], None] | None = None, burst: int = BURST
    ) -> None:
        super().__init__(window)
        self._window = window
        self._show = show or self._show_in_tray
        self._wanted = True
        self._ready: list[tuple[str, str]] = []
        self._last_clip = ""
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(burst)
        self._timer.timeout.connect(self._tell)

    def set_wanted(self, wanted: bool) -> None:
        """Whether notifications are wanted at all."""
        self._wanted = wanted

    def clip_ready(self, clip_id: str, title: str) -> None:
        """One more clip is ready."""
        self._ready.append((clip_id, title))
        self._timer.start()

    def close(self) -> None:
        """Take the tray icon away."""
        self._timer.stop()
        if self._tray is not None:
            self._tray.hide()

    def _tell(self) -> None:
        ready, self._ready = self._ready, []
        if not ready or not self._wanted or self._is_in_front():
            return
        self._last_clip, title = ready[-1]
        said = counted(len(ready), "%n clip is ready", "%n clips are ready", "Told")
        self._show(said, title)

    def _is_in_front(self) -> bool:
        return self._window.isActiveWindow() and not self._window.isMinimized()

    def _show_in_tray(self, title: str, text: str) -> None:
        from PySide6.QtWidgets import QSystemTrayIcon

        if not QSystemTrayIcon.isSystemTrayAvailable():
            QApplication.alert(self._window)
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._ask)
            self._tray.activated.connect(self._ask)
        self._tray.show()
        self._tray.showMessage(title, text)

    def _ask(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self.asked.emit(self._last_clip)
