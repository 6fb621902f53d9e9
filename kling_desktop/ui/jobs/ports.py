"""What the queue's widgets need from elsewhere: thumbnails, and facts beside a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from kling_desktop.records.job import Job
    from kling_desktop.ui.jobs.row import JobFacts

ThumbnailArrived: TypeAlias = "Callable[[QImage | None], None]"
"""Called once, on the thread of the window; None where there is nothing to show."""

FactsOf: TypeAlias = "Callable[[Job], JobFacts]"
"""What the words of a job need beyond the job, at this moment."""


class ThumbnailPort(Protocol):
    """Small pictures of jobs, made or read elsewhere than in the window's thread."""

    def thumbnail(self, job: Job, longest: int, arrived: ThumbnailArrived) -> None:
        """Ask for a picture of the job: its clip, else what goes in; `longest` in device pixels."""
        ...
