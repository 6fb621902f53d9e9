"""Jobs of every kind, and ports for the queue and the library that answer from memory."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from kling_desktop.records.job import (
    REHEARSAL_ORIGIN,
    Attempt,
    Job,
    JobState,
    MadeBy,
    Request,
    WaitingFor,
)
from kling_desktop.records.problem import Charge, Problem, Remedy
from kling_desktop.ui.jobs.row import JobFacts, JobRow
from kling_desktop.ui.jobs.wording import row_of
from tests.helpers.records import a_clip, a_job, jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kling_desktop.records.clip import Clip

NOW = 10_000.0
SENT = (Attempt(number=1, sent_at=NOW - 60, body_sha256="0" * 64),)
REQUEST = Request(
    request_id="req-019f", status_url="https://q/s", response_url="https://q/r", cancel_url="c"
)


def a_problem(**changes: Any) -> Problem:
    """fal's filter said no to the prompt."""
    facts: dict[str, Any] = {
        "code": "content_refused",
        "what": "fal’s filter refused the content.",
        "loc": ("prompt",),
        "charge": Charge.PROBABLY_NOT,
        "details": '{"type": "content_policy_violation"}',
    }
    return Problem(**{**facts, **changes})


def numbered(number: int, **changes: Any) -> Job:
    """A job whose id sorts by its number."""
    return a_job(job_id=f"0190-{number:05}", changed_at=NOW - number, **changes)


def rehearsal(number: int, **changes: Any) -> Job:
    """A job of the simulator."""
    return numbered(number, made_by=MadeBy.REHEARSAL, origin=REHEARSAL_ORIGIN, **changes)


def at_fal(state: JobState, **changes: Any) -> Job:
    """A job that fal has."""
    return numbered(1, state=state, request=REQUEST, attempts=SENT, **changes)


def row(job: Job, **facts: Any) -> JobRow:
    """What the queue says of a job at NOW."""
    return row_of(job, NOW, JobFacts(**facts))


def offers(job: Job, **facts: Any) -> list[tuple[str, str]]:
    """What can be done with it: verbs and their words."""
    return [(link.verb.value, link.text) for link in row(job, **facts).links]


@st.composite
def any_job(draw: st.DrawFn) -> Job:
    """A job in any state, with any way out of its problem."""
    problem = draw(st.none() | st.sampled_from(Remedy).map(lambda r: a_problem(remedy=r)))
    return replace(draw(jobs), problem=problem)


def a_busy_queue() -> list[Job]:
    """One job or more in every group."""
    state = JobState
    return [
        numbered(
            1,
            title="Ignition, camera shakes",
            state=state.UNCONFIRMED,
            attempts=SENT,
            price=Decimal("0.98"),
            checked_at=NOW - 100,
        ),
        numbered(
            2,
            title="Moon over the bay",
            state=state.FAILED,
            attempts=SENT,
            request=REQUEST,
            problem=a_problem(),
            charge=Charge.PROBABLY_NOT,
        ),
        numbered(
            3,
            title="Steam rises, spoon settles",
            take=1,
            state=state.IN_PROGRESS,
            request=REQUEST,
            attempts=SENT,
        ),
        numbered(
            4, take=2, state=state.IN_QUEUE, request=REQUEST, attempts=SENT, queue_position=12
        ),
        numbered(
            5,
            title="A very long title that somebody dictated while walking through the harbor",
            state=state.DOWNLOADING,
            request=REQUEST,
            attempts=SENT,
            transferred=3_100_000,
            to_transfer=8_000_000,
            charge=Charge.CHARGED,
        ),
        rehearsal(6, state=state.IN_PROGRESS, request=REQUEST),
        numbered(7, title="She looks up and smiles", waiting_for=WaitingFor.PERSON),
        numbered(8, state=state.UPLOADING, transferred=43, to_transfer=100),
        rehearsal(9, title="Steam rises", state=state.FINISHED, clip_ids=("c9",)),
        numbered(
            10,
            state=state.FINISHED,
            clip_ids=("c10",),
            attempts=SENT,
            request=REQUEST,
            charge=Charge.CHARGED,
        ),
    ]


def a_failing_queue() -> list[Job]:
    """Everything that can stand still until the person does something."""
    stuck = [WaitingFor.KEY, WaitingFor.BALANCE, WaitingFor.CONSENT, WaitingFor.DISK]
    server = a_problem(
        code="server_gone",
        what="fal does not answer.",
        why="Its server broke the connection {times} times.",
        do="The result waits there for you.",
        values={"times": 3},
        remedy=Remedy.RETRY,
        loc=(),
    )
    return [
        *(numbered(number, waiting_for=why) for number, why in enumerate(stuck)),
        numbered(10, state=JobState.UNCONFIRMED, attempts=SENT),
        numbered(11, state=JobState.FAILED, attempts=SENT, request=REQUEST, problem=server),
        numbered(12, state=JobState.FAILED, attempts=SENT, problem=a_problem()),
        numbered(13, state=JobState.CANCELLED, attempts=SENT, charge=Charge.MAY_BE),
    ]


class Thumbnails:
    """Answers each wish at once with a picture of one color, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def thumbnail(self, job: Job, longest: int, arrived: Callable[[QImage | None], None]) -> None:
        """A picture for every job."""
        self.asked.append(job.job_id)
        arrived(plain_picture(QSize(longest, longest * 2 // 3)))


class Clips:
    """A library in memory."""

    def __init__(self, clips: Sequence[Clip]) -> None:
        self.clips = list(clips)
        self.windows: list[int] = []

    def ids(self, search: str) -> list[str]:
        """Those with the text in title or prompt."""
        found = [
            clip for clip in self.clips if search.lower() in (clip.title + clip.prompt).lower()
        ]
        return [clip.clip_id for clip in found]

    def window(self, ids: Sequence[str]) -> list[Clip]:
        """The clips of these ids."""
        self.windows.append(len(ids))
        wanted = set(ids)
        return [clip for clip in self.clips if clip.clip_id in wanted]


class Posters:
    """Keeps each wish until the test answers it, or answers at once."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.at_once = at_once
        self.wishes: list[tuple[str, Callable[[QImage | None], None]]] = []

    def poster(self, clip: Clip, size: QSize, arrived: Callable[[QImage | None], None]) -> None:
        """A picture of one color."""
        self.wishes.append((clip.clip_id, arrived))
        if self.at_once:
            arrived(plain_picture(QSize(320, 240)))


def plain_picture(size: QSize, color: str = "#7a5a3a") -> QImage:
    """A picture of one color."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


def clips(count: int, **changes: Any) -> list[Clip]:
    """So many clips, c0 the newest."""
    return [
        a_clip(clip_id=f"c{number}", take=number % 3, title=f"Clip {number}", **changes)
        for number in range(count)
    ]
