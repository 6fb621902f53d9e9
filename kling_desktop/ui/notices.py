"""Short messages over the lower edge of the window, that never take the focus.

Most go by themselves; those that ask for money or a key stay until they are taken back or closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from kling_desktop.ui.icons import IconLabel, icon
from kling_desktop.ui.labels import wrapped
from kling_desktop.ui.main_window import MainWindow
from kling_desktop.ui.style import set_role

SHOWN_FOR = 6000
"""Milliseconds; with something to press, twice as long."""
_MOST = 3
_EDGE = 16


class NoticeTone(StrEnum):
    """What kind of message; the icon says it too."""

    INFO = "info"
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


_LOOKS = {
    NoticeTone.INFO: ("info", "secondary"),
    NoticeTone.OK: ("circle-check", "ok"),
    NoticeTone.WARNING: ("triangle-alert", "warn"),
    NoticeTone.PROBLEM: ("circle-alert", "error"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message. A later one with the same key takes the place of the first."""

    key: str
    text: str
    action: str = ""
    """The one thing that can be done about it: "Undo"."""
    tone: NoticeTone = NoticeTone.INFO
    stays: bool = False


class Notices(QWidget):
    """The pile of messages of one window. `acted` and `closed` carry the key of a notice.

    `closed` comes when a notice goes without its action, by itself or by hand.
    """

    acted = Signal(str)
    closed = Signal(str)

    def __init__(self, window: QWidget, over: QWidget | None = None) -> None:
        """`over` is the part of the window to lie on; by itself the middle column."""
        super().__init__(window)
        self._window = window
        self._over = over or (window.centre if isinstance(window, MainWindow) else window)
        self._shown: dict[str, _Toast] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setAccessibleName(self.tr("Notices"))
        self._over.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a message, and say it to screen readers."""
        self.take_back(notice.key)
        toast = _Toast(notice, self)
        toast.acted.connect(lambda: self._act(notice.key))
        toast.gone.connect(lambda: self._close(notice.key))
        self._shown[notice.key] = toast
        self._column.addWidget(toast)
        toast.show()
        self._drop_oldest()
        self._place()
        announce(self, notice.text, urgent=notice.tone is NoticeTone.PROBLEM)

    def take_back(self, key: str) -> None:
        """Take a message away without a signal."""
        toast = self._shown.pop(key, None)
        if toast is None:
            return
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._place()

    def shown_keys(self) -> tuple[str, ...]:
        """The keys of what is shown, the oldest first."""
        return tuple(self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _act(self, key: str) -> None:
        self.take_back(key)
        self.acted.emit(key)

    def _close(self, key: str) -> None:
        self.take_back(key)
        self.closed.emit(key)

    def _drop_oldest(self) -> None:
        passing = [key for key, toast in self._shown.items() if not toast.notice.stays]
        for key in passing[: max(0, len(self._shown) - _MOST)]:
            self._close(key)

    def _place(self) -> None:
        if not self._shown:
            self.hide()
            return
        room = QRect(self._over.mapTo(self._window, QPoint(0, 0)), self._over.size())
        room.adjust(_EDGE, _EDGE, -_EDGE, -_EDGE)
        width = min(room.width(), self.fontMetrics().averageCharWidth() * 70)
        height = self._column.totalHeightForWidth(width)
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.bottom() + 1 - height, width, height)
        self.show()
        self.raise_()


class _Toast(QFrame):
    acted = Signal()
    gone = Signal()

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        set_role(self, "floating")
        self.setAccessibleName(notice.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 8, 9)
        row.setSpacing(10)
        row.addWidget(IconLabel(*_LOOKS[notice.tone], self))
        row.addWidget(wrapped(notice.text, "body", self), 1)
        if notice.action:
            row.addWidget(self._link(notice.action))
        row.addWidget(self._cross())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._pass)
        if not notice.stays:
            self._timer.start(SHOWN_FOR * (2 if notice.action else 1))

    def _pass(self) -> None:
        focus = self.focusWidget()
        if self.underMouse() or (focus is not None and focus.hasFocus()):
            self._timer.start(SHOWN_FOR)
            return
        self.gone.emit()

    def _link(self, text: str) -> QPushButton:
        link = QPushButton(text, self)
        set_role(link, "link")
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(self.acted)
        return link

    def _cross(self) -> QToolButton:
        cross = QToolButton(self)
        set_role(cross, "icon")
        cross.setIcon(icon("x"))
        cross.setIconSize(QSize(14, 14))
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross.setToolTip(self.tr("Close this notice"))
        cross.setAccessibleName(self.tr("Close this notice"))
        cross.clicked.connect(self.gone)
        return cross


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Say something to screen readers without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
