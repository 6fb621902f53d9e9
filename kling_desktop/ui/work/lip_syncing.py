"""From a finished clip to the form that gives it other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.catalog.choosing import LIP_SYNC, taking
from kling_desktop.records.clip import Clip
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.work.choosing import Choosing


class LipSyncing(QObject):
    """`said` carries a sentence about a clip that cannot be used."""

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, choosing: Choosing) -> None:
        super().__init__(choosing)
        self._choosing = choosing
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def begin(self, clip: object) -> None:
        """The clip into the form for lip sync, on the model that takes one of its length."""
        if self._studio is not None and isinstance(clip, Clip):
            work = self._begin(self._studio, clip)
            self._studio.tasks.spawn(work, "lip sync a clip", self.failed.emit)

    async def _begin(self, studio: Studio, clip: Clip) -> None:
        before = self._choosing.draft
        try:
            stored = await studio.inputs.take_file(clip.path)
        except ProblemError as error:
            self.said.emit(error.problem.said())
            return
        draft = self._choosing.draft
        if (draft.draft_id, draft.endpoint_id) != (before.draft_id, before.endpoint_id):
            self.said.emit(self.tr("The form is another one by now, so the clip was not put in."))
            return
        last = self._choosing.last_of(LIP_SYNC)
        found = taking(studio.catalog, LIP_SYNC, stored.facts, last)
        if found is None:
            self.said.emit(self.tr("No model for lip sync is among your models."))
            return
        endpoint, field = found
        files = {field.name: str(stored.ref)}
        self._choosing.bring(self.tr("Lip sync this clip"), endpoint.endpoint_id, LIP_SYNC, files)
