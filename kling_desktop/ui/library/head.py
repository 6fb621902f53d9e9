"""The head of the library: its name, the search, the filter by stars."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role

_PAUSE = 150
"""Milliseconds after the last letter before the search runs."""


class LibraryHead(QWidget):
    """Asks for a search as it is typed, and for a least number of stars."""

    search_asked = Signal(str, int)
    """Text, and the least number of stars."""
    left = Signal()
    """Down or Return in the search: on to the clips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = 0
        self._title = QLabel(self.tr("Library"), self)
        set_role(self._title, "title")
        self._search = _SearchField(self)
        self._search.left.connect(self.left)
        self._stars = self._star_button()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._ask)
        self._search.textChanged.connect(lambda _: self._soon.start())
        self._search.emptied.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 2)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._search, 2)
        row.addWidget(self._stars)

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops."""
        return [self._search, self._stars]

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._search.text()

    def focus_search(self) -> None:
        """Put the keyboard into the search and mark what stands there."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def clear(self) -> None:
        """Show everything again."""
        self._search.clear()
        self._actions[0].setChecked(True)
        self._least = 0
        self._name_stars()
        self._ask()

    def _ask(self) -> None:
        self._soon.stop()
        self.search_asked.emit(self._search.text(), self._least)

    def _star_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("star"))
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(button, "icon")
        menu = QMenu(button)
        group = QActionGroup(menu)
        self._actions = [self._star_action(least, menu, group) for least in range(6)]
        self._actions[0].setChecked(True)
        button.setMenu(menu)
        self._stars = button
        self._name_stars()
        return button

    def _star_action(self, least: int, menu: QMenu, group: QActionGroup) -> QAction:
        action = menu.addAction(self._star_text(least))
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda: self._filter(least))
        return action

    def _star_text(self, least: int) -> str:
        if least == 0:
            return self.tr("All clips")
        if least == 5:
            return self.tr("5 stars")
        return self.tr("{least} stars or more").format(least=least)

    def _filter(self, least: int) -> None:
        self._least = least
        self._name_stars()
        self._ask()

    def _name_stars(self) -> None:
        self._stars.setText(f"{self._least}+" if 0 < self._least < 5 else "5" * (self._least == 5))
        said = self.tr("Filter by stars: {shown}").format(shown=self._star_text(self._least))
        self._stars.setToolTip(said)
        self._stars.setAccessibleName(said)


class _SearchField(QLineEdit):
    left = Signal()
    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("prompt, model, tag"))
        self.setAccessibleName(self.tr("Search the library"))
        self.setClearButtonEnabled(False)
        self.addAction(icon("search", "tertiary"), QLineEdit.ActionPosition.LeadingPosition)
        self._empty = self.addAction(icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        self._empty.setToolTip(self.tr("Show all clips again"))
        self._empty.triggered.connect(self._clear)
        self._empty.setVisible(False)
        self.textChanged.connect(lambda text: self._empty.setVisible(bool(text)))
        self.setMinimumWidth(120)
        self.setMaximumWidth(320)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self._clear()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _clear(self) -> None:
        self.clear()
        self.emptied.emit()
