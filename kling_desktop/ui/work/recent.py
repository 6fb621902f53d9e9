"""Forms that others took the place of, to be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from kling_desktop.core.draft import prompt_of
from kling_desktop.core.naming import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.core.studio import Studio
    from kling_desktop.records.draft import Draft
    from kling_desktop.ui.work.making import Making


class Recent(QObject):
    """A menu of recent drafts over the form."""

    def __init__(self, column: QWidget, making: Making) -> None:
        super().__init__(column)
        self._column, self._making = column, making
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def open(self) -> None:
        """Shows the menu."""
        if self._studio is None:
            return
        self._making.save()
        menu = self.menu(self._studio.recent_drafts())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._column.mapToGlobal(QPoint(16, 16)))

    def menu(self, drafts: Sequence[Draft]) -> QMenu:
        """One entry per draft, or one that says that there is none."""
        menu = QMenu(self._column)
        menu.setAccessibleName(self.tr("Recent drafts"))
        for draft in drafts:
            entry = menu.addAction(self._words(draft))
            entry.triggered.connect(lambda _=False, one=draft: self._making.restore(one))
        if not drafts:
            menu.addAction(self.tr("No draft was replaced yet")).setEnabled(False)
        return menu

    def _words(self, draft: Draft) -> str:
        when = QDateTime.fromSecsSinceEpoch(int(draft.saved_at))
        told = QLocale().toString(when, QLocale.FormatType.ShortFormat)
        title = title_of(prompt_of(draft.values)).replace("&", "&&")
        return f"{title}  ·  {told}"
