"""Hear the line: its words are spoken alone for little money, and the sound can be used then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kling_desktop.catalog.hearing import line_of, sound_taker
from kling_desktop.core.naming import title_of
from kling_desktop.records.job import MadeBy, Order
from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.form.parts.line_strip import NO_LINE
from kling_desktop.ui.work.line_words import look_of
from kling_desktop.ui.work.ordering import Wish
from kling_desktop.ui.work.slips import Slips

if TYPE_CHECKING:
    from kling_desktop.catalog.hearing import Line
    from kling_desktop.core.heard import Heard
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.job import Job
    from kling_desktop.ui.form.form import Form
    from kling_desktop.ui.work.choosing import Choosing
    from kling_desktop.ui.work.making import Making
    from kling_desktop.ui.work.ordering import Ordering


class Hearing(QObject):
    """`play_wished` carries the id of a sound, `arrived` that of one that just came, and `said`
    why one cannot be used."""

    play_wished = Signal(str)
    arrived = Signal(str)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, form: Form, making: Making, choosing: Choosing, ordering: Ordering) -> None:
        super().__init__(making)
        self._form, self._making = form, making
        self._choosing, self._ordering = choosing, ordering
        self._studio: Studio | None = None
        self._heard: Heard | None = None
        self._line: Line | None = None
        self._sounds: dict[str, Clip | None] = {}
        """What was found for lines that were looked for."""
        self._placing: set[str] = set()
        """Lines whose order is on its way to the disk."""
        self._awaited: set[str] = set()
        """Jobs whose sound is played when it comes."""
        self._slips = Slips()
        self._find_soon = QTimer(self, singleShot=True, interval=150)
        self._find_soon.timeout.connect(self._find)
        form.line_asked.connect(self._asked)
        making.edited.connect(self.look)

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        from kling_desktop.core.heard import Heard

        self._studio = studio
        self._heard = Heard(studio.library, studio.jobs, lambda: studio.catalog)
        studio.jobs.changed.connect(self._job_changed)
        studio.library.added.connect(self._clip_added)
        studio.library.removed.connect(lambda _clip_id: self._find_again())
        self._find_again()

    def look(self) -> None:
        """The form holds something else, or is another one."""
        if self._studio is None:
            return
        draft = self._making.draft
        self._line = line_of(self._choosing.catalog, draft.endpoint_id, draft.values)
        if self._key() not in self._sounds:
            self._find_soon.start()
        self._show()

    def _show(self) -> None:
        line, made_by = self._line, self._making.draft.made_by
        if line is None:
            self._form.show_line(NO_LINE)
            return
        is_coming = self._key() in self._placing or self._is_open(line)
        can_use = sound_taker(self._choosing.catalog, self._making.draft.endpoint_id) is not None
        self._form.show_line(
            look_of(
                line,
                made_by,
                is_heard=self._sounds.get(self._key()) is not None,
                is_coming=is_coming,
                can_use=can_use,
                server=self._making.server,
            )
        )

    def _asked(self, word: str) -> None:
        if self._studio is None or self._line is None:
            return
        known = self._sounds.get(self._key())
        if word == "use":
            self._studio.tasks.spawn(
                self._use(self._studio, known), "use a sound", self.failed.emit
            )
            return
        if self._slips.is_one():
            return
        self._slips.pressed()
        work = self._hear(self._line, self._making.draft.made_by, is_known=known is not None)
        self._studio.tasks.spawn(work, "hear a line", self.failed.emit)

    async def _hear(self, line: Line, made_by: MadeBy, *, is_known: bool) -> None:
        """From the library where it is there, else by a job of its own.

        What the button offered for nothing is never ordered instead.
        """
        clip = await self._heard.clip_of(line, made_by) if self._heard else None
        if clip is not None:
            self.play_wished.emit(clip.clip_id)
        elif is_known:
            self._find_again()
            self.said.emit(self.tr("The sound of this line is not where it was saved any more."))
        elif line.obstacle is None:
            key, lost = _key_of(line, made_by), self._job_of(line, made_by)
            wish = Wish(
                self._order(line, made_by),
                may_go=lambda: self._may_go(line, made_by, lost),
                ended=lambda jobs: self._ordered(key, jobs),
            )
            self._ordering.carry_out(wish)

    def _order(self, line: Line, made_by: MadeBy) -> Order:
        return Order(
            endpoint_id=line.speaker.endpoint_id,
            values=dict(line.values),
            made_by=made_by,
            title=title_of(line.text),
            price_each=line.price,
            project_id=self._making.draft.project_id,
        )

    def _may_go(self, line: Line, made_by: MadeBy, lost: Job | None) -> bool:
        """Questions may have been open for long: by now the line may be there, or on its way.

        A finished job that was `lost` before, its file being gone, keeps nobody from a new one.
        """
        key, job = _key_of(line, made_by), self._job_of(line, made_by)
        is_lost = job is not None and lost is not None and job.job_id == lost.job_id
        is_there = job is not None and not (is_lost and job.is_final)
        if key in self._placing or is_there:
            self.said.emit(self.tr("This line is being spoken already."))
            return False
        self._placing.add(key)
        self._show()
        return True

    def _ordered(self, key: str, jobs: tuple[Job, ...]) -> None:
        self._placing.discard(key)
        self._awaited |= {job.job_id for job in jobs}
        self._show()

    def _job_changed(self, job: Job) -> None:
        if self._line is not None and job.endpoint_id == self._line.speaker.endpoint_id:
            self._show()
        if job.is_final and not job.clip_ids:
            self._awaited.discard(job.job_id)

    def _clip_added(self, clip: Clip) -> None:
        self._find_again()
        if clip.job_id in self._awaited:
            self._awaited.discard(clip.job_id)
            self.arrived.emit(clip.clip_id)

    def _find_again(self) -> None:
        self._sounds.clear()
        self.look()

    def _find(self) -> None:
        if self._studio is not None and self._line is not None:
            work = self._found(self._line, self._making.draft.made_by)
            self._studio.tasks.spawn(work, "look for a spoken line")

    async def _found(self, line: Line, made_by: MadeBy) -> None:
        clip = await self._heard.clip_of(line, made_by) if self._heard else None
        self._sounds[_key_of(line, made_by)] = clip
        self._show()

    async def _use(self, studio: Studio, clip: Clip | None) -> None:
        found = sound_taker(self._choosing.catalog, self._making.draft.endpoint_id)
        if clip is None or found is None:
            return
        form = _form_of(self._making.draft)
        try:
            stored = await studio.inputs.take_file(clip.path)
        except ProblemError as error:
            self.said.emit(error.problem.said())
            return
        if _form_of(self._making.draft) != form:
            return
        endpoint, field = found
        intention = self._making.draft.intention
        files = {field.name: str(stored.ref)}
        self._choosing.bring(self.tr("Use this sound"), endpoint.endpoint_id, intention, files)
        # The button that was pressed has gone, and the keyboard with it.
        self._form.focus_first()

    def _is_open(self, line: Line) -> bool:
        job = self._job_of(line, self._making.draft.made_by)
        return job is not None and not job.is_final

    def _job_of(self, line: Line, made_by: MadeBy) -> Job | None:
        return self._heard.job_of(line, made_by) if self._heard else None

    def _key(self) -> str:
        return _key_of(self._line, self._making.draft.made_by) if self._line else ""


def _form_of(draft: Draft) -> tuple[str, str]:
    return draft.draft_id, draft.endpoint_id


def _key_of(line: Line, made_by: MadeBy) -> str:
    return json.dumps([made_by, line.speaker.endpoint_id, line.values], sort_keys=True)
