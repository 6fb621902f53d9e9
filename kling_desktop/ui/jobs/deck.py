"""The cards of the queue by job id: what each shows, its thumbnail, its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.jobs.card_shape import THUMB
from kling_desktop.ui.jobs.wording import details_of, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from kling_desktop.records.job import Job, LogLine
    from kling_desktop.ui.jobs.ports import FactsOf, ThumbnailPort
    from kling_desktop.ui.jobs.row import JobFacts, JobRow


class CardDeck(QObject):
    """Holds one card for each job and keeps it true. Knows nothing of their order."""

    asked = Signal(str, str)
    chosen = Signal(str)
    menu_asked = Signal(str, object)
    step_asked = Signal(str, int)
    end_asked = Signal(str)

    def __init__(
        self,
        host: QWidget,
        thumbnails: ThumbnailPort,
        facts: FactsOf,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(host)
        self._host = host
        self._thumbnails, self._facts, self._clock = thumbnails, facts, clock
        self._jobs: dict[str, Job] = {}
        self._cards: dict[str, JobCard] = {}
        self._pictured: dict[str, tuple[object, ...]] = {}
        self._logs: dict[str, tuple[str, ...]] = {}
        self._unfolded: set[str] = set()

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._cards

    def __iter__(self) -> Iterator[JobCard]:
        return iter(self._cards.values())

    @property
    def jobs(self) -> dict[str, Job]:
        """Every job by its id."""
        return self._jobs

    @property
    def rows(self) -> dict[str, JobRow]:
        """What every card says."""
        return {job_id: card.row for job_id, card in self._cards.items()}

    @property
    def unfolded(self) -> frozenset[str]:
        """Ids of the jobs whose log is seen."""
        return frozenset(self._unfolded)

    def card(self, job_id: str) -> JobCard:
        """The card of a job. Raises KeyError where there is none."""
        return self._cards[job_id]

    def facts(self, job_id: str) -> JobFacts:
        """What is known beside the job, now."""
        return self._facts(self._jobs[job_id])

    def take(self, job: Job) -> JobCard:
        """Show a job that is new or that changed."""
        self._jobs[job.job_id] = job
        row = row_of(job, self._clock(), self._facts(job))
        card = self._cards.get(job.job_id)
        if card is None:
            return self._deal(job.job_id, row)
        card.show_row(row)
        if card.is_furnished:
            self._picture(card)
        return card

    def say_again(self, job_id: str) -> None:
        """Time or facts went on: say the row again."""
        if job_id in self._jobs:
            self.take(self._jobs[job_id])

    def drop(self, job_id: str) -> None:
        """Take a card away."""
        card = self._cards.pop(job_id)
        self._jobs.pop(job_id)
        self._pictured.pop(job_id, None)
        self._logs.pop(job_id, None)
        self._unfolded.discard(job_id)
        card.hide()
        card.deleteLater()

    def furnish(self, card: JobCard) -> None:
        """Make the widgets of a card and ask for its picture."""
        card.furnish()
        self._picture(card)

    def keep_log(self, job_id: str, lines: Sequence[LogLine]) -> None:
        """The log of a job, seen where it is unfolded."""
        self._logs[job_id] = tuple(f"{line.at[11:19]}  {line.message}".strip() for line in lines)
        card = self._cards.get(job_id)
        if card is not None and card.shows_log:
            card.show_log(self._log_of(job_id))

    def unfold(self, job_id: str, *, shown: bool) -> None:
        """Show or hide the log of a job in its card."""
        card = self._cards[job_id]
        self.furnish(card)
        card.show_log(self._log_of(job_id) if shown else None)
        if shown:
            self._unfolded.add(job_id)
        else:
            self._unfolded.discard(job_id)

    def _deal(self, job_id: str, row: JobRow) -> JobCard:
        card = JobCard(job_id, row, self._host)
        card.asked.connect(self.asked)
        card.chosen.connect(self.chosen)
        card.menu_asked.connect(self.menu_asked)
        card.step_asked.connect(self.step_asked)
        card.end_asked.connect(self.end_asked)
        self._cards[job_id] = card
        return card

    def _picture(self, card: JobCard) -> None:
        job = self._jobs[card.job_id]
        key = (job.clip_ids, job.values)
        if self._pictured.get(card.job_id) == key:
            return
        self._pictured[card.job_id] = key

        def arrived(image: QImage | None) -> None:
            if self._pictured.get(job.job_id) == key:
                self._cards[job.job_id].show_picture(image)

        longest = round(2 * THUMB * card.devicePixelRatioF())
        self._thumbnails.thumbnail(job, longest, arrived)

    def _log_of(self, job_id: str) -> tuple[str, ...]:
        job = self._jobs[job_id]
        server = self._facts(job).server
        facts = details_of(job, server).split("\n")[1:] if job.problem else []
        return (*facts, *self._logs.get(job_id, ()))
