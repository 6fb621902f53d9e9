"""The words of a job that is still on this computer, or just leaving it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import Job, JobState, WaitingFor
from kling_desktop.ui.jobs import phrases
from kling_desktop.ui.jobs.row import Group, Link, Says, Verb
from kling_desktop.ui.words import clock, say, share

if TYPE_CHECKING:
    from kling_desktop.ui.jobs.row import JobFacts

translate = QCoreApplication.translate


def says_here(
    job: Job,
    state: Literal[JobState.WAITING, JobState.UPLOADING, JobState.SUBMITTING],
    now: float,
    facts: JobFacts,
) -> Says:
    """Waiting, uploading or being sent."""
    match state:
        case JobState.WAITING:
            return _waiting(job, now, facts)
        case JobState.UPLOADING:
            return _uploading(job)
        case JobState.SUBMITTING:
            return _submitting(job)


def _waiting(job: Job, now: float, facts: JobFacts) -> Says:
    match job.waiting_for:
        case WaitingFor.PERSON:
            return _held(job)
        case WaitingFor.KEY | WaitingFor.BALANCE | WaitingFor.CONSENT | WaitingFor.DISK:
            return _stuck(job, job.waiting_for)
        case WaitingFor.NETWORK:
            return _cut_off(job, now)
        case WaitingFor.FAL_LIMIT:
            return _later(job, now, translate("Queue", "fal asks to wait"), facts)
        case WaitingFor.TURN:
            text = translate("Queue", "waiting for its turn")
            return _later(job, now, text, facts)
        case WaitingFor.NOTHING:
            return _later(job, now, translate("Queue", "about to be sent"), facts)


def _held(job: Job) -> Says:
    links = (phrases.edit_link(), phrases.send_link(job), phrases.cancel_link())
    return Says(lines=(translate("Queue", "held, not sent"),), group=Group.HERE, links=links)


def _stuck(
    job: Job,
    why: Literal[WaitingFor.KEY, WaitingFor.BALANCE, WaitingFor.CONSENT, WaitingFor.DISK],
) -> Says:
    """Nothing goes on before the person does something; the first link is the way out."""
    text, ways = _way_out(job, why)
    lines = phrases.what_and_rest(job.problem) if job.problem else (text,)
    lines += (translate("Queue", "Not sent, not charged."),)
    links = (*ways, phrases.edit_link(), phrases.cancel_link())
    return Says(lines=lines, group=Group.NEEDS_YOU, links=links)


def _way_out(
    job: Job,
    why: Literal[WaitingFor.KEY, WaitingFor.BALANCE, WaitingFor.CONSENT, WaitingFor.DISK],
) -> tuple[str, tuple[Link, ...]]:
    match why:
        case WaitingFor.KEY:
            return translate("Queue", "It waits for your fal key."), (phrases.key_link(),)
        case WaitingFor.BALANCE:
            text = translate("Queue", "Your balance at fal does not cover it.")
            return text, (phrases.billing_link(), phrases.send_link(job))
        case WaitingFor.CONSENT:
            text = translate("Queue", "Nothing leaves this computer before you allow it.")
            tooltip = translate("Queue", "Its pictures are uploaded to fal, then it is sent")
            return text, (Link(Verb.ALLOW_UPLOAD, translate("Queue", "Allow"), tooltip),)
        case WaitingFor.DISK:
            text = translate("Queue", "There is no room for the clip, or no right to write it.")
            return text, (phrases.folder_link(), phrases.try_now_link())


def _later(job: Job, now: float, text: str, facts: JobFacts) -> Says:
    if facts.sending_paused and not phrases.rehearsed(job):
        return _coming(job, translate("Queue", "sending is paused"), (phrases.edit_link(),))
    links = (phrases.edit_link(), phrases.hold_link())
    if job.not_before is None or job.not_before <= now:
        return _coming(job, text, links)
    left = translate("Queue", "next try in {left}").format(left=clock(job.not_before - now))
    return _coming(job, f"{text} · {left}", links, ticking=True)


def _cut_off(job: Job, now: float) -> Says:
    text = translate("Queue", "no connection, sent by itself when it is back")
    links = (phrases.try_now_link(), phrases.hold_link())
    if job.not_before is not None and job.not_before > now:
        left = translate("Queue", "next try in {left}").format(left=clock(job.not_before - now))
        text = f"{text} · {left}"
    says = _coming(job, text, links, ticking=True)
    return says if phrases.rehearsed(job) else replace(says, lines=(*says.lines, *_no_money(job)))


def _no_money(job: Job) -> tuple[str, ...]:
    """An earlier attempt that nobody has found may still cost."""
    return () if job.attempts else (translate("Queue", "Not sent, not charged."),)


def _coming(job: Job, text: str, links: tuple[Link, ...], *, ticking: bool = False) -> Says:
    if job.problem is not None:
        text = f"{say(job.problem).what}\n{text}"
    group = Group.REHEARSING if phrases.rehearsed(job) else Group.HERE
    links = (*links, phrases.cancel_link())
    return Says(lines=tuple(text.split("\n")), group=group, links=links, ticking=ticking)


def _uploading(job: Job) -> Says:
    part = phrases.part_of(job)
    if phrases.rehearsed(job):
        text, group = translate("Queue", "getting the picture ready"), Group.REHEARSING
    else:
        text, group = translate("Queue", "uploading {share}"), Group.HERE
        text = text.format(share=share(job.transferred, job.to_transfer)).rstrip()
    links = (phrases.cancel_link(), phrases.hold_link())
    if job.problem is None:
        return Says(lines=(text,), group=group, links=links, progress=part)
    trying = translate("Queue", "trying again, goes on by itself when it is back")
    lines = (say(job.problem).what, trying, *_no_money(job))
    return Says(lines=lines, group=group, links=links)


def _submitting(job: Job) -> Says:
    if phrases.rehearsed(job):
        return Says(lines=(translate("Queue", "handing it over"),), group=Group.REHEARSING)
    return Says(lines=(translate("Queue", "sending to fal"),), group=Group.AT_FAL)
