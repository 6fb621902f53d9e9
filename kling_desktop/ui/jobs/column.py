"""Widgets one below the other that keep their place on the screen while others come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kling_desktop.ui.jobs.soon import Soon

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QResizeEvent

_OWN_KEYS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)
_EDGE = 12
_GAP = 8


class Column(QWidget):
    """Sets its widgets by their height for its width, inside a scroll area.

    Keeps no layout: a change of one card moves those below it and measures none of the others.
    Unless the top is in sight, what is looked at stays where it is.
    """

    resettled = Signal()
    slid = Signal(int)
    """By how many pixels what is looked at moved down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: list[QWidget] = []
        self._places: dict[QWidget, tuple[int, int, int]] = {}
        """Top, width and height of each, which are quicker asked here than of Qt."""
        self._view: QWidget | None = None
        self._soon = Soon(self.settle, self)

    @property
    def stack(self) -> Sequence[QWidget]:
        """The widgets from top to bottom."""
        return self._stack

    def stand_in(self, view: QWidget) -> None:
        """The scroll area around it. (Asking Qt for a parent that it made itself costs 30 ms.)"""
        self._view = view

    def show_stack(self, stack: list[QWidget]) -> None:
        """Show these widgets, all of them children, from top to bottom."""
        anchor = self._anchor(set(stack))
        self._stack = stack
        for widget in stack:
            if widget.isHidden():
                widget.show()
        self._place(anchor)

    def forget(self, widget: QWidget) -> None:
        """A widget goes; the room it leaves is closed when the stack is shown again."""
        self._stack = [one for one in self._stack if one is not widget]

    def between(self, top: int, bottom: int) -> list[QWidget]:
        """The widgets that stand in that stretch, in whole or in part."""
        places = self._places.items()
        return [one for one, (y, _, height) in places if y < bottom and y + height > top]

    def settle(self) -> None:
        """Put everything in its place now."""
        self._place(self._anchor(self._stack))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.ask()
        elif isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.settle()

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the row that has the focus before it is a shortcut."""
        if event.type() != QEvent.Type.ShortcutOverride or event.key() not in _OWN_KEYS:
            return False
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        return plain and self.focusWidget() in self._stack

    def _place(self, anchor: QWidget | None) -> None:
        self._soon.stop()
        before = anchor.y() if anchor is not None else 0
        top, width = _GAP, self.width() - _EDGE - self._right_edge()
        before_all, self._places = self._places, {}
        for widget in self._stack:
            place = (top, width, _height(widget, width))
            if before_all.get(widget) != place:
                widget.setGeometry(_EDGE, *place)
            self._places[widget] = place
            top += place[2] + _GAP
        self._take_height(top)
        if anchor is not None and anchor.y() != before:
            self.slid.emit(anchor.y() - before)
        self.resettled.emit()

    def _anchor(self, stay: Collection[QWidget]) -> QWidget | None:
        """The first widget in sight that stays; None while the top is in sight."""
        scrolled = -self.y()
        if scrolled <= 0:
            return None
        return next((one for one in self._stack if one.y() >= scrolled and one in stay), None)

    def _take_height(self, height: int) -> None:
        if self.minimumHeight() == height:
            return
        self.setMinimumHeight(height)
        self.resize(self.width(), max(height, self._view.height() if self._view else 0))

    def _right_edge(self) -> int:
        """The scroll bar stands inside the edge, so that its coming moves nothing."""
        taken = self._view.width() - self.width() if self._view is not None else 0
        return max(2, _EDGE - max(0, taken))


class ColumnView(QScrollArea):
    """Scrolls a Column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = Column()
        self.column.slid.connect(self._follow)
        self.column.stand_in(self)
        self.setWidget(self.column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def in_sight(self, margin: int = 0) -> list[QWidget]:
        """The widgets that can be seen, and those within `margin` pixels of it."""
        top = self.verticalScrollBar().value() - margin
        bottom = self.verticalScrollBar().value() + self.height() + margin
        return self.column.between(top, bottom)

    def _follow(self, pixels: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)


def _height(widget: QWidget, width: int) -> int:
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    return widget.sizeHint().height()
