"""Lines that were spoken already: found in the library, so that no line is paid for twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kling_desktop.catalog.hearing import is_same_line
from kling_desktop.records.job import Job, JobState, MadeBy
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.hearing import Line
    from kling_desktop.core.jobs import Jobs
    from kling_desktop.core.library import Library
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.json_values import Values

_LOST = frozenset({JobState.FAILED, JobState.CANCELLED})


class Heard:
    """A real sound serves a rehearsal too, a rehearsed one no real work."""

    def __init__(self, library: Library, jobs: Jobs, catalog: Callable[[], Catalog]) -> None:
        self._library, self._jobs, self._catalog = library, jobs, catalog
        self._told: dict[str, Values | None] = {}
        """What clips were made from, by their ids, where it had to be read from their files."""

    def job_of(self, line: Line, made_by: MadeBy) -> Job | None:
        """The newest job that speaks or spoke this line, unless it came to nothing."""
        return next(
            (
                job
                for job in reversed(self._jobs.all())
                if job.made_by is made_by and self._is_of(job, line) and self._is_worth(job)
            ),
            None,
        )

    async def clip_of(self, line: Line, made_by: MadeBy) -> Clip | None:
        """The sound of this line, if it is in the library and its file where it was saved."""
        endpoint_id = line.speaker.endpoint_id
        found = self._library.window(self._library.ids(endpoint_id))
        sounds = [one for one in found if self._may_serve(one, endpoint_id, made_by)]
        for clip in sorted(sounds, key=lambda one: one.made_by is not MadeBy.FAL):
            values = await self._values_of(clip)
            is_same = values is not None and self._asks_for(line, values)
            if is_same and await asyncio.to_thread(clip.path.is_file):
                return clip
        return None

    def _may_serve(self, clip: Clip, endpoint_id: str, made_by: MadeBy) -> bool:
        is_sound = clip.kind is MediaKind.AUDIO and clip.endpoint_id == endpoint_id
        return is_sound and clip.made_by in {made_by, MadeBy.FAL}

    async def _values_of(self, clip: Clip) -> Values | None:
        try:
            return self._jobs.get(clip.job_id).values
        except KeyError:
            pass
        if clip.clip_id not in self._told:
            self._told[clip.clip_id] = await self._from_file(clip)
        return self._told[clip.clip_id]

    async def _from_file(self, clip: Clip) -> Values | None:
        try:
            recipe = await self._library.recipe(clip.clip_id)
        except ProblemError:
            return None
        return recipe.values if recipe else None

    def _is_of(self, job: Job, line: Line) -> bool:
        return job.endpoint_id == line.speaker.endpoint_id and self._asks_for(line, job.values)

    def _is_worth(self, job: Job) -> bool:
        """Whether there is, or will be, something to hear."""
        if job.state is not JobState.FINISHED:
            return job.state not in _LOST
        clips = (self._library.get(one) for one in job.clip_ids)
        return any(clip is not None and clip.deleted_at is None for clip in clips)

    def _asks_for(self, line: Line, values: Values) -> bool:
        return is_same_line(self._catalog(), line.speaker.endpoint_id, line.values, values)
