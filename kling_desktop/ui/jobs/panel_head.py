"""The head of the queue with its pause, and what stands there while nothing is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from kling_desktop.records.server import FAL
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from kling_desktop.records.server import Server


class PanelHead(QWidget):
    """ "Queue", the toggle that pauses sending, and a line that says so while it is paused."""

    def __init__(
        self, pause_action: QAction, fold_action: QAction | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Queue"), self)
        set_role(title, "title")
        self._pause = QToolButton(self)
        self._pause.setDefaultAction(pause_action)
        self._pause.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._pause.setIconSize(QSize(16, 16))
        self._pause.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self._pause, "quiet")
        self._paused = QLabel(self)
        self.show_server(FAL)
        self._paused.setWordWrap(True)
        set_role(self._paused, "warning")
        self._paused.hide()
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self._pause)
        self._fold = None if fold_action is None else self._fold_button(fold_action)
        if self._fold is not None:
            row.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 10, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._paused)

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops."""
        return [self._pause] if self._fold is None else [self._pause, self._fold]

    def _fold_button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(action.icon())
        button.setIconSize(QSize(18, 18))
        button.setToolTip(action.toolTip())
        button.setAccessibleName(self.tr("Fold the queue"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Not its default action: it is checked while the queue is folded, and then not to be seen.
        button.clicked.connect(action.trigger)
        set_role(button, "icon")
        return button

    def show_server(self, server: Server) -> None:
        """Name the server that goes on meanwhile."""
        self._paused.setText(
            server.named(self.tr("Sending is paused. What fal has goes on there."))
        )

    def show_paused(self, *, paused: bool) -> None:
        """Say that sending is paused."""
        self._paused.setVisible(paused)


class EmptyQueue(QWidget):
    """What will stand here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Nothing in the queue"), self)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QLabel(
            self.tr(
                "Whatever you rehearse or generate stands here until it is made: what it is "
                "doing, what it costs, and what you can still change."
            ),
            self,
        )
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(words, "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(8)
        column.addStretch(1)
        picture = IconLabel("inbox", "tertiary", self)
        picture.set_side(28)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(words)
        column.addStretch(2)
