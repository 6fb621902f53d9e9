"""The one Preferences window: searchable, applied at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import wrapped
from kling_desktop.ui.settings.key_page import KeyPage, KeyView
from kling_desktop.ui.settings.pages import FolderPage, LookPage, SendingPage
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.settings import Settings
    from kling_desktop.ui.settings.fields import Page


class Preferences(QDialog):
    """Not modal. `changed(name, value)` tells each change at once, in the words of the settings.

    `preview` gives the file name that a template makes, `usual_folder` is where clips go unless
    another folder is chosen.
    """

    changed = Signal(str, object)
    key_change_asked = Signal()
    key_forget_asked = Signal()
    defaults_asked = Signal()

    def __init__(
        self,
        preview: Callable[[str], str],
        usual_folder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.setModal(False)
        self._body = QWidget()
        self.folders = FolderPage(preview, usual_folder, self._body)
        self.look = LookPage(self._body)
        self.sending = SendingPage(self._body)
        self.key = KeyPage(self._body)
        self._search = QLineEdit(self)
        self._scroll = QScrollArea(self)
        self._nothing = wrapped(role="secondary", parent=self._body)
        self._lay()
        self._tie()

    def show_settings(self, settings: Settings) -> None:
        """Show what is set, without a signal."""
        for page in (self.folders, self.look, self.sending):
            page.show_settings(settings)

    def show_key(self, key: KeyView) -> None:
        """Show where the key comes from."""
        self.key.show_key(key)

    def show_page(self, name: str) -> None:
        """Open at "folders", "look", "sending" or "key"."""
        self._search.clear()
        self._scroll.ensureWidgetVisible(getattr(self, name).page, 0, 0)

    def narrow(self, wanted: str) -> None:
        """Show what matches a search only."""
        found = [page.narrow(wanted) for page in self._pages()]
        self._nothing.setVisible(not any(found))
        self._nothing.setText(self.tr("Nothing here is called “{text}”.").format(text=wanted))

    def _pages(self) -> tuple[Page, ...]:
        return tuple(one.page for one in (self.folders, self.look, self.sending, self.key))

    def _tie(self) -> None:
        for page in (self.folders, self.look, self.sending):
            page.changed.connect(self.changed)
        self.key.change_asked.connect(self.key_change_asked)
        self.key.forget_asked.connect(self.key_forget_asked)
        self._search.textChanged.connect(self.narrow)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._search.setFocus)

    def _lay(self) -> None:
        self._search.setPlaceholderText(self.tr("Search preferences"))
        self._search.setAccessibleName(self.tr("Search preferences"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        pages = QVBoxLayout(self._body)
        pages.setContentsMargins(20, 4, 20, 16)
        pages.setSpacing(14)
        for page in self._pages():
            pages.addWidget(page)
        self._nothing.hide()
        pages.addWidget(self._nothing)
        pages.addStretch(1)
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.addWidget(self._search)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot())
        sign = self.fontMetrics().averageCharWidth()
        self.resize(sign * 78, 620)

    def _foot(self) -> QVBoxLayout:
        defaults = QPushButton(self.tr("Back to the defaults"), self)
        done = QPushButton(self.tr("Close"), self)
        for button in (defaults, done):
            set_role(button, "quiet")
            button.setAutoDefault(False)
        defaults.clicked.connect(self.defaults_asked)
        done.clicked.connect(self.close)
        line = FlowLayout(across=10, down=2)
        line.addWidget(defaults)
        line.addWidget(done)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.addLayout(line)
        return foot
