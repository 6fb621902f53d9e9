"""The words of a job after which nothing more happens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import Job, JobState
from kling_desktop.records.problem import Charge, Remedy
from kling_desktop.ui.jobs import phrases
from kling_desktop.ui.jobs.money_words import money_of
from kling_desktop.ui.jobs.row import Group, Link, Says, Verb

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.ui.jobs.row import JobFacts

translate = QCoreApplication.translate


def says_ended(
    job: Job,
    state: Literal[JobState.FINISHED, JobState.FAILED, JobState.CANCELLED],
    facts: JobFacts,
) -> Says:
    """Finished, failed or cancelled."""
    match state:
        case JobState.FINISHED:
            return _finished(job, facts)
        case JobState.FAILED:
            return _failed(job)
        case JobState.CANCELLED:
            return _cancelled(job)


def fetchable(job: Job) -> bool:
    """Whether the clip exists at fal, so that trying again costs nothing."""
    if job.request is None:
        return False
    return job.charge is Charge.CHARGED or _remedy(job) is Remedy.RETRY


def resendable(job: Job) -> bool:
    """Whether fal refused the POST, so that the same job may be sent once more."""
    return job.request is None


def real_price(job: Job, facts: JobFacts) -> Decimal | None:
    """What a rehearsed clip costs when it is made for real."""
    return facts.real_price if facts.real_price is not None else (job.price or None)


def _remedy(job: Job) -> Remedy:
    return job.problem.remedy if job.problem else Remedy.NONE


def _finished(job: Job, facts: JobFacts) -> Says:
    lines: tuple[str, ...] = (_money_line(job),)
    links: tuple[Link, ...] = (phrases.remove_link(),)
    if phrases.rehearsed(job):
        links = (make_real_link(job, facts), *links)
    elif job.clip_ids:
        links = (show_link(), *links)
    if not job.clip_ids:
        lines = (translate("Queue", "It ended without a file."), *lines)
        links = (*links, phrases.details_link())
    return Says(lines=lines, group=Group.MADE, links=links)


def show_link() -> Link:
    """Put the clip on the stage."""
    tooltip = translate("Queue", "Play it on the stage")
    return Link(Verb.SHOW, translate("Queue", "Show"), tooltip)


def make_real_link(job: Job, facts: JobFacts) -> Link:
    """The same settings, sent to fal."""
    text = translate("Queue", "Make it for real") + phrases.price_suffix(real_price(job, facts))
    return Link(Verb.MAKE_REAL, text, translate("Queue", "The same settings, made by Kling"))


def _failed(job: Job) -> Says:
    if job.problem is None:
        lines: tuple[str, ...] = (translate("Queue", "It failed, and no reason was given."),)
    else:
        lines = phrases.what_and_rest(job.problem)
    links = (*_ways_on(job), phrases.details_link(), phrases.remove_link())
    return Says(lines=(*lines, _money_line(job)), group=Group.NEEDS_YOU, links=links)


def _cancelled(job: Job) -> Says:
    given_up = bool(job.attempts) and job.request is None and job.charge is Charge.MAY_BE
    if given_up:
        text = translate("Queue", "Given up. If it turns up at fal, you get it.")
    else:
        text = translate("Queue", "Cancelled.")
    links = (edit_as_new_link(), phrases.remove_link())
    return Says(lines=(text, _money_line(job)), group=Group.MADE, links=links)


def _money_line(job: Job) -> str:
    if phrases.rehearsed(job):
        return translate("Queue", "rehearsal · free")
    return money_of(job)


def edit_as_new_link() -> Link:
    """Its settings in the form, for a new job."""
    tooltip = translate("Queue", "Put its settings into the form; this job stays as it is")
    return Link(Verb.EDIT_AS_NEW, translate("Queue", "Edit as new"), tooltip)


def _ways_on(job: Job) -> tuple[Link, ...]:
    """The remedy first, then what may be tried again, then changing it."""
    ways = {
        Remedy.ENTER_KEY: phrases.key_link(),
        Remedy.OPEN_BILLING: phrases.billing_link(),
        Remedy.CHOOSE_FOLDER: phrases.folder_link(),
    }
    way = ways.get(_remedy(job))
    links = (way,) if way else ()
    if fetchable(job):
        return (*links, _fetch_link(job))
    if resendable(job) and (way or _remedy(job) is Remedy.RETRY):
        return (*links, _resend_link(job), _change_link(job))
    return (*links, _change_link(job))


def _fetch_link(job: Job) -> Link:
    tooltip = translate("Queue", "Only the result is fetched; nothing is made twice")
    if phrases.rehearsed(job):
        return Link(Verb.RETRY, translate("Queue", "Fetch again"), tooltip)
    return Link(Verb.RETRY, translate("Queue", "Fetch again, no new charge"), tooltip)


def _resend_link(job: Job) -> Link:
    if phrases.rehearsed(job):
        return Link(Verb.RETRY, translate("Queue", "Rehearse again, free"))
    text = translate("Queue", "Send again") + phrases.price_suffix(job.price)
    return Link(Verb.RETRY, text, translate("Queue", "fal did not take the first one"))


def _change_link(job: Job) -> Link:
    if job.problem is not None and job.problem.loc[:1] == ("prompt",):
        text = translate("Queue", "Change the prompt")
    else:
        text = translate("Queue", "Change and try again")
    tooltip = translate("Queue", "Put its settings into the form; this job stays as it is")
    return Link(Verb.EDIT_AS_NEW, text, tooltip)
