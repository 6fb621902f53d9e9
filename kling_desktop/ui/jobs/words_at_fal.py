"""The words of a job that left this computer and is not back yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import Job, JobState
from kling_desktop.records.problem import Remedy
from kling_desktop.ui.jobs import phrases
from kling_desktop.ui.jobs.row import Group, Link, Says, Verb
from kling_desktop.ui.words import money, moved, say

if TYPE_CHECKING:
    from kling_desktop.ui.jobs.row import JobFacts

translate = QCoreApplication.translate

_SILENT_AFTER = 90.0
"""Seconds without a word from fal after which the row says when it last answered."""
_PERCENT = re.compile(r"\b(\d{1,3})(?:\.\d+)? ?%")


def says_at_fal(
    job: Job,
    state: Literal[JobState.IN_QUEUE, JobState.IN_PROGRESS],
    now: float,
    facts: JobFacts,
) -> Says:
    """Waiting there, or being made."""
    if phrases.rehearsed(job):
        return _rehearsing(job, state, now, facts)
    match state:
        case JobState.IN_QUEUE:
            says = _in_queue(job, now)
        case JobState.IN_PROGRESS:
            says = _in_progress(job, now, facts)
    return Says(
        lines=says.lines + _trouble(job, now),
        group=Group.AT_FAL,
        links=says.links,
        ticking=True,
    )


def says_unconfirmed(job: Job, facts: JobFacts) -> Says:
    """Sent, and nobody knows whether it arrived."""
    if job.problem is None:
        said = translate("Queue", "Connection broke while sending. fal may have it.")
    else:
        said = say(job.problem).what
    lines: tuple[str, ...] = (said,)
    checked = _checked(job, facts)
    if checked:
        lines += (checked,)
    check, again, give_up = _check_link(), _again_link(job), _give_up_link()
    where = () if phrases.rehearsed(job) else (_open_link(),)
    links = (check, *where, again, give_up, phrases.details_link())
    return Says(lines=lines, group=Group.NEEDS_YOU, links=links)


def says_coming_back(job: Job, state: Literal[JobState.FETCHING, JobState.DOWNLOADING]) -> Says:
    """Made, and on its way to this computer."""
    match state:
        case JobState.FETCHING:
            doing = translate("Queue", "made, getting the result")
            halted = translate("Queue", "made, paused before getting the result")
        case JobState.DOWNLOADING:
            size = moved(job.transferred, job.to_transfer)
            doing = translate("Queue", "downloading {size}").format(size=size)
            halted = translate("Queue", "paused at {size}").format(size=size)
    if _needs_person(job):
        return _stopped(job)
    links = (phrases.resume_link(),) if job.paused else (_pause_link(), phrases.log_link())
    lines: tuple[str, ...] = (halted if job.paused else doing,)
    if job.problem:
        lines = (say(job.problem).what, *lines)
    group = Group.REHEARSING if phrases.rehearsed(job) else Group.AT_FAL
    return Says(lines=lines, group=group, links=links, progress=_downloaded(job))


def percent_of(log_line: str) -> float | None:
    """The part that a log line of the simulator tells, 0 to 1: "rendering 62 %" is 0.62."""
    found = _PERCENT.search(log_line)
    return min(1.0, int(found[1]) / 100) if found else None


def _rehearsing(
    job: Job,
    state: Literal[JobState.IN_QUEUE, JobState.IN_PROGRESS],
    now: float,
    facts: JobFacts,
) -> Says:
    part = percent_of(facts.last_log) if state is JobState.IN_PROGRESS else None
    if state is JobState.IN_QUEUE:
        text = translate("Queue", "waiting for its turn")
    elif part is None:
        doing = translate("Queue", "rendering the rehearsal")
        text = phrases.with_time(doing, job, now, None)
    else:
        text = translate("Queue", "rendering the rehearsal · {percent} %")
        text = text.format(percent=round(part * 100))
    links: tuple[Link, ...] = (Link(Verb.CANCEL, translate("Queue", "Stop")), phrases.log_link())
    if job.cancel_wished:
        text, links = translate("Queue", "stopping"), (phrases.log_link(),)
    lines = (say(job.problem).what, text) if job.problem else (text,)
    ticking = state is JobState.IN_PROGRESS and part is None
    return Says(lines=lines, group=Group.REHEARSING, links=links, progress=part, ticking=ticking)


def _in_queue(job: Job, now: float) -> Says:
    if job.cancel_wished:
        text = translate("Queue", "asked fal to cancel, waiting for its answer")
        return Says(lines=(text,), group=Group.AT_FAL, links=(phrases.log_link(),))
    if job.queue_position is None:
        text = phrases.with_time(translate("Queue", "waiting at fal"), job, now, None)
    elif job.queue_position == 0:
        text = translate("Queue", "waiting at fal, next in line")
    else:
        text = translate("Queue", "waiting at fal, {ahead} ahead")
        text = text.format(ahead=job.queue_position)
    tooltip = translate("Queue", "fal does not charge for a clip that it has not begun")
    cancel = Link(Verb.CANCEL, translate("Queue", "Cancel, free while it waits"), tooltip)
    return Says(lines=(text,), group=Group.AT_FAL, links=(cancel,))


def _in_progress(job: Job, now: float, facts: JobFacts) -> Says:
    making = phrases.with_time(translate("Queue", "making"), job, now, facts.usual)
    if job.cancel_wished:
        asked = translate("Queue", "Asked fal to stop. If it is made all the same, you get it.")
        return Says(lines=(making, asked), group=Group.AT_FAL, links=(phrases.log_link(),))
    text = translate("Queue", "Ask fal to stop · probably still charged")
    tooltip = translate("Queue", "fal passes the wish on; a clip that was begun mostly goes on")
    links = (phrases.log_link(), Link(Verb.CANCEL, text, tooltip))
    return Says(lines=(making,), group=Group.AT_FAL, links=links)


def _trouble(job: Job, now: float) -> tuple[str, ...]:
    lines: tuple[str, ...] = (say(job.problem).what,) if job.problem else ()
    if job.checked_at is not None and now - job.checked_at > _SILENT_AFTER:
        text = translate("Queue", "fal last answered {time}. It goes on there.")
        lines += (text.format(time=phrases.time_of_day(job.checked_at)),)
    return lines


def _checked(job: Job, facts: JobFacts) -> str:
    if job.checked_at is None:
        return translate("Queue", "Looking for it at fal.")
    at = phrases.time_of_day(job.checked_at)
    if facts.next_check is None:
        return translate("Queue", "Checked {time}.").format(time=at)
    text = translate("Queue", "Checked {time}, next {next}.")
    return text.format(time=at, next=phrases.time_of_day(facts.next_check))


def _needs_person(job: Job) -> bool:
    return job.problem is not None and job.problem.remedy not in {Remedy.NONE, Remedy.RETRY}


def _stopped(job: Job) -> Says:
    """It is made, and only the person can clear the way for it."""
    lines = phrases.what_and_rest(job.problem) if job.problem else ()
    lines += (translate("Queue", "The clip is made and is kept at fal for you."),)
    ways = {
        Remedy.ENTER_KEY: phrases.key_link(),
        Remedy.OPEN_BILLING: phrases.billing_link(),
        Remedy.CHOOSE_FOLDER: phrases.folder_link(),
    }
    way = ways.get(job.problem.remedy) if job.problem else None
    links = (*((way,) if way else ()), phrases.resume_link(), phrases.details_link())
    return Says(lines=lines, group=Group.NEEDS_YOU, links=links, progress=_downloaded(job))


def _downloaded(job: Job) -> float | None:
    return phrases.part_of(job) if job.state is JobState.DOWNLOADING else None


def _pause_link() -> Link:
    tooltip = translate("Queue", "Stop downloading for now; what is here stays here")
    return Link(Verb.PAUSE, translate("Queue", "Pause"), tooltip)


def _open_link() -> Link:
    tooltip = translate("Queue", "Opens fal’s list of requests in your browser")
    return Link(Verb.OPEN_FAL, translate("Queue", "Open fal"), tooltip)


def _again_link(job: Job) -> Link:
    if phrases.rehearsed(job):
        return Link(Verb.SEND_AGAIN, translate("Queue", "Rehearse again, free"))
    tooltip = translate("Queue", "If fal has the first one too, both are made and charged")
    if job.price is None:
        text = translate("Queue", "Send again: could be charged twice")
    else:
        text = translate("Queue", "Send again: could cost {price} twice")
        text = text.format(price=money(job.price))
    return Link(Verb.SEND_AGAIN, text, tooltip)


def _give_up_link() -> Link:
    tooltip = translate("Queue", "Stop waiting; if it turns up after all, you get it")
    return Link(Verb.GIVE_UP, translate("Queue", "Give up"), tooltip)


def _check_link() -> Link:
    tooltip = translate("Queue", "Look for it in fal’s list of requests; this is free")
    return Link(Verb.CHECK_NOW, translate("Queue", "Check now"), tooltip)
