"""Shows what changed at fal, before any of it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from kling_desktop.records.server import FAL
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.labels import fit_to_text, wrapped
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from kling_desktop.records.server import Server

_WIDTH = 84
"""Letters."""
_ROOM = 260
"""Pixels for the list of changes."""


@dataclass(frozen=True, slots=True)
class ChangedView:
    """One model and what is different, each change in one line."""

    title: str
    lines: tuple[str, ...]


class RefreshDialog(QDialog):
    """Shown with `open()`. `taken` says that the person wants the changes."""

    taken = Signal()

    def __init__(self, parent: QWidget | None = None, server: Server = FAL) -> None:
        super().__init__(parent)
        self._server = server
        self.setWindowTitle(self.tr("Refresh the catalogue"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._picture = IconLabel("loader", "secondary", self)
        self._text = wrapped(role="body", parent=self)
        self._tree = QTreeWidget(self)
        self._note = wrapped(role="secondary", parent=self)
        self._take = QPushButton(self.tr("Take these changes"), self)
        self._leave = QPushButton(self)
        self._lay()
        self._take.clicked.connect(self.taken)
        self._leave.clicked.connect(self.reject)
        self.show_looking()

    def show_looking(self) -> None:
        """fal is being asked."""
        self._show("loader", "secondary", self.tr("Asking fal about all models…"))

    def show_problem(self, text: str) -> None:
        """Nothing was taken, and why."""
        self._show("circle-alert", "error", text)

    def show_same(self, text: str) -> None:
        """Nothing is different."""
        self._show("circle-check", "ok", text)

    def show_changes(self, text: str, changes: Sequence[ChangedView], note: str = "") -> None:
        """What is different, model by model; `note` says what fal left out."""
        self._tree.clear()
        for one in changes:
            branch = QTreeWidgetItem([one.title])
            branch.addChildren([QTreeWidgetItem([line]) for line in one.lines])
            self._tree.addTopLevelItem(branch)
        if len(changes) <= 3:
            self._tree.expandAll()
        self._note.setText(self._server.named(note))
        self._show("git-compare-arrows", "secondary", text, has_changes=True)
        self._take.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        fit_to_text(self, _WIDTH)
        super().showEvent(event)

    def _show(self, picture: str, ink: str, text: str, *, has_changes: bool = False) -> None:
        self._picture.show_icon(picture, ink)
        self._text.setText(self._server.named(text))
        for part in (self._tree, self._take):
            part.setVisible(has_changes)
        self._note.setVisible(has_changes and bool(self._note.text()))
        self._leave.setText(self.tr("Leave as it is") if has_changes else self.tr("Close"))
        if self.isVisible():
            layout = self.layout()
            if layout is not None:
                layout.activate()
            fit_to_text(self, _WIDTH)

    def _lay(self) -> None:
        set_role(self._tree, "raised")
        self._tree.setHeaderHidden(True)
        self._tree.setWordWrap(True)
        self._tree.setMinimumHeight(_ROOM)
        self._tree.setAccessibleName(self.tr("What changed"))
        set_role(self._take, "outlined")
        set_role(self._leave, "quiet")
        self._leave.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._text, 1)
        buttons = FlowLayout(across=10, down=8)
        buttons.addWidget(self._take)
        buttons.addWidget(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._tree, 1)
        column.addWidget(self._note)
        column.addLayout(buttons)
