"""What queue and library show beside the records: pictures, and facts about a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.catalog.pricing import price_of
from kling_desktop.records.json_values import media_refs
from kling_desktop.records.problem import ProblemError
from kling_desktop.records.server import server_at
from kling_desktop.ui.jobs.row import JobFacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImage

    from kling_desktop.core.studio import Studio
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.job import Job
    from kling_desktop.ui.work.pictures import Pictures


class JobSights:
    """The queue's ports. Before the engine is up, a row has no more than its job."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._studio: Studio | None = None
        self._early: list[Callable[[], None]] = []

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        early, self._early = self._early, []
        for ask in early:
            ask()

    def facts(self, job: Job) -> JobFacts:
        """What a row's words need beyond the job."""
        studio = self._studio
        if studio is None:
            return JobFacts(server=server_at(job.origin))
        endpoint = studio.catalog.endpoint(job.endpoint_id)
        lines = studio.jobs.logs(job.job_id)
        return JobFacts(
            usual=endpoint.usual_seconds if endpoint else None,
            last_log=lines[-1].message if lines else "",
            sending_paused=studio.jobs.sending_paused,
            next_check=job.not_before,
            real_price=price_of(endpoint, job.values) if endpoint else None,
            unseen=self._is_unseen(studio, job),
            server=server_at(job.origin),
        )

    def thumbnail(self, job: Job, longest: int, arrived: Callable[[QImage | None], None]) -> None:
        """The clip that was made, else what goes in."""
        studio = self._studio
        if studio is None:
            self._early.append(lambda: self.thumbnail(job, longest, arrived))
            return
        clips = [studio.library.get(clip_id) for clip_id in job.clip_ids]
        paths = [clip.path for clip in clips if clip is not None and clip.path.exists()]
        paths += [studio.inputs.path(ref) for _loc, ref in media_refs(job.values)]
        if paths:
            self._pictures.of_file(paths[0], longest, arrived)
        else:
            arrived(None)

    def _is_unseen(self, studio: Studio, job: Job) -> bool:
        clip = studio.library.get(job.clip_ids[0]) if job.clip_ids else None
        return clip is not None and not clip.seen


class ClipPosters:
    """The library's port for posters; what is asked for before the engine is up waits for it."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._studio: Studio | None = None
        self._early: list[Callable[[], None]] = []

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        early, self._early = self._early, []
        for ask in early:
            ask()

    def poster(self, clip: Clip, size: QSize, arrived: Callable[[QImage | None], None]) -> None:
        """A picture that fills `size`, in device pixels."""
        if self._studio is None:
            self._early.append(lambda: self.poster(clip, size, arrived))
        else:
            self._studio.tasks.spawn(self._fetch(self._studio, clip, size, arrived), "poster")

    async def _fetch(
        self, studio: Studio, clip: Clip, size: QSize, arrived: Callable[[QImage | None], None]
    ) -> None:
        try:
            data = await studio.library.poster(clip.clip_id, size.width(), size.height())
        except (ProblemError, OSError):
            arrived(None)
            return
        self._pictures.of_bytes(data, arrived)
