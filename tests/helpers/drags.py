"""What a file manager's drag does to a widget, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

_COPY = Qt.DropAction.CopyAction
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    """What is dragged when these are."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(target: QWidget, data: QMimeData) -> QDragEnterEvent:
    """The drag comes over the widget; the event says whether it is welcome."""
    event = QDragEnterEvent(target.rect().center(), _COPY, data, _LEFT, _NONE)
    QApplication.sendEvent(target, event)
    return event


def move(target: QWidget, data: QMimeData) -> QDragMoveEvent:
    """It moves there."""
    event = QDragMoveEvent(target.rect().center(), _COPY, data, _LEFT, _NONE)
    QApplication.sendEvent(target, event)
    return event


def drop(target: QWidget, data: QMimeData) -> QDropEvent:
    """It comes, and ends there."""
    enter(target, data)
    event = QDropEvent(QPointF(target.rect().center()), _COPY, data, _LEFT, _NONE)
    QApplication.sendEvent(target, event)
    return event
