"""Prices and times of the models, kept up to date while the program runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kling_desktop.core.live_prices import LivePrices, PriceRecords, PriceSources
from kling_desktop.core.usual_times import RunRecords, UsualTimes

if TYPE_CHECKING:
    from kling_desktop.core.models import Models
    from kling_desktop.core.writer import Threads
    from kling_desktop.records.job import Job


class Figures:
    """What the server tells of money, and what one's own clips tell of time."""

    def __init__(
        self,
        models: Models,
        told: PriceRecords,
        runs: RunRecords,
        sources: PriceSources,
        writer: Threads,
        files: Threads,
    ) -> None:
        self._prices = LivePrices(models, told, sources, writer, files)
        self._times = UsualTimes(models, runs, writer)

    def key_changed(self) -> None:
        """There is another key, or none."""
        self._prices.key_changed()

    def job_changed(self, job: Job) -> None:
        """A job as it is now."""
        self._times.job_changed(job)

    async def keep_up(self) -> None:
        """Ends with the program."""
        await asyncio.gather(self._prices.keep_up(), self._times.keep_up())
