"""Back from something made to the form, or straight to one more of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.catalog.choosing import FROM_PICTURE
from kling_desktop.catalog.pricing import price_of
from kling_desktop.records.clip import Clip
from kling_desktop.records.job import Job, MadeBy, Order
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.json_values import Values
    from kling_desktop.ui.work.making import Making
    from kling_desktop.ui.work.ordering import Ordering


class Recalling(QObject):
    """`said` carries a sentence about something that could not be recalled."""

    said = Signal(str)

    def __init__(self, making: Making, ordering: Ordering) -> None:
        super().__init__(making)
        self._making, self._ordering = making, ordering
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def recall(self, source: object, why: str) -> None:
        """Settings of a clip or a job: into the form, or straight into an order."""
        if self._studio is not None and isinstance(source, Clip | Job):
            self._studio.tasks.spawn(self._recall(source, why), "recall settings")

    def go_on_from(self, clip: object) -> None:
        """The true last frame of a clip begins the next one."""
        if self._studio is not None and isinstance(clip, Clip):
            self._studio.tasks.spawn(self._go_on_from(clip), "continue a clip")

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
                self._ordering.begin(self._order(source, endpoint_id, values, source.made_by))
            case "real":
                self._ordering.begin(self._order(source, endpoint_id, values, MadeBy.FAL))
            case "edit" if isinstance(source, Job):
                self._making.recall(endpoint_id, values, shot_id=source.shot_id)
                await self._take_out(source)
            case _:
                self._making.recall(endpoint_id, values)

    async def _take_out(self, job: Job) -> None:
        """A held job that is edited lives on in the form."""
        if self._studio is not None:
            await self._studio.jobs.cancel(job.job_id)
            await self._studio.jobs.remove(job.job_id)

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
