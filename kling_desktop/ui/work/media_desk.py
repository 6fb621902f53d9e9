"""Keeps what is dropped into the form, and tells the slots what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import MadeBy
from kling_desktop.records.media import MediaKind, MediaRef
from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.form.media_slot.sentences import about_file, name_of_address
from kling_desktop.ui.form.ports import (
    LibraryClip,
    MediaView,
    Offered,
    OfferedBytes,
    OfferedFile,
    OfferedUrl,
    SlotToken,
    Taken,
    UploadPhase,
)
from kling_desktop.ui.form.problems import FILE_NOT_TAKEN
from kling_desktop.ui.words import clock, pixels, say
from kling_desktop.ui.work.coming_out import ComingOut

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from kling_desktop.core.inputs import Inputs
    from kling_desktop.core.studio import Studio
    from kling_desktop.core.uploads import UploadState
    from kling_desktop.records.media import StoredInput
    from kling_desktop.records.problem import Problem
    from kling_desktop.records.sound import Part, Waveform
    from kling_desktop.ui.form.ports import OfferDone
    from kling_desktop.ui.work.listening import Listening
    from kling_desktop.ui.work.pictures import Pictures
    from kling_desktop.ui.work.waves import Waves

_LOOKED_AT = 200
"""So many of the newest clips are looked through for those of one kind."""
translate = QCoreApplication.translate

AskMany = Callable[[int, Callable[[str], None]], None]
"""Asks what to do with several files; answers "first", "each" or ""."""
Batch = Callable[[SlotToken, Sequence["StoredInput"]], None]
"""Makes one held job of each file."""


class MediaDesk:
    """The form's MediaPort. Before the engine is up, offers wait and files are only described."""

    def __init__(
        self,
        known: Callable[[MediaRef], StoredInput | None],
        path_of: Callable[[MediaRef], Path],
        pictures: Pictures,
        waves: Waves,
        listening: Listening,
    ) -> None:
        self.known = known
        self.path_of = path_of
        self._pictures = pictures
        self._waves, self._listening = waves, listening
        self._studio: Studio | None = None
        self._early: list[Callable[[], None]] = []
        self._listeners: list[Callable[[str], None]] = []
        self._described: set[str] = set()
        self._in_work: set[str] = set()
        self._outcome_of: Callable[[StoredInput], ComingOut] = lambda _stored: ComingOut()
        self._uploads_to: MadeBy = MadeBy.REHEARSAL
        self.ask_many: AskMany = lambda _count, answer: answer("first")
        self.batch: Batch = lambda _token, _stored: None
        self.refused: Callable[[str, ProblemError], None] = lambda _name, _error: None
        self.last_folder: Path | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up: what was offered meanwhile is taken now."""
        self._studio = studio
        studio.uploads.changed.connect(self._upload_changed)
        early, self._early = self._early, []
        for offer in early:
            offer()

    def describe_outcome_by(self, outcome_of: Callable[[StoredInput], ComingOut]) -> None:
        """Who knows what the chosen model makes of a picture."""
        self._outcome_of = outcome_of
        self.tell_all()

    def show_uploads_to(self, made_by: MadeBy) -> None:
        """Whose uploads the slots show: rehearsal's go without saying."""
        self._uploads_to = made_by
        self.tell_all()

    def show_work(self, text: str, is_in_work: bool) -> None:
        """Whether another file is being made of this one."""
        (self._in_work.add if is_in_work else self._in_work.discard)(text)
        self._tell(text)

    def tell_all(self) -> None:
        """Every slot looks again."""
        for text in list(self._described):
            self._tell(text)

    def offer(self, slot_token: object, offered: Sequence[Offered], done: OfferDone) -> None:
        """Takes files into the store of inputs; several at once are asked about first."""
        if self._studio is None:
            self._early.append(lambda: self.offer(slot_token, offered, done))
            return
        files = list(offered)
        if len(files) <= 1 or not isinstance(slot_token, SlotToken):
            self._spawn_take(files[:1], done)
            return
        token = slot_token

        def answered(choice: str) -> None:
            if choice == "first":
                self._spawn_take(files[:1], done)
            elif choice == "each":
                self._spawn_batch(token, files)
                done(None)
            else:
                done(None)

        self.ask_many(len(files), answered)

    def describe(self, ref_or_url: str) -> MediaView | None:
        """What a slot shows of a file."""
        self._described.add(ref_or_url)
        ref = MediaRef.parse(ref_or_url)
        if ref is None:
            parts = urlsplit(ref_or_url)
            name = parts.path.rsplit("/", 1)[-1] or parts.netloc
            return MediaView(name=name, facts=parts.netloc) if parts.netloc else None
        stored = self.known(ref)
        if stored is None:
            return None
        phase, fraction, problem = self._upload_of(ref)
        coming_out = self._outcome_of(stored)
        return MediaView(
            name=stored.name,
            facts=_facts(stored),
            outcome=coming_out.words,
            offers=coming_out.offers,
            can_frame=stored.facts.kind is MediaKind.IMAGE,
            kind=stored.facts.kind,
            path=self.path_of(ref),
            phase=phase,
            fraction=fraction,
            problem=problem,
            seconds=stored.facts.duration,
            is_in_work=ref_or_url in self._in_work,
        )

    def thumbnail(
        self, ref_or_url: str, longest: int, callback: Callable[[QImage | None], None]
    ) -> None:
        """A small picture of a kept file."""
        ref = MediaRef.parse(ref_or_url)
        if ref is None:
            callback(None)
        else:
            self._pictures.of_file(self.path_of(ref), longest, callback)

    def waveform(
        self, ref_or_url: str, callback: Callable[[Waveform | None], None]
    ) -> Callable[[], None]:
        """How a kept file sounds, to be looked at."""
        ref = MediaRef.parse(ref_or_url)
        if ref is None:
            callback(None)
            return lambda: None
        return self._waves.of_file(self.path_of(ref), callback)

    def listen(self, ref_or_url: str, part: Part, told: Callable[[float | None], None]) -> None:
        """Plays a part of a kept file."""
        ref = MediaRef.parse(ref_or_url)
        if ref is None:
            told(None)
        else:
            self._listening.play(self.path_of(ref), part, told)

    def hush(self) -> None:
        """Nothing is played any more."""
        self._listening.stop()

    def browse_folder(self) -> Path | None:
        """Where the last file came from."""
        return self.last_folder

    def clips(self, kind: MediaKind, most: int) -> list[LibraryClip]:
        """The newest clips of the library that a field of that kind can hold."""
        if self._studio is None:
            return []
        library = self._studio.library
        newest = library.window(library.ids()[:_LOOKED_AT])
        fitting = [one for one in newest if kind in (one.kind, MediaKind.FILE)]
        return [
            LibraryClip(one.title or one.prompt or one.path.name, one.path)
            for one in fitting[:most]
        ]

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Tells about each file whose view changed."""
        self._listeners.append(callback)

        def end() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return end

    def _spawn_take(self, offered: Sequence[Offered], done: OfferDone) -> None:
        if self._studio is None or not offered:
            done(None)
            return
        self._studio.tasks.spawn(self._take_one(offered[0], done), "take a dropped file")

    def _spawn_batch(self, token: SlotToken, offered: Sequence[Offered]) -> None:
        if self._studio is not None:
            self._studio.tasks.spawn(self._take_each(token, offered), "take dropped files")

    async def _take_one(self, offered: Offered, done: OfferDone) -> None:
        try:
            stored = await self._take(offered)
        except ProblemError as error:
            done(_about(_name_of(offered), error.problem))
            return
        done(Taken(str(stored.ref)))

    async def _take_each(self, token: SlotToken, offered: Sequence[Offered]) -> None:
        taken = []
        for one in offered:
            try:
                taken.append(await self._take(one))
            except ProblemError as error:
                self.refused(_name_of(one), error)
        if taken:
            self.batch(token, taken)

    async def _take(self, offered: Offered) -> StoredInput:
        inputs = self._inputs()
        match offered:
            case OfferedFile(path):
                self.last_folder = path.parent
                return await inputs.take_file(path)
            case OfferedBytes(data, name):
                return await inputs.take_bytes(data, name)
            case OfferedUrl(url):
                return await inputs.take_url(url)

    def _inputs(self) -> Inputs:
        if self._studio is None:
            raise RuntimeError("the engine is not up")
        return self._studio.inputs

    def _upload_of(self, ref: MediaRef) -> tuple[UploadPhase, float | None, Problem | None]:
        studio = self._studio
        if studio is None or self._uploads_to is MadeBy.REHEARSAL:
            return UploadPhase.NONE, None, None
        state = studio.uploads.state(ref, studio.fal_origin)
        if state is not None and state.problem is not None:
            return UploadPhase.FAILED, None, state.problem
        if state is not None and state.url:
            return UploadPhase.UPLOADED, None, None
        if state is not None:
            fraction = state.done / state.total if state.total else None
            return UploadPhase.UPLOADING, fraction, None
        if studio.credentials.key() is None:
            return UploadPhase.WAITS_FOR_KEY, None, None
        return UploadPhase.WAITS_FOR_GENERATE, None, None

    def _upload_changed(self, state: UploadState) -> None:
        self._tell(str(state.ref))

    def _tell(self, text: str) -> None:
        for listener in list(self._listeners):
            listener(text)


def _facts(stored: StoredInput) -> str:
    facts = stored.facts
    parts = []
    if facts.width and facts.height:
        parts.append(pixels(facts.width, facts.height))
    if facts.duration and facts.kind is not MediaKind.IMAGE:
        parts.append(clock(facts.duration))
    return " · ".join(parts)


def _about(name: str, problem: Problem) -> Problem:
    """The same problem, with the name of the file that was not taken."""
    words = about_file(name, say(problem).what)
    return replace(
        problem, what=FILE_NOT_TAKEN.what, values={**problem.values, "about_file": words}
    )


def _name_of(offered: Offered) -> str:
    match offered:
        case OfferedFile(path):
            return path.name
        case OfferedBytes(_data, name):
            return name
        case OfferedUrl(url):
            return name_of_address(url)
