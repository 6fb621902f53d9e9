"""The tools, in a column beside the picture; two columns where it is low."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_PADDING, _GAP = 5, 2


class ToolColumn(QFrame):
    """A button for each action. What is on is framed as well as lit."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "floating")
        self.setAccessibleName(self.tr("Tools"))
        self._buttons = [_button(action, self) for action in actions]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self._grid.setSpacing(_GAP)
        self._columns = 0
        self.fit(10_000)

    def fit(self, height: int) -> None:
        """As many columns as a height asks for."""
        button = self._buttons[0].sizeHint().height() + _GAP
        rows = max(1, (height - 2 * _PADDING + _GAP) // button)
        columns = -(-len(self._buttons) // rows)
        if columns != self._columns:
            self._columns = columns
            rows = -(-len(self._buttons) // columns)
            for number, one in enumerate(self._buttons):
                self._grid.addWidget(one, number % rows, number // rows)
        self.adjustSize()

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return tuple(self._buttons)


def _button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    set_role(button, "tool")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(18, 18))
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
