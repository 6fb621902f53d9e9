"""The queue folded to a narrow rail: a picture and a number for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from kling_desktop.records.server import FAL
from kling_desktop.ui.icons import icon
from kling_desktop.ui.jobs.group_header import title_of
from kling_desktop.ui.jobs.row import Group
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.server import Server

_PICTURES = {
    Group.NEEDS_YOU: ("triangle-alert", "error"),
    Group.AT_FAL: ("cloud", "secondary"),
    Group.REHEARSING: ("theater", "secondary"),
    Group.HERE: ("hand", "secondary"),
    Group.MADE: ("check", "secondary"),
}


class QueueRail(QWidget):
    """Says how many jobs each group has and opens the queue."""

    open_asked = Signal()
    group_asked = Signal(str)
    """The value of a row.Group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._server = FAL
        set_role(self, "panel")
        self.setAccessibleName(self.tr("Queue, folded"))
        self._open = QToolButton(self)
        self._open.setIcon(icon("panel-right-open"))
        self._open.setIconSize(QSize(18, 18))
        self._open.setToolTip(self.tr("Show the queue"))
        self._open.setAccessibleName(self.tr("Show the queue"))
        self._open.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._open.clicked.connect(self.open_asked)
        set_role(self._open, "icon")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 6, 10)
        column.setSpacing(8)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignHCenter)
        self._buttons = {group: self._button(group) for group in Group}
        for button in self._buttons.values():
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_server(self, server: Server) -> None:
        """Name the server that real work goes to, from the next counts on."""
        self._server = server

    def show_counts(self, counts: Mapping[Group, int]) -> None:
        """Show the numbers; groups without a job are not shown."""
        for group, button in self._buttons.items():
            count = counts.get(group, 0)
            said = f"{title_of(group, self._server)}, {count}"
            button.setText(str(count))
            button.setAccessibleName(said)
            button.setToolTip(said)
            button.setVisible(count > 0)

    def _button(self, group: Group) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(*_PICTURES[group]))
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.group_asked.emit(group.value))
        button.hide()
        set_role(button, "icon")
        return button
