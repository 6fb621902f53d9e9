"""A short question in a box that is wide enough for its title and easy to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QSizePolicy, QSpacerItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SIGNS = 52
"""Letters in a line of the box."""
_BUTTONS_OF_FRAME = 10
"""Letters that a window's own buttons and icon take of its title."""


def question(window: QWidget, title: str, text: str, more: str) -> QMessageBox:
    """A box over the window that goes away for good when it is answered; the caller opens it.

    Qt makes such a box as narrow as its longest short line.
    """
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    _widen(box)
    return box


def _widen(box: QMessageBox) -> None:
    layout, metrics = box.layout(), box.fontMetrics()
    if not isinstance(layout, QGridLayout):
        return
    title = metrics.horizontalAdvance(box.windowTitle() + "m" * _BUTTONS_OF_FRAME)
    width = min(
        max(metrics.averageCharWidth() * _SIGNS, title), box.screen().availableGeometry().width()
    )
    policy = QSizePolicy.Policy
    spacer = QSpacerItem(width, 0, policy.Minimum, policy.Minimum)
    layout.addItem(spacer, layout.rowCount(), 0, 1, layout.columnCount())
