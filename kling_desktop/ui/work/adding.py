"""Models that come later: looked up, shown, taken, and put into the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

    from PySide6.QtWidgets import QWidget

    from kling_desktop.core.model_search import FoundModel, Refreshed
    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.catalogue.add_dialog import AddModelDialog
    from kling_desktop.ui.catalogue.refresh_dialog import RefreshDialog
    from kling_desktop.ui.work.choosing import Choosing
    from kling_desktop.ui.work.making import Making


class Adding(QObject):
    """Ties the two dialogs about the catalogue to the engine."""

    said = Signal(str)
    failed = Signal(object)
    """What nobody expected."""

    def __init__(
        self, window: QWidget, making: Making, choosing: Choosing, actions: Actions
    ) -> None:
        super().__init__(window)
        self._window, self._making, self._choosing = window, making, choosing
        self._studio: Studio | None = None
        self._dialog: AddModelDialog | None = None
        self._changes: RefreshDialog | None = None
        self._found: FoundModel | None = None
        self._refreshed: Refreshed | None = None
        self._asking: asyncio.Task[None] | None = None
        actions.add_model.triggered.connect(self.open)
        actions.refresh_models.triggered.connect(self.refresh)

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        studio.models.subscribe(self._making.show_catalog)

    def open(self) -> None:
        """Asks which model."""
        if self._studio is None:
            return
        if self._dialog is None:
            from kling_desktop.ui.catalogue.add_dialog import AddModelDialog

            self._dialog = AddModelDialog(self._window, self._making.server)
            self._dialog.wished.connect(self._look_up)
            self._dialog.add_asked.connect(self._add)
            self._dialog.remove_asked.connect(self._remove)
            self._dialog.finished.connect(lambda _result: self._stop_asking())
        self._dialog.clear()
        self._show_added()
        self._dialog.open()

    def refresh(self) -> None:
        """Asks fal what changed."""
        if self._studio is None:
            return
        if self._changes is None:
            from kling_desktop.ui.catalogue.refresh_dialog import RefreshDialog

            self._changes = RefreshDialog(self._window, self._making.server)
            self._changes.taken.connect(self._take)
            self._changes.finished.connect(lambda _result: self._stop_asking())
        self._changes.show_looking()
        self._changes.open()
        self._ask(self._compare(self._studio), "compare the catalogue")

    def _look_up(self, text: str) -> None:
        self._found = None
        self._stop_asking()
        if self._studio is not None and text:
            self._ask(self._find(self._studio, text), "look up a model")

    async def _find(self, studio: Studio, text: str) -> None:
        from kling_desktop.ui.work.model_words import found_view

        if self._dialog is None:
            return
        try:
            self._found = await studio.model_search.find(text)
        except ProblemError as error:
            self._dialog.show_problem(say(error.problem).text)
            return
        self._dialog.show_found(found_view(self._found))

    def _add(self) -> None:
        if self._studio is not None and self._found is not None:
            self._spawn(self._add_now(self._studio, self._found), "add a model")

    async def _add_now(self, studio: Studio, found: FoundModel) -> None:
        if self._dialog is None:
            return
        if not found.is_bundled:
            try:
                await studio.model_search.add(found)
            except OSError as error:
                self._dialog.show_problem(self._not_kept(error))
                return
        self._dialog.accept()
        self._choosing.take_up(found.endpoint.endpoint_id)
        words = self.tr("{model} is in the form now.")
        self.said.emit(words.format(model=found.endpoint.title))

    def _remove(self, endpoint_id: str) -> None:
        if self._studio is not None:
            self._spawn(self._remove_now(self._studio, endpoint_id), "remove a model")

    async def _remove_now(self, studio: Studio, endpoint_id: str) -> None:
        try:
            await studio.model_search.remove(endpoint_id)
        except OSError as error:
            if self._dialog is not None:
                self._dialog.show_problem(self._not_kept(error))
            return
        if self._making.draft.endpoint_id == endpoint_id:
            serving = studio.catalog.of_intention(studio.catalog.intentions()[0])
            self._choosing.take_up(serving[0].endpoint_id)
        self._show_added()

    async def _compare(self, studio: Studio) -> None:
        from kling_desktop.ui.work.model_words import changed_views, missing_words, refreshed_words

        if self._changes is None:
            return
        self._refreshed = None
        try:
            found = self._refreshed = await studio.model_search.look_for_changes()
        except ProblemError as error:
            self._changes.show_problem(say(error.problem).text)
            return
        if found.changes:
            views, note = changed_views(found.changes), missing_words(found.missing)
            self._changes.show_changes(refreshed_words(found), views, note)
        else:
            self._changes.show_same(refreshed_words(found))

    def _take(self) -> None:
        if self._studio is not None and self._refreshed is not None:
            self._spawn(self._take_now(self._studio, self._refreshed), "take what changed")

    async def _take_now(self, studio: Studio, refreshed: Refreshed) -> None:
        if self._changes is None:
            return
        try:
            await studio.model_search.take(refreshed)
        except OSError as error:
            self._changes.show_problem(self._not_kept(error))
            return
        self._changes.accept()
        self.said.emit(self.tr("The catalogue is up to date."))

    def _show_added(self) -> None:
        from kling_desktop.ui.catalogue.added_list import AddedRow

        if self._studio is not None and self._dialog is not None:
            added = self._studio.models.added
            self._dialog.show_added([AddedRow(one.endpoint_id, one.title) for one in added])

    def _ask(self, question: Coroutine[object, object, None], name: str) -> None:
        """One question at a time: a newer one takes the place of the one before."""
        self._stop_asking()
        self._asking = self._spawn(question, name)

    def _spawn(self, work: Coroutine[object, object, None], name: str) -> asyncio.Task[None] | None:
        return self._studio.tasks.spawn(work, name, self._on_error) if self._studio else None

    def _on_error(self, error: BaseException) -> None:
        for dialog in (self._dialog, self._changes):
            if dialog is not None:
                dialog.reject()
        self.failed.emit(error)

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _not_kept(self, error: OSError) -> str:
        said = self.tr("It could not be kept: {reason}. Nothing was changed.")
        return said.format(reason=error.strerror or type(error).__name__)
