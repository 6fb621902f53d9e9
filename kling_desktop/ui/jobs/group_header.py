"""The line above a group of the queue: its name, how many, and what can be done with all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kling_desktop.records.server import FAL
from kling_desktop.ui.jobs.link_button import LinkButton
from kling_desktop.ui.jobs.row import Group
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from kling_desktop.records.server import Server

translate = QCoreApplication.translate


def title_of(group: Group, server: Server = FAL, *, all_made: bool = True) -> str:
    """The name of a group as people read it."""
    match group:
        case Group.NEEDS_YOU:
            return translate("Queue", "Needs you")
        case Group.AT_FAL:
            return server.named(translate("Queue", "At fal"))
        case Group.REHEARSING:
            return translate("Queue", "Rehearsing")
        case Group.HERE:
            return translate("Queue", "Here, free to change")
        case Group.MADE if all_made:
            return translate("Queue", "Made")
        case Group.MADE:
            return translate("Queue", "Made or stopped")


class GroupHeader(QWidget):
    """Name left, count right. The group of what is made can be cleared."""

    clear_asked = Signal()

    def __init__(self, group: Group, server: Server = FAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group, self._server = group, server
        self._title, self._count = QLabel(self), QLabel(self)
        set_role(self._title, "label")
        set_role(self._count, "label")
        self._clear = LinkButton(self.tr("Clear"), self)
        self._clear.setToolTip(self.tr("Take these rows away; the clips stay in the library"))
        self._clear.setAccessibleName(self.tr("Clear the rows of what is made"))
        self._clear.clicked.connect(self.clear_asked)
        self._clear.setVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 6, 0)
        row.setSpacing(10)
        row.addWidget(self._title, 1)
        row.addWidget(self._clear)
        row.addWidget(self._count)

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops."""
        return [] if self._clear.isHidden() else [self._clear]

    @property
    def text(self) -> str:
        """What it says: "At fal, 2"."""
        return self.accessibleName()

    def show_count(self, count: int, *, all_made: bool = True) -> None:
        """Show how many rows the group has."""
        title = title_of(self._group, self._server, all_made=all_made)
        self._title.setText(title)
        self._count.setText(str(count))
        self.setAccessibleName(f"{title}, {count}")
        self._clear.setVisible(self._group is Group.MADE and count > 1)
