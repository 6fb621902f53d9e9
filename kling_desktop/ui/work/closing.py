"""Closing the window while jobs are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from kling_desktop.records.job import Job, JobState, MadeBy
from kling_desktop.records.server import FAL, server_at
from kling_desktop.ui.message_box import question

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.studio import Studio

_AT_FAL = frozenset(
    {JobState.SUBMITTING, JobState.IN_QUEUE, JobState.IN_PROGRESS, JobState.UNCONFIRMED}
)


class Closing(QObject):
    """Asks about uploads, says once that fal goes on, and then lets the program end."""

    def __init__(self, window: QWidget, end: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._end = window, end
        self._studio: Studio | None = None
        self._asking = False
        self._server = FAL

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        self._server = server_at(studio.fal_origin)

    def close(self) -> None:
        """The person wants to leave."""
        if self._asking:
            return
        real = [job for job in self._open_jobs() if job.made_by is MadeBy.FAL]
        uploading = [job for job in real if job.state is JobState.UPLOADING]
        at_fal = [job for job in real if job.state in _AT_FAL]
        if uploading:
            self._ask(
                self.tr("Pictures are still being uploaded."),
                self.tr(
                    "Closed now, their jobs are kept and go on at the next start."
                    " Nothing was sent or charged for them yet."
                ),
            )
        elif at_fal and self._studio and not self._studio.settings.current.said_fal_goes_on:
            self._studio.settings.change(said_fal_goes_on=True)
            self._ask(
                self._server.named(self.tr("fal goes on with your clips.")),
                self.tr(
                    "What was sent is made there and fetched at the next start."
                    " This is said only once."
                ),
            )
        else:
            self._end()

    def _ask(self, text: str, more: str) -> None:
        self._asking = True
        box = question(self._window, self.tr("Close Kling Desktop"), text, more)
        close = box.addButton(self.tr("Close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(lambda _code: self._decided(leave=box.clickedButton() is close))
        box.open()

    def _decided(self, *, leave: bool) -> None:
        self._asking = False
        if leave:
            self._end()

    def _open_jobs(self) -> list[Job]:
        jobs = self._studio.jobs.all() if self._studio else ()
        return [job for job in jobs if not job.is_final]
