"""The row of verbs under the transport: what can be done with the clip on the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from kling_desktop.ui.icons import icon
from kling_desktop.ui.player.buttons import MoreButton, VerbButton
from kling_desktop.ui.player.stars import Stars
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from kling_desktop.ui.actions import Actions

_EDGE, _GAP = 12, 8


class Verbs(QFrame):
    """Buttons for the verbs in their order; those that do not fit move into one menu."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("What to do with this clip"))
        self._verbs = [
            actions.make_real,
            actions.another_take,
            actions.continue_clip,
            actions.edit_as_new,
            actions.lip_sync_clip,
            actions.save_as,
            actions.save_frame,
            actions.show_in_folder,
        ]
        self._seldom = [actions.copy_clip, actions.copy_prompt, actions.delete_clip]
        self._is_rehearsed = False
        self._buttons = [VerbButton(action, self) for action in self._verbs]
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._more = self._more_button()
        self.stars = Stars(self)
        self._lay_out()

    def show_rehearsed(self, *, rehearsed: bool) -> None:
        """A rehearsed clip can be made for real, and says so first."""
        self._is_rehearsed = rehearsed
        self._fit()

    def menu(self) -> QMenu:
        """All verbs, for the canvas."""
        menu = QMenu(self)
        menu.addActions(self._offered())
        menu.addSeparator()
        menu.addActions(self._seldom)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows as many verbs as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, fewer verbs."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the menu and the stars."""
        least = self._more.sizeHint().width() + self.stars.sizeHint().width()
        return QSize(least + 2 * _EDGE + 2 * _GAP, super().minimumSizeHint().height())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 7, _EDGE, 7)
        row.setSpacing(_GAP)
        for button in self._buttons:
            row.addWidget(button)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self.stars)

    def _offered(self) -> list[QAction]:
        return self._verbs if self._is_rehearsed else self._verbs[1:]

    def _fit(self) -> None:
        room = self.width() - self.minimumSizeHint().width()
        self._menu.clear()
        for button, action in zip(self._buttons, self._verbs, strict=True):
            is_offered = action in self._offered()
            if is_offered:
                room -= button.sizeHint().width() + _GAP
            fits = room >= 0 and self._menu.isEmpty()
            button.setVisible(is_offered and fits)
            if is_offered and not fits:
                self._menu.addAction(action)
        if not self._menu.isEmpty():
            self._menu.addSeparator()
        self._menu.addActions(self._seldom)

    def _more_button(self) -> MoreButton:
        button = MoreButton(self)
        button.setIcon(icon("ellipsis"))
        button.setToolTip(self.tr("More to do with this clip"))
        button.setAccessibleName(self.tr("More to do with this clip"))
        button.setMenu(self._menu)
        return button
