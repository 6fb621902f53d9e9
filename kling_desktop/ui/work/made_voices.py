"""The voices a person had made, for the fields that can name one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.records.job import REHEARSAL_ORIGIN, MadeBy
from kling_desktop.ui.form.ports import VoiceChoice

if TYPE_CHECKING:
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.voice import MadeVoice


class MadeVoices(QObject):
    """A voice is known only to the server that made it: real work is offered real ones."""

    changed = Signal()

    def __init__(self, drafts: Drafts, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._made_by = drafts.current.made_by
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up, with the jobs of earlier runs."""
        self._studio = studio
        studio.voices.changed.connect(self.changed.emit)
        studio.voices.gather(studio.jobs.all())
        self.changed.emit()

    def look(self) -> None:
        """The draft is another one: it may go to another server."""
        made_by = self._drafts.current.made_by
        if made_by is not self._made_by:
            self._made_by = made_by
            self.changed.emit()

    def choices(self) -> tuple[VoiceChoice, ...]:
        """All of them, those that can be used now marked so."""
        if self._studio is None:
            return ()
        known = self._studio.voices.all()
        names = Counter(one.name for one in known)
        return tuple(self._choice(one, is_one_of_many=names[one.name] > 1) for one in known)

    def _choice(self, voice: MadeVoice, *, is_one_of_many: bool) -> VoiceChoice:
        is_rehearsed = voice.origin == REHEARSAL_ORIGIN
        is_rehearsing = self._drafts.current.made_by is MadeBy.REHEARSAL
        return VoiceChoice(
            voice_id=voice.voice_id,
            title=f"{voice.name} · {voice.voice_id[-6:]}" if is_one_of_many else voice.name,
            note=self._note(is_rehearsed=is_rehearsed, is_rehearsing=is_rehearsing),
            is_offered=is_rehearsing or voice.origin == self._fal_origin(),
        )

    def _note(self, *, is_rehearsed: bool, is_rehearsing: bool) -> str:
        if not is_rehearsed:
            return self.tr("your voice")
        if is_rehearsing:
            return self.tr("rehearsed voice")
        return self.tr("only rehearsed: fal does not know it")

    def _fal_origin(self) -> str:
        return self._studio.fal_origin if self._studio else ""
