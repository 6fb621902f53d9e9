"""Back from something made to the form, or straight to one more of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.catalog.choosing import FROM_PICTURE
from kling_desktop.catalog.pricing import price_of
from kling_desktop.records.clip import Clip
from kling_desktop.records.job import Job, JobState, MadeBy, Order
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.work.ordering import Wish
from kling_desktop.ui.work.slips import Slips

if TYPE_CHECKING:
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.json_values import Values
    from kling_desktop.ui.work.making import Making
    from kling_desktop.ui.work.ordering import Ordering

_ORDERS = frozenset({"again", "real"})
_HERE = frozenset({JobState.WAITING, JobState.UPLOADING})


class Recalling(QObject):
    """`said` carries a sentence about something that could not be recalled."""

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, making: Making, ordering: Ordering) -> None:
        super().__init__(making)
        self._making, self._ordering = making, ordering
        self._studio: Studio | None = None
        self._slips = Slips()

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def recall(self, source: object, why: str) -> None:
        """Settings of a clip or a job: into the form, or straight into an order."""
        if self._studio is None or not isinstance(source, Clip | Job):
            return
        if why in _ORDERS:
            press = f"{why} {source.clip_id if isinstance(source, Clip) else source.job_id}"
            if self._slips.is_one(press):
                return
            self._slips.pressed(press)
        self._studio.tasks.spawn(self._recall(source, why), "recall settings", self.failed.emit)

    def go_on_from(self, clip: object) -> None:
        """The true last frame of a clip begins the next one."""
        if self._studio is not None and isinstance(clip, Clip):
            self._studio.tasks.spawn(self._go_on_from(clip), "continue a clip", self.failed.emit)

    async def _recall(self, source: Clip | Job, why: str) -> None:
        found = await self._settings(source)
        if found is None:
            self.said.emit(self.tr("Nothing is known of how this clip was made."))
            return
        endpoint_id, values = found
        if isinstance(source, Job):
            self._making.job_changed(source)
        match why:
            case "again":
                self._begin(source, endpoint_id, values, source.made_by)
            case "real":
                self._begin(source, endpoint_id, values, MadeBy.FAL)
            case "edit" if isinstance(source, Job):
                await self._move_to_form(source)
            case _:
                self._making.recall(endpoint_id, values)

    def _begin(self, source: Clip | Job, endpoint_id: str, values: Values, made_by: MadeBy) -> None:
        """One more of it; the form has nothing to do with that."""
        studio = self._studio
        is_real = studio is not None and made_by is MadeBy.FAL
        elsewhere = studio.voices.elsewhere(values, studio.fal_origin) if studio and is_real else ()
        if elsewhere:
            self._making.recall(endpoint_id, values)
            words = self.tr("{voice} speaks in rehearsals only: choose another voice in the form.")
            self.said.emit(words.format(voice=elsewhere[0]))
            return
        order = self._order(source, endpoint_id, values, made_by)
        self._ordering.carry_out(Wish(order, ended=lambda _jobs: None))

    async def _move_to_form(self, job: Job) -> None:
        """A job that is still here lives on in the form, and nowhere else."""
        studio = self._studio
        if studio is None:
            return
        try:
            is_here = studio.jobs.get(job.job_id).state in _HERE
            if is_here:
                await studio.jobs.cancel(job.job_id)
                is_here = studio.jobs.get(job.job_id).state is JobState.CANCELLED
        except (ProblemError, KeyError):
            is_here = False
        if not is_here:
            self.said.emit(self.tr("It was sent a moment ago, so it cannot be changed any more."))
            return
        self._making.recall(job.endpoint_id, job.values, shot_id=job.shot_id)
        self._making.save()
        await studio.jobs.remove(job.job_id)

    async def _settings(self, source: Clip | Job) -> tuple[str, Values] | None:
        if isinstance(source, Job):
            return source.endpoint_id, source.values
        if self._studio is None:
            return None
        try:
            job = self._studio.jobs.get(source.job_id)
        except KeyError:
            return await self._from_file(source)
        return job.endpoint_id, job.values

    async def _from_file(self, clip: Clip) -> tuple[str, Values] | None:
        if self._studio is None:
            return None
        try:
            recipe = await self._studio.library.recipe(clip.clip_id)
        except ProblemError:
            return None
        return None if recipe is None else (recipe.endpoint_id, recipe.values)

    def _order(
        self, source: Clip | Job, endpoint_id: str, values: Values, made_by: MadeBy
    ) -> Order:
        studio = self._studio
        endpoint = studio.catalog.endpoint(endpoint_id) if studio else None
        facts = studio.inputs.facts_in(values) if studio else {}
        return Order(
            endpoint_id=endpoint_id,
            values=dict(values),
            made_by=made_by,
            title=source.title,
            price_each=price_of(endpoint, values, facts) if endpoint else None,
            shot_id=source.shot_id,
            project_id=source.project_id,
        )

    async def _go_on_from(self, clip: Clip) -> None:
        studio = self._studio
        if studio is None:
            return
        try:
            with tempfile.TemporaryDirectory(prefix="kling-desktop-") as folder:
                frame = Path(folder) / f"{clip.path.stem} last frame.png"
                await studio.library.save_frame(clip.clip_id, None, frame)
                stored = await studio.inputs.take_file(frame)
        except ProblemError as error:
            self.said.emit(error.problem.said())
            return
        found = await self._settings(clip)
        endpoint_id, values = found or (self._making.draft.endpoint_id, {})
        endpoint_id = self._that_takes_a_picture(endpoint_id)
        slot = self._picture_field(endpoint_id)
        self._making.recall(endpoint_id, {**values, slot: str(stored.ref)} if slot else values)

    def _that_takes_a_picture(self, endpoint_id: str) -> str:
        studio = self._studio
        if studio is None or self._picture_field(endpoint_id):
            return endpoint_id
        endpoints = studio.catalog.of_intention(FROM_PICTURE)
        return endpoints[0].endpoint_id if endpoints else endpoint_id

    def _picture_field(self, endpoint_id: str) -> str:
        request_type = self._studio.catalog.request_type_of(endpoint_id) if self._studio else None
        fields = request_type.fields if request_type else ()
        return next((one.name for one in fields if one.media is MediaKind.IMAGE), "")
