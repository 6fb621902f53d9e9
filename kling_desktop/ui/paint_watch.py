"""Tells when a widget was painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PaintWatch(QObject):
    """Sees the next paint of a widget, and asks for it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.was_painted = False
        widget.installEventFilter(self)
        widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.was_painted = True
        return False
