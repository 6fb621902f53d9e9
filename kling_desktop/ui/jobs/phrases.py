"""Small pieces of text that several rows need: times, sizes, and the links with one wording."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.jobs.row import Link, Verb
from kling_desktop.ui.words import clock, money, say, span

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.records.job import Job
    from kling_desktop.records.problem import Problem

translate = QCoreApplication.translate


def time_of_day(at: float) -> str:
    """Unix seconds → "14:05" by this computer's clock."""
    return datetime.fromtimestamp(at, tz=UTC).astimezone().strftime("%H:%M")


def elapsed(job: Job, now: float) -> str:
    """How long the job has been in its state: "1:52"."""
    return clock(max(0.0, now - job.changed_at))


def with_time(doing: str, job: Job, now: float, usual: tuple[int, int] | None) -> str:
    """ "making" → "making · 1:52, usually 2 to 4 min"."""
    spent = elapsed(job, now)
    if usual is None:
        return translate("Queue", "{doing} · {spent}").format(doing=doing, spent=spent)
    if now - job.changed_at > usual[1]:
        text = translate("Queue", "{doing} · {spent}, longer than the usual {usual}")
    else:
        text = translate("Queue", "{doing} · {spent}, usually {usual}")
    return text.format(doing=doing, spent=spent, usual=span(*usual))


def part_of(job: Job) -> float | None:
    """Bytes moved as 0 to 1, None where the whole is not known."""
    if not job.to_transfer:
        return None
    return min(1.0, job.transferred / job.to_transfer)


def price_suffix(price: Decimal | None) -> str:
    """ " · $0.28", or nothing where the price is not known."""
    return "" if price is None else f" · {money(price)}"


def rehearsed(job: Job) -> bool:
    """Whether the simulator makes it, for nothing."""
    return job.made_by is MadeBy.REHEARSAL


def what_and_rest(problem: Problem) -> tuple[str, ...]:
    """A problem as lines: what happened, then why and what to do as one."""
    said = say(problem)
    rest = " ".join(part for part in (said.why, said.do) if part)
    return (said.what, rest) if rest else (said.what,)


def edit_link() -> Link:
    """Open an unsent job in the form."""
    tooltip = translate("Queue", "Open its settings in the form; nothing was sent yet")
    return Link(Verb.EDIT, translate("Queue", "Edit"), tooltip)


def hold_link() -> Link:
    """Keep an unsent job here."""
    tooltip = translate("Queue", "Keep it here until you send it yourself")
    return Link(Verb.HOLD, translate("Queue", "Hold"), tooltip)


def cancel_link() -> Link:
    """Drop an unsent job."""
    tooltip = translate("Queue", "Nothing was sent, so nothing is charged")
    return Link(Verb.CANCEL, translate("Queue", "Cancel"), tooltip)


def send_link(job: Job) -> Link:
    """Send an unsent job, with its price."""
    if rehearsed(job):
        return Link(Verb.SEND_NOW, translate("Queue", "Rehearse now · free"))
    text = translate("Queue", "Send now") + price_suffix(job.price)
    return Link(Verb.SEND_NOW, text, translate("Queue", "Send it to fal; this costs money"))


def try_now_link() -> Link:
    """Do at once what would be tried later."""
    tooltip = translate("Queue", "Try at once instead of waiting")
    return Link(Verb.SEND_NOW, translate("Queue", "Try now"), tooltip)


def log_link() -> Link:
    """Show what fal said about the job."""
    tooltip = translate("Queue", "What was said about this job")
    return Link(Verb.SHOW_LOG, translate("Queue", "Log"), tooltip)


def details_link() -> Link:
    """Show the raw facts of a problem."""
    tooltip = translate("Queue", "The exact facts, to read or to copy")
    return Link(Verb.SHOW_LOG, translate("Queue", "Details"), tooltip)


def remove_link() -> Link:
    """Take an ended row away."""
    tooltip = translate("Queue", "Take it off this list; its clip stays in the library")
    return Link(Verb.REMOVE, translate("Queue", "Remove"), tooltip)


def resume_link() -> Link:
    """Go on after a pause."""
    return Link(Verb.RESUME, translate("Queue", "Go on"))


def key_link() -> Link:
    """Ask for the key."""
    return Link(Verb.ENTER_KEY, translate("Queue", "Enter your key"))


def billing_link() -> Link:
    """Open the billing page."""
    tooltip = translate("Queue", "Opens fal’s billing page in your browser")
    return Link(Verb.OPEN_BILLING, translate("Queue", "Open billing"), tooltip)


def folder_link() -> Link:
    """Choose another place for clips."""
    return Link(Verb.CHOOSE_FOLDER, translate("Queue", "Choose a folder"))
