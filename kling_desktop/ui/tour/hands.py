"""Hands: drops, keys and clicks, sent to the window the way the system sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget

from kling_desktop.ui.tour.walk import TourStopped

if TYPE_CHECKING:
    from pathlib import Path

_NOTCH = 120
_MOST_NOTCHES = 80
_NONE = Qt.KeyboardModifier.NoModifier
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_COPY = Qt.DropAction.CopyAction


class Hands:
    """What reaches the program is what a mouse and a keyboard would send, and nothing else."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def click(self, widget: QWidget) -> None:
        """Presses the left button on a widget. Raises TourStopped where it cannot be hit."""
        QTest.mouseClick(widget, _LEFT, _NONE, self._place_to_hit(widget))

    def ask_menu(self, widget: QWidget) -> None:
        """Presses the right button on a widget."""
        at = self._place_to_hit(widget)
        QTest.mousePress(widget, _RIGHT, _NONE, at)
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, at, widget.mapToGlobal(at), _NONE)
        QCoreApplication.sendEvent(widget, event)

    def choose(self, menu: QMenu, words: str) -> None:
        """Clicks the entry of an open menu that says so. Raises TourStopped where none does."""
        for action in menu.actions():
            if action.text().replace("&", "") == words and action.isEnabled():
                QTest.mouseClick(menu, _LEFT, _NONE, menu.actionGeometry(action).center())
                return
        raise TourStopped(f"The menu does not offer “{words}”.")

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """One key, to whatever has the keyboard."""
        QTest.keyClick(self._keyboard(), key, modifiers)

    def write(self, text: str) -> None:
        """Types a text, letter by letter."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self._keyboard(), letter)
            else:
                _type_foreign(letter)

    def write_over(self, text: str) -> None:
        """Types a text in place of what stands there."""
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.write(text)

    def drag_over(self, widget: QWidget, path: Path) -> QMimeData:
        """Carries a file over a widget; hand back what it returns to `let_go`."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        at = widget.rect().center()
        entered = QDragEnterEvent(at, _COPY, data, _LEFT, _NONE)
        QCoreApplication.sendEvent(widget, entered)
        if not entered.isAccepted():
            raise TourStopped("The place for the picture does not take the drag.")
        QCoreApplication.sendEvent(widget, QDragMoveEvent(at, _COPY, data, _LEFT, _NONE))
        return data

    def let_go(self, widget: QWidget, data: QMimeData) -> None:
        """Drops what was carried over the widget."""
        at = QPointF(widget.rect().center())
        dropped = QDropEvent(at, _COPY, data, _LEFT, _NONE)
        QCoreApplication.sendEvent(widget, dropped)
        if not dropped.isAccepted():
            raise TourStopped("The place for the picture does not take the drop.")

    def scroll_to(self, widget: QWidget) -> None:
        """Turns the wheel until a widget is in sight."""
        area = _scroll_area_of(widget)
        for _notch in range(_MOST_NOTCHES):
            middle = widget.rect().center()
            if area is None or widget.visibleRegion().contains(middle):
                return
            below = widget.mapTo(area, middle).y() > area.height() // 2
            _turn_wheel(area.viewport(), -_NOTCH if below else _NOTCH)

    def _place_to_hit(self, widget: QWidget) -> QPoint:
        self.scroll_to(widget)
        window, middle = widget.window(), widget.rect().center()
        dialog = QApplication.activeModalWidget()
        hit = window.childAt(widget.mapTo(window, middle))
        is_hit = hit is widget or (hit is not None and widget.isAncestorOf(hit))
        if not is_hit or dialog not in {None, window}:
            raise TourStopped(f"“{widget.accessibleName()}” is not where it can be clicked.")
        return middle

    def _keyboard(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        return popup or focus or self._window


def _type_foreign(letter: str) -> None:
    focus = QApplication.focusWidget()
    if focus is None:
        raise TourStopped("Nothing takes what is typed.")
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(focus, QKeyEvent(kind, 0, _NONE, letter))


def _scroll_area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _turn_wheel(viewport: QWidget, angle: int) -> None:
    at = QPointF(viewport.rect().center())
    event = QWheelEvent(
        at,
        QPointF(viewport.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        _NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(viewport, event)
