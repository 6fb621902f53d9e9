"""The queue at work: rows follow the jobs, and what a row asks for is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from kling_desktop.records.job import Job, JobState
from kling_desktop.records.problem import Remedy
from kling_desktop.ui.action_list import Needs
from kling_desktop.ui.jobs.row import Verb
from kling_desktop.ui.jobs.soon import Soon
from kling_desktop.ui.jobs.wording import details_of

if TYPE_CHECKING:
    from kling_desktop.core.settings import Settings
    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.jobs.queue_panel import QueuePanel


_AT_ONCE = 16
"""Rows that are said anew in one go; the window answers before the next ones."""


class Watching(QObject):
    """Keeps the queue panel and the engine in step. What others must do is passed on."""

    clip_wished = Signal(str)
    settings_wished = Signal(object, str)
    """A job whose settings belong back in the form, and why: edit, again, real."""
    key_wished = Signal()
    consent_wished = Signal()
    folder_wished = Signal()
    page_wished = Signal(str)
    """A page at fal: requests or billing."""
    failed = Signal(object)
    """A wish that could not be fulfilled, as the error that says why."""

    def __init__(self, panel: QueuePanel, actions: Actions) -> None:
        super().__init__(panel)
        self._panel, self._actions = panel, actions
        self._news: dict[str, Job] = {}
        self._soon = Soon(self._tell_news, self)
        self._clips_folder = ""
        self._studio: Studio | None = None
        panel.asked.connect(self._do)
        panel.chosen.connect(lambda _job_id: self._allow())
        self._tie_actions()

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        jobs = studio.jobs
        jobs.added.connect(self._changed)
        jobs.changed.connect(self._changed)
        jobs.removed.connect(self._removed)
        jobs.logged.connect(self._logged)
        jobs.sending_paused_changed.connect(self._sending_paused)
        studio.library.changed.connect(lambda clip: self._panel.refresh([clip.job_id]))
        self._clips_folder = studio.settings.current.clips_folder
        studio.settings.subscribe(self._settings_changed)
        self._sending_paused(jobs.sending_paused)
        self._panel.show_jobs(jobs.all())

    def _tie_actions(self) -> None:
        actions = self._actions
        for action, verb in (
            (actions.cancel, Verb.CANCEL),
            (actions.hold, Verb.HOLD),
            (actions.send_now, Verb.SEND_NOW),
            (actions.copy_request_id, Verb.COPY_REQUEST_ID),
            (actions.show_log, Verb.SHOW_LOG),
        ):
            action.triggered.connect(lambda _=False, one=verb: self._do_chosen(one))
        actions.pause_sending.toggled.connect(self._pause_sending)

    def _do_chosen(self, verb: Verb) -> None:
        if self._panel.chosen_id:
            self._do(verb.value, self._panel.chosen_id)

    def _do(self, word: str, job_id: str) -> None:
        studio, verb = self._studio, Verb(word)
        if studio is None:
            return
        jobs = studio.jobs
        job = jobs.get(job_id)
        engine = {
            Verb.CANCEL: jobs.cancel,
            Verb.HOLD: jobs.hold,
            Verb.SEND_NOW: jobs.send_now,
            Verb.RETRY: jobs.retry,
            Verb.SEND_AGAIN: jobs.send_again,
            Verb.GIVE_UP: jobs.give_up,
            Verb.CHECK_NOW: jobs.check_now,
            Verb.PAUSE: jobs.pause,
            Verb.RESUME: jobs.resume,
            Verb.REMOVE: jobs.remove,
        }
        if verb in engine:
            studio.tasks.spawn(engine[verb](job_id), f"{verb} job {job_id}", self.failed.emit)
        else:
            self._pass_on(verb, job)

    def _settings_changed(self, settings: Settings) -> None:
        """Another folder was chosen: what could not be saved goes on by itself."""
        before, self._clips_folder = self._clips_folder, settings.clips_folder
        if self._studio is None or before == self._clips_folder:
            return
        for job in self._studio.jobs.all():
            if job.paused and job.problem and job.problem.remedy is Remedy.CHOOSE_FOLDER:
                self._do(Verb.RESUME.value, job.job_id)

    def _pass_on(self, verb: Verb, job: Job) -> None:
        match verb:
            case Verb.EDIT:
                self.settings_wished.emit(job, "edit")
            case Verb.EDIT_AS_NEW:
                self.settings_wished.emit(job, "edit_as_new")
            case Verb.MAKE_REAL:
                self.settings_wished.emit(job, "real")
            case Verb.SHOW:
                self._show_clip(job)
            case Verb.SHOW_LOG:
                self._show_log(job)
            case Verb.COPY_REQUEST_ID | Verb.COPY_DETAILS:
                self._copy(verb, job)
            case _:
                self._ask_for(verb)

    def _ask_for(self, verb: Verb) -> None:
        match verb:
            case Verb.OPEN_FAL:
                self.page_wished.emit("requests")
            case Verb.OPEN_BILLING:
                self.page_wished.emit("billing")
            case Verb.ENTER_KEY:
                self.key_wished.emit()
            case Verb.ALLOW_UPLOAD:
                self.consent_wished.emit()
            case Verb.CHOOSE_FOLDER:
                self.folder_wished.emit()
            case _:
                return

    def _copy(self, verb: Verb, job: Job) -> None:
        request_id = job.request.request_id if job.request else ""
        text = request_id if verb is Verb.COPY_REQUEST_ID else details_of(job)
        QGuiApplication.clipboard().setText(text)

    def _show_clip(self, job: Job) -> None:
        if job.clip_ids:
            self.clip_wished.emit(job.clip_ids[0])

    def _changed(self, job: Job) -> None:
        """Many may change in one moment, and each of them often: the last is what counts."""
        self._news[job.job_id] = job
        self._soon.ask()

    def _tell_news(self) -> None:
        now = list(self._news)[:_AT_ONCE]
        news = {job_id: self._news.pop(job_id) for job_id in now}
        if self._news:
            self._soon.ask()
        for job in news.values():
            self._panel.replace(job)
            if job.job_id in self._panel.log_shown:
                self._show_log(job)
        if self._panel.chosen_id in news:
            self._allow()

    def _removed(self, job_id: str) -> None:
        self._news.pop(job_id, None)
        self._panel.remove(job_id)

    def _show_log(self, job: Job) -> None:
        if self._studio is not None:
            self._panel.show_log(job.job_id, self._studio.jobs.logs(job.job_id))

    def _logged(self, job_id: str) -> None:
        self._panel.refresh([job_id])
        if self._studio is not None and job_id in self._panel.log_shown:
            self._show_log(self._studio.jobs.get(job_id))

    def _pause_sending(self, paused: bool) -> None:
        if self._studio is not None:
            self._studio.settings.change(sending_paused=paused)
            self._studio.tasks.spawn(self._studio.jobs.pause_sending(paused), "pause sending")

    def _sending_paused(self, paused: bool) -> None:
        self._actions.pause_sending.setChecked(paused)
        self._panel.show_sending_paused(paused=paused)

    def _allow(self) -> None:
        chosen = self._panel.chosen_id
        job = self._studio.jobs.get(chosen) if self._studio and chosen else None
        self._actions.allow(Needs.JOB, there=job is not None)
        here = job is not None and job.state in {JobState.WAITING, JobState.UPLOADING}
        self._actions.allow(Needs.WAITING, there=here)
        self._actions.allow(Needs.REQUEST, there=job is not None and job.request is not None)
