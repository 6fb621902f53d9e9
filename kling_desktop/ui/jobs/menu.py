"""Everything that can be asked about one job, for its menu: only what is possible now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import JobState, WaitingFor
from kling_desktop.ui.jobs import phrases
from kling_desktop.ui.jobs.row import Link, Verb
from kling_desktop.ui.jobs.wording import at_server
from kling_desktop.ui.jobs.words_ended import edit_as_new_link, make_real_link, show_link

if TYPE_CHECKING:
    from kling_desktop.records.job import Job
    from kling_desktop.ui.jobs.row import JobFacts, JobRow

translate = QCoreApplication.translate

_HERE = frozenset({JobState.WAITING, JobState.UPLOADING})
_LAST = (Verb.CANCEL, Verb.GIVE_UP, Verb.REMOVE)


def menu_of(job: Job, row: JobRow, facts: JobFacts) -> tuple[tuple[Link, ...], ...]:
    """The menu in its parts: what the row offers and more, what can be read, how to end it."""
    offered = {link.verb: link for link in row.links}
    more = {link.verb: link for link in _more(job, facts)}
    both = {
        link.verb: link for link in at_server(tuple({**more, **offered}.values()), facts.server)
    }
    quiet = {link.verb: link for link in _reading(job)}
    acts = [link for verb, link in both.items() if verb not in quiet and verb not in _LAST]
    ends = [both[verb] for verb in _LAST if verb in both]
    return tuple(part for part in (tuple(acts), tuple(quiet.values()), tuple(ends)) if part)


def _more(job: Job, facts: JobFacts) -> list[Link]:
    links = [edit_as_new_link()]
    if job.state is JobState.FINISHED and job.clip_ids:
        links.insert(0, show_link())
    if job.state is JobState.FINISHED and phrases.rehearsed(job):
        links.append(make_real_link(job, facts))
    if job.state in _HERE:
        links += [phrases.edit_link(), phrases.cancel_link()]
        held = job.state is JobState.WAITING and job.waiting_for is WaitingFor.PERSON
        links.append(phrases.send_link(job) if held else phrases.hold_link())
    if job.is_final:
        links.append(phrases.remove_link())
    return links


def _reading(job: Job) -> list[Link]:
    links = [Link(Verb.SHOW_LOG, translate("Queue", "Show log"))]
    if job.request is not None:
        links.append(Link(Verb.COPY_REQUEST_ID, translate("Queue", "Copy request id")))
    links.append(Link(Verb.COPY_DETAILS, translate("Queue", "Copy details")))
    return links
