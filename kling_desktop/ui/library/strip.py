"""The library panel: head, cards, and what stands there while there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kling_desktop.ui.library.empty import EmptyLibrary
from kling_desktop.ui.library.head import LibraryHead
from kling_desktop.ui.library.model import ClipModel
from kling_desktop.ui.library.view import ClipView
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.library.ports import ClipPort, PosterPort

_LOW = 124
"""Logical pixels of height below which the head gives its room to the cards."""
_MENU = (
    ("another_take", "edit_as_new", "continue_clip", "lip_sync_clip", "make_real"),
    ("save_as", "save_frame", "show_in_folder", "copy_prompt"),
)


def last_part(endpoint_id: str) -> str:
    """A short name for a model that nobody named."""
    return endpoint_id.rsplit("/", maxsplit=1)[-1]


class LibraryPanel(QWidget):
    """Shows every clip and asks: nothing is opened, rated or thrown away here."""

    open_asked = Signal(str)
    """Show this clip on the stage."""
    selection_changed = Signal(list)
    """Ids of the chosen clips."""
    trash_asked = Signal(list)
    rate_asked = Signal(str, int)
    """Clip id and stars, 0 to 5."""

    def __init__(
        self,
        clips: ClipPort,
        posters: PosterPort,
        actions: Actions,
        model_name: Callable[[str], str] = last_part,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._seeking = False
        set_role(self, "panel")
        self.setAccessibleName(self.tr("Library"))
        self.model = ClipModel(clips, model_name, self)
        self.head = LibraryHead(self)
        self.view = ClipView(self.model, posters, self)
        self.empty = EmptyLibrary(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.view.setContentsMargins(0, 0, 0, 0)
        self._connect()
        self.refresh()

    @property
    def selected_ids(self) -> list[str]:
        """Ids of the chosen clips in the order of the list."""
        return self.view.selected_ids

    def refresh(self) -> None:
        """Clips came or went: ask for the ids again. Selection and place stay."""
        self.model.refresh()
        self._show_or_say()

    def renew(self, clip_id: str) -> None:
        """One clip changed: its row and its poster are asked for again when they are seen."""
        self.view.shelf.forget(clip_id)
        self.model.renew(clip_id)
        self._show_or_say()

    def select_ids(self, ids: Sequence[str]) -> None:
        """Choose these clips and bring the first into sight."""
        self.view.select_ids(ids)

    def focus_search(self) -> None:
        """Put the keyboard into the search, also where there is little room."""
        self._seeking = True
        self._fit_head()
        self.head.focus_search()

    def neighbor(self, clip_id: str, by: int) -> str:
        """The clip `by` places further on, or "" at the ends."""
        row, ids = self.model.row_of(clip_id), self.model.ids
        if row is None or not 0 <= row + by < len(ids):
            return ""
        return ids[row + by]

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 64)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _connect(self) -> None:
        self.head.search_asked.connect(self._search)
        self.head.left.connect(self._enter_cards)
        self.empty.all_asked.connect(self.head.clear)
        self.view.open_asked.connect(self.open_asked)
        self.view.ids_selected.connect(self.selection_changed)
        self.view.trash_asked.connect(self.trash_asked)
        self.view.rate_asked.connect(self.rate_asked)
        self.view.menu_asked.connect(self._open_menu)

    def _search(self, text: str, least_stars: int) -> None:
        self.model.show_matching(text, least_stars)
        self._seeking = self._seeking and bool(text)
        self._show_or_say()
        self._fit_head()

    def _show_or_say(self) -> None:
        has_rows = self.model.rowCount() > 0
        if not has_rows and self.model.is_filtered:
            self.empty.show_no_match(self.head.text.strip())
        elif not has_rows:
            self.empty.show_first()
        self.view.setVisible(has_rows)
        self.empty.setVisible(not has_rows)

    def _enter_cards(self) -> None:
        if not self.model.rowCount():
            return
        if not self.selected_ids:
            self.view.select_ids(self.model.ids[:1])
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _fit_head(self) -> None:
        self.head.setVisible(self.height() >= _LOW or self._seeking or self.model.is_filtered)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu_for_selection()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu_for_selection(self) -> QMenu:
        """The menu of the chosen clips: the program's own actions where one clip is chosen."""
        menu = QMenu(self)
        ids = self.selected_ids
        if len(ids) == 1:
            show = menu.addAction(self.tr("Show on the stage"))
            show.triggered.connect(lambda: self.open_asked.emit(ids[0]))
            for part in _MENU:
                menu.addActions([self._actions.named(name) for name in part])
                menu.addSeparator()
        copies = self.tr("Copy files") if len(ids) > 1 else self.tr("Copy file")
        menu.addAction(copies).triggered.connect(self.view.copy_files)
        stars = menu.addMenu(self.tr("Stars"))
        for number in range(6):
            text = self.tr("No stars") if number == 0 else "★" * number
            stars.addAction(text).triggered.connect(lambda _=False, n=number: self._rate(ids, n))
        menu.addSeparator()
        trash = menu.addAction(self.tr("Move to the trash"))
        trash.triggered.connect(lambda: self.trash_asked.emit(ids))
        return menu

    def _rate(self, ids: Sequence[str], stars: int) -> None:
        for clip_id in ids:
            self.rate_asked.emit(clip_id, stars)
