"""The voices a person had made: taken from finished jobs, and kept when those leave the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from psygnal import Signal

from kling_desktop.core.telling import tell
from kling_desktop.records.job import Job, JobState
from kling_desktop.records.voice import MadeVoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from psygnal import SignalInstance

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.tasks import Tasks
    from kling_desktop.core.writer import Threads
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.store.voices import VoiceStore


class Voices:
    """Reads are quick; a voice that came in is told once it is on disk."""

    changed = Signal()

    def __init__(
        self,
        job_changed: SignalInstance,
        store: VoiceStore,
        writer: Threads,
        tasks: Tasks,
        catalog: Callable[[], Catalog],
    ) -> None:
        self._store, self._writer, self._tasks = store, writer, tasks
        self._catalog = catalog
        self._known: tuple[MadeVoice, ...] = tuple(store.all())
        job_changed.connect(self._job_changed)

    def all(self) -> tuple[MadeVoice, ...]:
        """The newest first."""
        return self._known

    def elsewhere(self, values: Values, origin: str) -> tuple[str, ...]:
        """The names of voices in these values that only another origin knows."""
        texts = set(_texts(values))
        here = {one.voice_id for one in self._known if one.origin == origin}
        return tuple(
            one.name for one in self._known if one.voice_id in texts and one.voice_id not in here
        )

    def gather(self, jobs: Iterable[Job]) -> None:
        """Takes the voices out of jobs; those that are here already stay as they are."""
        known = {(one.voice_id, one.origin) for one in self._known}
        found = [voice for job in jobs if (voice := voice_of(job, self._catalog())) is not None]
        new = [one for one in found if (one.voice_id, one.origin) not in known]
        if new:
            self._tasks.spawn(self._keep(new), "keep a voice")

    def _job_changed(self, job: Job) -> None:
        self.gather([job])

    async def _keep(self, new: list[MadeVoice]) -> None:
        await self._writer.run(self._store.keep, new)
        self._known = tuple(await self._writer.run(self._store.all))
        tell(self.changed)


def _texts(value: JsonValue) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)
        case _:
            pass


def voice_of(job: Job, catalog: Catalog) -> MadeVoice | None:
    """The voice that a job made, if it is one that makes voices and is finished."""
    endpoint = catalog.endpoint(job.endpoint_id)
    if endpoint is None or not endpoint.voice_at or job.state is not JobState.FINISHED:
        return None
    voice_id = job.result.get(endpoint.voice_at) if isinstance(job.result, Mapping) else None
    if not isinstance(voice_id, str) or not voice_id:
        return None
    return MadeVoice(voice_id=voice_id, origin=job.origin, name=job.title, made_at=job.changed_at)
