"""The queue panel: jobs in groups by what they mean for the person."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kling_desktop.records.job import JobState
from kling_desktop.records.server import FAL
from kling_desktop.ui.jobs.arrangement import arranged, counts_of
from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.jobs.column import ColumnView
from kling_desktop.ui.jobs.deck import CardDeck
from kling_desktop.ui.jobs.group_header import GroupHeader
from kling_desktop.ui.jobs.link_button import is_new_look
from kling_desktop.ui.jobs.menu import menu_of
from kling_desktop.ui.jobs.panel_head import EmptyQueue, PanelHead
from kling_desktop.ui.jobs.row import Group, JobFacts, Verb
from kling_desktop.ui.jobs.soon import Soon
from kling_desktop.ui.jobs.tab_chain import chain
from kling_desktop.ui.jobs.wording import details_of
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QAction

    from kling_desktop.records.job import Job, LogLine
    from kling_desktop.records.server import Server
    from kling_desktop.ui.jobs.ports import FactsOf, ThumbnailPort

_AHEAD, _KEPT = 300, 2500
"""Pixels beyond what is in sight within which cards are furnished, and stay so."""


def no_facts(job: Job) -> JobFacts:
    """Nothing is known beside the job."""
    del job
    return JobFacts()


class QueuePanel(QWidget):
    """Shows jobs and asks: `asked(verb, job_id)` with the words of row.Verb.

    What is only looking is done here: the log unfolds (and `asked` with "show_log" tells that its
    lines are wanted), request id and details go to the clipboard.
    """

    asked = Signal(str, str)
    chosen = Signal(str)
    """The job that the keyboard or the mouse is on; "" when it is gone."""
    counts_changed = Signal(object)
    """dict of Group and how many rows it has; groups without a row are left out."""

    def __init__(
        self,
        thumbnails: ThumbnailPort,
        pause_action: QAction,
        facts: FactsOf = no_facts,
        clock: Callable[[], float] = time.time,
        fold_action: QAction | None = None,
    ) -> None:
        super().__init__()
        self._headers: dict[Group, GroupHeader] = {}
        self._groups: dict[Group, list[str]] = {}
        self._stops: list[QWidget] = []
        self._chosen = ""
        self._server = FAL
        set_role(self, "panel")
        self.setAccessibleName(self.tr("Queue"))
        self.setMinimumWidth(240)
        self._head = PanelHead(pause_action, fold_action, self)
        self._empty = EmptyQueue(self)
        self._view = ColumnView(self)
        self._deck = CardDeck(self._view.column, thumbnails, facts, clock)
        self._beat = QTimer(self, interval=1000)
        self._soon = Soon(self._furnish, self)
        self._untidy = Soon(self._arrange, self)
        self._lay_out()
        self._connect()

    @property
    def chosen_id(self) -> str:
        """The job that the person is on, or ""."""
        return self._chosen

    @property
    def log_shown(self) -> frozenset[str]:
        """Ids of the jobs whose log is unfolded."""
        return self._deck.unfolded

    @property
    def counts(self) -> dict[Group, int]:
        """How many rows each group has."""
        return counts_of(self._groups)

    def show_jobs(self, jobs: Sequence[Job]) -> None:
        """Show exactly these jobs. Rows that stay keep their widgets, focus and place."""
        wanted = {job.job_id for job in jobs}
        for job_id in [one for one in self._deck.jobs if one not in wanted]:
            self._drop(job_id)
        for job in jobs:
            self._deck.take(job)
        self._arrange()

    def replace(self, job: Job) -> None:
        """Show a job that is new or that changed. A burst of these is arranged once."""
        before = self._place_of(job.job_id)
        self._deck.take(job)
        if self._place_of(job.job_id) != before:
            self._untidy.ask()

    def remove(self, job_id: str) -> None:
        """Take a row away."""
        if job_id in self._deck:
            self._drop(job_id)
            self._untidy.ask()

    def refresh(self, job_ids: Iterable[str] | None = None) -> None:
        """Say rows again because facts beside the jobs changed; None means all of them."""
        for job_id in list(self._deck.jobs) if job_ids is None else job_ids:
            self._deck.say_again(job_id)
        self._untidy.ask()

    def show_log(self, job_id: str, lines: Sequence[LogLine]) -> None:
        """Give the log of a job; it is seen where it is unfolded."""
        self._deck.keep_log(job_id, lines)

    def show_server(self, server: Server) -> None:
        """Name the server that real work goes to."""
        self._server = server
        self._head.show_server(server)

    def show_sending_paused(self, *, paused: bool) -> None:
        """Say that nothing new is sent."""
        self._head.show_paused(paused=paused)
        self.refresh()

    def show_group(self, group: Group) -> None:
        """Scroll to a group and put the keyboard on its first row."""
        for job_id in self._groups.get(group, ())[:1]:
            self.choose(job_id)

    def choose(self, job_id: str) -> None:
        """Put the keyboard on a row."""
        if job_id in self._deck:
            self._go_to(self._deck.card(job_id))

    def menu_for(self, job_id: str) -> QMenu:
        """The menu of a row, with only what is possible now."""
        job, row = self._deck.jobs[job_id], self._deck.card(job_id).row
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for part in menu_of(job, row, self._deck.facts(job_id)):
            menu.addSeparator()
            for link in part:
                action = menu.addAction(link.text.replace("&", "&&"))
                action.setToolTip(link.tooltip)
                action.triggered.connect(lambda _=False, verb=link.verb: self._act(verb, job_id))
        return menu

    def changeEvent(self, event: QEvent) -> None:
        if is_new_look(event):
            for card in self._deck:
                card.forget_height()
            self._view.column.settle()
        super().changeEvent(event)

    def showEvent(self, event: QEvent) -> None:
        self._tick()
        self._soon.ask()

    def hideEvent(self, event: QEvent) -> None:
        self._beat.stop()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self._empty, 1)
        self._column.addWidget(self._view, 1)
        self._view.hide()

    def _connect(self) -> None:
        self._deck.asked.connect(self._act)
        self._deck.chosen.connect(self._choose)
        self._deck.menu_asked.connect(self._open_menu)
        self._deck.step_asked.connect(self._step)
        self._deck.end_asked.connect(self._end)
        self._beat.timeout.connect(self._tick)
        self._view.verticalScrollBar().valueChanged.connect(self._look_soon)
        self._view.column.resettled.connect(self._look_soon)

    def _look_soon(self) -> None:
        self._soon.ask()

    def _drop(self, job_id: str) -> None:
        card = self._deck.card(job_id)
        if any(stop.hasFocus() for stop in card.stops):
            self._step(job_id, 1)
        if any(stop.hasFocus() for stop in card.stops):
            self._step(job_id, -1)
        self._view.column.forget(card)
        self._deck.drop(job_id)
        if self._chosen == job_id:
            self._choose("")

    def _place_of(self, job_id: str) -> tuple[object, ...] | None:
        """What decides where a row stands; None while there is no row."""
        if job_id not in self._deck:
            return None
        job = self._deck.jobs[job_id]
        return (self._deck.card(job_id).row.group, job.changed_at, job.state)

    def _arrange(self) -> None:
        self._untidy.stop()
        groups = arranged(self._deck.rows, self._deck.jobs)
        stack: list[QWidget] = []
        for group, job_ids in groups.items():
            stack += [self._header(group, job_ids), *(self._deck.card(one) for one in job_ids)]
        for group in [group for group in self._headers if group not in groups]:
            header = self._headers.pop(group)
            header.hide()
            header.deleteLater()
        self._view.setVisible(bool(stack))
        self._empty.setVisible(not stack)
        self._column.activate()
        self._view.column.show_stack(stack)
        before, self._groups = counts_of(self._groups), groups
        if before != self.counts:
            self.counts_changed.emit(self.counts)

    def _header(self, group: Group, job_ids: Sequence[str]) -> GroupHeader:
        if group not in self._headers:
            self._headers[group] = GroupHeader(group, self._server, self._view.column)
            self._headers[group].clear_asked.connect(self._clear)
        states = {self._deck.jobs[one].state for one in job_ids}
        self._headers[group].show_count(len(job_ids), all_made=states == {JobState.FINISHED})
        return self._headers[group]

    def _furnish(self) -> None:
        """Furnish what is in sight or nearly so, and make the Tab key follow the eye."""
        near = [one for one in self._view.in_sight(_AHEAD) if isinstance(one, JobCard)]
        kept = {*near, *self._view.in_sight(_KEPT)}
        for card in self._deck:
            if card.is_furnished and card not in kept:
                card.strip()
        bare = [card for card in near if not card.is_furnished]
        if bare:
            for card in bare:
                self._deck.furnish(card)
            self._view.column.settle()
        self._follow_eye()
        self._set_beat()

    def _follow_eye(self) -> None:
        rows = (one.stops for one in self._view.column.stack if isinstance(one, _Stopping))
        stops = [*self._head.stops, *(stop for row in rows for stop in row)]
        if stops != self._stops:
            chain(stops)
            self._stops = stops

    def _ticking(self) -> list[JobCard]:
        seen = self._view.in_sight() if self.isVisible() else []
        return [one for one in seen if isinstance(one, JobCard) and one.row.ticking]

    def _set_beat(self) -> None:
        if not self._ticking():
            self._beat.stop()
        elif not self._beat.isActive():
            self._beat.start()

    def _tick(self) -> None:
        for card in self._ticking():
            self._deck.say_again(card.job_id)
        self._set_beat()

    def _choose(self, job_id: str) -> None:
        if job_id != self._chosen:
            self._chosen = job_id
            self.chosen.emit(job_id)

    def _step(self, job_id: str, by: int) -> None:
        ids = [one for ids in self._groups.values() for one in ids if one in self._deck]
        at = ids.index(job_id) + by
        if 0 <= at < len(ids):
            self._go_to(self._deck.card(ids[at]))

    def _go_to(self, card: JobCard) -> None:
        self._deck.furnish(card)
        self._view.column.settle()
        self._view.ensureWidgetVisible(card, 0, 16)
        card.setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        for job_id in self._groups.get(Group.MADE, ()):
            self.asked.emit(Verb.REMOVE.value, job_id)

    def _end(self, job_id: str) -> None:
        """The Delete key: takes an ended row away or drops an unsent job; nothing else."""
        row = self._deck.card(job_id).row
        verbs = {link.verb for link in row.links}
        if Verb.REMOVE in verbs:
            self._act(Verb.REMOVE, job_id)
        elif Verb.CANCEL in verbs and row.group is Group.HERE:
            self._act(Verb.CANCEL, job_id)

    def _open_menu(self, job_id: str, at: QPoint) -> None:
        menu = self.menu_for(job_id)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _act(self, verb: str, job_id: str) -> None:
        job = self._deck.jobs.get(job_id)
        if job is None:
            return
        match Verb(verb):
            case Verb.SHOW_LOG:
                self.unfold_log(job_id, shown=job_id not in self.log_shown)
            case Verb.COPY_REQUEST_ID:
                QGuiApplication.clipboard().setText(job.request.request_id if job.request else "")
            case Verb.COPY_DETAILS:
                server = self._deck.facts(job_id).server
                QGuiApplication.clipboard().setText(details_of(job, server))
            case asked:
                self.asked.emit(asked.value, job_id)

    def unfold_log(self, job_id: str, *, shown: bool = True) -> None:
        """Unfold the log of a job inside its card, or fold it away."""
        card = self._deck.card(job_id)
        was_inside = any(stop.hasFocus() for stop in card.stops)
        self._deck.unfold(job_id, shown=shown)
        self._view.column.settle()
        if shown:
            self._view.ensureWidgetVisible(card, 0, 16)
            self.asked.emit(Verb.SHOW_LOG.value, job_id)
        elif was_inside:
            card.setFocus(Qt.FocusReason.OtherFocusReason)


_Stopping = (JobCard, GroupHeader)
