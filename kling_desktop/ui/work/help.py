"""Help inside the program: the first clip in five sentences, and every key on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.action_list import CONTEXT, MENU_TITLES
from kling_desktop.ui.actions import Actions, keys_of, plain_text
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from kling_desktop.ui.action_list import Menu


class Help(QObject):
    """Answers the first two entries of the help menu."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        actions.getting_started.triggered.connect(self.show_first_steps)
        actions.keyboard_shortcuts.triggered.connect(self.show_keys)

    def show_first_steps(self) -> None:
        """How a clip is made."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Getting started"))
        box.setText(self.tr("From a picture to a clip"))
        box.setInformativeText(
            self.tr(
                "1. Drop a picture on the form, or paste one.\n"
                "2. Write what should move.\n"
                "3. Rehearse: free, made on this computer, to see length and framing.\n"
                "4. Real: the same press sends it to fal and costs what the button says.\n"
                "5. The clip plays on the stage and lies in your Videos folder."
            )
        )
        box.open()

    def show_keys(self) -> None:
        """Every action with its keys, by menu."""
        dialog = QDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Keyboard shortcuts"))
        tree = QTreeWidget(dialog)
        set_role(tree, "raised")
        tree.setHeaderHidden(True)
        tree.setColumnCount(2)
        tree.setAccessibleName(self.tr("Keyboard shortcuts"))
        for menu, title in MENU_TITLES:
            tree.addTopLevelItem(self._branch(menu, title))
        tree.expandAll()
        tree.resizeColumnToContents(0)
        close = QPushButton(self.tr("Close"), dialog)
        close.clicked.connect(dialog.close)
        column = QVBoxLayout(dialog)
        column.addWidget(tree)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        dialog.resize(tree.fontMetrics().averageCharWidth() * 70, 560)
        dialog.open()

    def _branch(self, menu: Menu, title: str) -> QTreeWidgetItem:
        branch = QTreeWidgetItem([QCoreApplication.translate(CONTEXT, title).replace("&", "")])
        for action in self._actions:
            spec = self._actions.spec(action)
            if spec.menu is menu:
                branch.addChild(QTreeWidgetItem([plain_text(action), keys_of(spec)]))
        return branch
