"""The last stage: each file of a result into its place, whole or not at all, and into the library.

The order is: part synced, named, folder synced, clip's row, job's row. A stop between any two of
them is recognized at the next start, so that no file is fetched or listed twice.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from kling_desktop.core import clip_files, pacing
from kling_desktop.core.problems import FILE_GONE, FOLDER_UNUSABLE, ClipRefusedError
from kling_desktop.core.results import ResultFile, result_files
from kling_desktop.fal import errors
from kling_desktop.records.job import Job, JobState, MadeBy
from kling_desktop.records.problem import Charge, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kling_desktop.core.clip_files import ClipFile
    from kling_desktop.core.clip_places import ClipPlace
    from kling_desktop.core.parts import Parts
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.recipe import Recipe

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)

_DOWNLOADING = frozenset({JobState.DOWNLOADING})
_SHOWN_EVERY = 0.1
"""Seconds between two readings of a growing file."""


@dataclass(slots=True)
class _Memory:
    failures: int = 0
    asked_for_new_links: bool = False
    began_anew: bool = False


@dataclass(frozen=True, slots=True)
class _Errand:
    """One file of one job."""

    job: Job
    index: int
    file: ResultFile
    place: ClipPlace
    made: Recipe

    @property
    def clip_id(self) -> str:
        """Always the same for the same file, so that a clip is never listed twice."""
        return f"{self.job.job_id}.{self.index}"


class Downloads:
    """`downloading`: a few jobs at a time."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._memories: dict[str, _Memory] = {}
        self._finishing: dict[str, asyncio.Future[ClipFile]] = {}

    async def download(self, job: Job) -> None:
        """One try; what went wrong is shown on the job, which stays where it is."""
        if job.paused:
            await self._parts.bells.wait(job.job_id, None)
            return
        memory = self._memories.setdefault(job.job_id, _Memory())
        async with self._parts.downloads:
            try:
                await self._all_files(job)
            except (ProblemError, OSError) as error:
                delay = await self._trouble(job, memory, error)
            else:
                await self._to(job, JobState.FINISHED, problem=None)
                return
        if delay is not None:
            await self._parts.bells.wait(job.job_id, delay)

    def forget(self, job_id: str) -> None:
        """The job is final."""
        self._memories.pop(job_id, None)

    def forget_troubles(self) -> None:
        """The network is back: whoever waits tries at once."""
        for memory in self._memories.values():
            memory.failures = 0

    async def _all_files(self, job: Job) -> None:
        files = result_files(job.result)
        made = clip_files.recipe_of(job, self._parts.around.input_name)
        for index, file in enumerate(files):
            place = await self._run(self._parts.around.places.place, job, index, len(files))
            await self._one_file(_Errand(job, index, file, place, made))

    async def _one_file(self, errand: _Errand) -> None:
        clips, writer = self._parts.around.clips, self._parts.around.writer
        if (begun := self._finishing.get(errand.clip_id)) is not None:
            await asyncio.wait({begun})
        if await writer.run(clips.get, errand.clip_id) is None:
            file = await self._run(clip_files.recognized, errand.place, errand.made)
            if file is None:
                file = await self._fetched(errand)
            clip = clip_files.clip_of(errand.job, errand.clip_id, file, self._parts.now())
            await asyncio.shield(asyncio.ensure_future(self._keep(clip)))
        await self._parts.journal.change(
            errand.job.job_id,
            lambda old: replace(old, clip_ids=_with(old.clip_ids, errand.clip_id)),
            expect=_DOWNLOADING,
        )

    async def _keep(self, clip: Clip) -> None:
        """Listed and told in one go, also where the download is interrupted in between."""
        await self._parts.around.writer.run(self._parts.around.clips.save, clip)
        self._parts.clip_made(clip)

    async def _fetched(self, errand: _Errand) -> ClipFile:
        around = self._parts.around
        await self._run(around.places.prepare, errand.place)
        client = await around.origins.client(errand.job.origin)
        url = await around.origins.localized(errand.job.origin, errand.file.url)
        part = clip_files.part_of(errand.place, errand.job)
        await client.files.download(
            url, part, progress=self._progress(errand.job), expected_size=errand.file.size
        )
        return await self._finished(errand, part)

    async def _finished(self, errand: _Errand, part: Path) -> ClipFile:
        """Carried through where the caller is interrupted; the next try recognizes the file."""
        finishing: asyncio.Future[ClipFile] = asyncio.ensure_future(
            self._run(clip_files.finish, part, errand.place, errand.made)
        )
        self._finishing[errand.clip_id] = finishing
        finishing.add_done_callback(lambda done: self._heard(errand.clip_id, done))
        return await asyncio.shield(finishing)

    def _heard(self, clip_id: str, finishing: asyncio.Future[ClipFile]) -> None:
        self._finishing.pop(clip_id, None)
        if not finishing.cancelled() and (error := finishing.exception()) is not None:
            _log.info("a file was not finished: %s", error)

    async def _trouble(self, job: Job, memory: _Memory, error: Exception) -> float | None:
        """What follows from it: seconds until the next try, or None where the state decides."""
        match error:
            case errors.LinkGone():
                return await self._link_gone(job, memory)
            case errors.DownloadFailed() | OSError():
                await self._needs_person(job, error)
                return None
            case ClipRefusedError():
                return await self._no_clip(job, memory, error)
            case errors.AddressRefused():
                await self._failed(job, error)
                return None
            case ProblemError():
                memory.failures += 1
                self._parts.journal.show(job.job_id, problem=error.problem)
                return pacing.back_off(memory.failures, self._parts.around.chance())
            case _:
                raise error

    async def _link_gone(self, job: Job, memory: _Memory) -> float | None:
        """The result is asked for once more, since links may be renewed."""
        if memory.asked_for_new_links:
            made = datetime.datetime.fromtimestamp(job.changed_at, datetime.UTC).date()
            charge = self._charge(job)
            gone = FILE_GONE(date=made.isoformat(), charge=charge)
            await self._to(job, JobState.FAILED, problem=gone, charge=charge)
        else:
            memory.asked_for_new_links = True
            await self._to(job, JobState.FETCHING)
        return None

    async def _needs_person(self, job: Job, error: Exception) -> None:
        if isinstance(error, errors.DownloadFailed):
            problem = error.problem
        else:
            reason = getattr(error, "strerror", None) or type(error).__name__
            place = await self._run(self._parts.around.places.place, job, 0, 1)
            problem = FOLDER_UNUSABLE(folder=str(place.folder), reason=reason)
        problem = replace(problem, charge=self._charge(job))
        await self._to(job, JobState.DOWNLOADING, paused=True, problem=problem)

    async def _no_clip(self, job: Job, memory: _Memory, error: ClipRefusedError) -> float | None:
        """Fetched once more from the beginning; then the person is told, and the bytes are kept."""
        if memory.began_anew:
            await self._failed(job, error)
            return None
        memory.began_anew = True
        await self._run(self._drop_parts, job)
        return 1.0

    async def _failed(self, job: Job, error: ProblemError) -> None:
        charge = self._charge(job)
        problem = replace(error.problem, charge=charge)
        await self._to(job, JobState.FAILED, problem=problem, charge=charge)

    def _drop_parts(self, job: Job) -> None:
        count = len(result_files(job.result))
        for index in range(count):
            place = self._parts.around.places.place(job, index, count)
            clip_files.part_of(place, job).unlink(missing_ok=True)

    def _progress(self, job: Job) -> Callable[[int, int | None], None]:
        shown_at = 0.0

        def show(done: int, total: int | None) -> None:
            nonlocal shown_at
            now = self._parts.now()
            if done != total and 0 <= now - shown_at < _SHOWN_EVERY:
                return
            shown_at = now
            self._parts.journal.show(job.job_id, transferred=done, to_transfer=total)

        return show

    def _charge(self, job: Job) -> Charge:
        return Charge.NOT_CHARGED if job.made_by is MadeBy.REHEARSAL else Charge.CHARGED

    async def _to(self, job: Job, state: JobState, **changes: Any) -> None:  # noqa: ANN401 - fields of Job
        await self._parts.journal.change(
            job.job_id,
            lambda old: replace(old, state=state, **changes),
            expect=_DOWNLOADING,
            facts=self._parts.logs.facts(job.job_id) if state is JobState.FINISHED else None,
        )

    async def _run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._parts.around.files.run(call, *args, **kwargs)


def _with(clip_ids: tuple[str, ...], clip_id: str) -> tuple[str, ...]:
    return clip_ids if clip_id in clip_ids else (*clip_ids, clip_id)
