"""The foot of the window: where work goes, with which key, and whether the server answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kling_desktop.records.job import MadeBy
from kling_desktop.records.server import server_at
from kling_desktop.ui.notices import Notice, NoticeTone
from kling_desktop.ui.status_strip import StatusStrip, Tone
from kling_desktop.ui.words import say
from kling_desktop.ui.work.keys import Keys, state_words

if TYPE_CHECKING:
    from kling_desktop.core.gates import Refusal
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.job import Job
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.notices import Notices
    from kling_desktop.ui.work.making import Making


class Foot(QObject):
    """Says what a press would do, and what stands in its way at the server."""

    def __init__(self, status: StatusStrip, notices: Notices, keys: Keys) -> None:
        super().__init__(status)
        self._status, self._notices, self._keys = status, notices, keys
        self._making: Making | None = None
        self._studio: Studio | None = None
        self._away: set[str] = set()

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        jobs = studio.jobs
        jobs.account_refused.connect(self._account_refused)
        jobs.account_forgiven.connect(self._account_forgiven)
        jobs.away_changed.connect(self._away_changed)
        jobs.changed.connect(self._job_changed)
        studio.credentials.changed.connect(lambda _state: self.show_state())
        self.show_state()

    def follow(self, making: Making) -> None:
        """The foot says what a press would do."""
        self._making = making
        making.edited.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Looks again at everything."""
        self._status.show_state(*self._state())

    def _state(self) -> tuple[Tone, str, str]:
        studio, making = self._studio, self._making
        if making is None or making.draft.made_by is MadeBy.REHEARSAL:
            words = self.tr("rehearsal on this computer: nothing is sent, nothing is charged")
            return Tone.REHEARSAL, words, ""
        if studio is None:
            return Tone.WAITING, self.tr("getting ready for real work"), ""
        if studio.fal_origin in self._away:
            return Tone.PROBLEM, self._silence(studio), ""
        refusal = studio.jobs.refusal(studio.fal_origin)
        if refusal is not None and studio.credentials.key() is not None:
            return self._refusal(refusal)
        key, name = studio.credentials, self._keys.server.name
        return (*state_words(key.state, name, is_asking=key.is_asking), "")

    def _silence(self, studio: Studio) -> str:
        if any(job.attempts for job in _open_at(studio, studio.fal_origin)):
            words = self.tr("{server} does not answer · everything goes on by itself")
        else:
            words = self.tr("{server} does not answer · goes on by itself, nothing was charged")
        return words.format(server=self._keys.server.name)

    def _refusal(self, refusal: Refusal) -> tuple[Tone, str, str]:
        if refusal.waiting_for.value == "balance":
            words = self.tr("{server} · balance used up, nothing is sent")
        else:
            words = self.tr("{server} · the key is refused, nothing is sent")
        server = self._keys.server
        tip = server.named(say(refusal.problem).text)
        return Tone.PROBLEM, words.format(server=server.name), tip

    def _away_changed(self, origin: str, away: bool) -> None:
        """One quiet banner for as long as a server does not answer."""
        if away is (origin in self._away):
            return
        if not away:
            self._is_back(origin)
            return
        self._away.add(origin)
        words = self.tr("{server} does not answer. Everything is kept here and goes on by itself.")
        text = words.format(server=server_at(origin).name)
        key = _away_key(origin)
        self._notices.show_notice(Notice(key=key, text=text, tone=NoticeTone.WARNING, stays=True))
        self.show_state()

    def _job_changed(self, job: Job) -> None:
        """Where nothing waits for a server any more, nobody would hear that it is back."""
        if job.origin not in self._away or self._studio is None:
            return
        if _open_at(self._studio, job.origin):
            self.show_state()
        else:
            self._is_back(job.origin)

    def _is_back(self, origin: str) -> None:
        self._away.discard(origin)
        self._notices.take_back(_away_key(origin))
        self.show_state()

    def _account_refused(self, origin: str, problem: Problem) -> None:
        text = server_at(origin).named(say(problem).text)
        notice = Notice(key=_account_key(origin), text=text, tone=NoticeTone.PROBLEM, stays=True)
        self._notices.show_notice(notice)
        self.show_state()

    def _account_forgiven(self, origin: str) -> None:
        self._notices.take_back(_account_key(origin))
        self.show_state()


def _open_at(studio: Studio, origin: str) -> list[Job]:
    return [job for job in studio.jobs.all() if job.origin == origin and not job.is_final]


def _away_key(origin: str) -> str:
    return f"away {origin}"


def _account_key(origin: str) -> str:
    return f"account {origin}"
