"""The money of a job in words, with the reason."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import Job, JobState
from kling_desktop.records.problem import Charge
from kling_desktop.ui.jobs.phrases import rehearsed
from kling_desktop.ui.words import about, charge

translate = QCoreApplication.translate

_HERE = frozenset({JobState.WAITING, JobState.UPLOADING})


def money_of(job: Job) -> str:
    """One line: free, what it will cost, or what it did cost and why."""
    if rehearsed(job):
        return translate("Queue", "free")
    if job.is_final:
        return _ended(job)
    if job.state in _HERE:
        return _with_price(translate("Queue", "not charged yet"), job)
    if job.state is JobState.UNCONFIRMED:
        return _with_price(translate("Queue", "may be charged"), job)
    if job.charge is Charge.CHARGED:
        return charge(job.charge, job.price)
    return about(job.price)


def _with_price(words: str, job: Job) -> str:
    return words if job.price is None else f"{words}, {about(job.price)}"


def _ended(job: Job) -> str:
    match job.charge:
        case Charge.CHARGED:
            if job.state is JobState.FINISHED:
                return charge(job.charge, job.price)
            said = charge(job.charge, job.price)
            return translate("Queue", "{charged}: fal made it.").format(charged=said)
        case Charge.NOT_CHARGED:
            return _not_charged(job)
        case Charge.PROBABLY_NOT:
            return translate("Queue", "Probably not charged: stopped before making.")
        case Charge.MAY_BE:
            return _may_be(job)


def _not_charged(job: Job) -> str:
    if not job.attempts:
        return translate("Queue", "Not charged: nothing was sent.")
    if job.request is None:
        return translate("Queue", "Not charged: fal did not take it.")
    if job.state is JobState.CANCELLED:
        return translate("Queue", "Not charged: it was still waiting at fal.")
    return translate("Queue", "Not charged: nothing was made.")


def _may_be(job: Job) -> str:
    if job.request is None:
        return translate("Queue", "May be charged: fal may have it.")
    return translate("Queue", "May be charged: fal may have worked on it.")
