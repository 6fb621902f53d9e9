"""Learns from the jobs that ended how long each model usually takes."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol

from kling_desktop.catalog.usual import usual_times
from kling_desktop.records.job import Job, JobState, MadeBy
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from kling_desktop.core.models import Models
    from kling_desktop.core.writer import Threads

_log = logging.getLogger(__name__)


class RunRecords(Protocol):
    """What is needed of the store of jobs."""

    def times_at_fal(self) -> list[tuple[str, float]]:
        """Endpoint and seconds of real clips, the newest first."""
        ...


class UsualTimes:
    """Real clips only: a rehearsal takes as long as this computer needs."""

    def __init__(self, models: Models, store: RunRecords, writer: Threads) -> None:
        self._models, self._store, self._writer = models, store, writer
        self._made_one = asyncio.Event()

    def job_changed(self, job: Job) -> None:
        """One that is finished is learned from."""
        if job.state is JobState.FINISHED and job.made_by is MadeBy.FAL:
            self._made_one.set()

    async def keep_up(self) -> None:
        """Shows what is known, and again after each clip; ends with the program."""
        while True:
            self._made_one.clear()
            try:
                runs = await self._writer.run(self._store.times_at_fal)
            except ProblemError as error:
                _log.info("the usual times are not known: %s", error)
            else:
                self._models.show_usual(usual_times(runs))
            await self._made_one.wait()
