"""From a job to the words of its row: a pure function over every state that a job can be in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import Job, JobState
from kling_desktop.records.server import FAL
from kling_desktop.ui.jobs.money_words import money_of
from kling_desktop.ui.jobs.row import Group, JobFacts, JobRow, Link, Verb
from kling_desktop.ui.jobs.words_at_fal import says_at_fal, says_coming_back, says_unconfirmed
from kling_desktop.ui.jobs.words_ended import says_ended
from kling_desktop.ui.jobs.words_here import says_here
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from kling_desktop.records.server import Server
    from kling_desktop.ui.jobs.row import Says

translate = QCoreApplication.translate

NO_FACTS = JobFacts()
_PAGES_OF_FAL = frozenset({Verb.OPEN_FAL, Verb.OPEN_BILLING})


def row_of(job: Job, now: float, facts: JobFacts = NO_FACTS) -> JobRow:
    """The words of one job at `now` (Unix seconds)."""
    says, named = _says(job, now, facts), facts.server.named
    return JobRow(
        title=job.title,
        letter=job.take_letter,
        lines=tuple(named(line) for line in says.lines),
        links=at_server(says.links, facts.server),
        group=says.group,
        money=named(money_of(job)),
        progress=says.progress,
        alert=says.group is Group.NEEDS_YOU,
        ticking=says.ticking,
        new=facts.unseen and job.state is JobState.FINISHED,
    )


def at_server(links: tuple[Link, ...], server: Server) -> tuple[Link, ...]:
    """The links as they are at a server: only fal itself has fal's pages."""
    return tuple(
        Link(link.verb, server.named(link.text), server.named(link.tooltip))
        for link in links
        if server.is_official or link.verb not in _PAGES_OF_FAL
    )


def spoken(row: JobRow) -> str:
    """A row as one sentence for a screen reader: title, take, state, money."""
    title = translate("Queue", "{title}, take {letter}")
    title = title.format(title=row.title, letter=row.letter)
    if row.new:
        title = translate("Queue", "{title}, new").format(title=title)
    parts = [title, *row.lines]
    if not any(row.money in line for line in row.lines):
        parts.append(row.money)
    return ". ".join(part.rstrip(".") for part in parts) + "."


def details_of(job: Job, server: Server = FAL) -> str:
    """What "Copy details" puts on the clipboard: the words and the raw facts, without secrets."""
    lines = [
        f"{job.title} {job.take_letter}",
        f"endpoint: {job.endpoint_id}",
        f"state: {job.state.value}",
    ]
    if job.request is not None:
        lines.append(f"request_id: {job.request.request_id}")
    if job.problem is not None:
        said = say(job.problem)
        lines += [server.named(part) for part in (said.what, said.why, said.do) if part]
        lines.append(f"code: {job.problem.code}")
        lines += [job.problem.details] if job.problem.details else []
    return "\n".join(lines)


def _says(job: Job, now: float, facts: JobFacts) -> Says:
    match job.state:
        case JobState.WAITING | JobState.UPLOADING | JobState.SUBMITTING:
            return says_here(job, job.state, now, facts)
        case JobState.UNCONFIRMED:
            return says_unconfirmed(job, facts)
        case JobState.IN_QUEUE | JobState.IN_PROGRESS:
            return says_at_fal(job, job.state, now, facts)
        case JobState.FETCHING | JobState.DOWNLOADING:
            return says_coming_back(job, job.state)
        case JobState.FINISHED | JobState.FAILED | JobState.CANCELLED:
            return says_ended(job, job.state, facts)
