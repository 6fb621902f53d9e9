"""A data folder as weeks of work leave it: clips that play, jobs that ended, jobs that go on."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from kling_desktop.core.folders import Folders
from kling_desktop.records.job import Attempt, JobState, Request
from kling_desktop.store.clips import _SAVE, _row_of
from kling_desktop.store.database import Database
from kling_desktop.store.jobs import JobStore
from kling_desktop.store.migrations import DEFAULT_PROJECT
from kling_desktop.store.projects import ProjectStore
from tests.benchmarks.light_server import DONE
from tests.helpers.media_zoo import ClipPlan, numbered_clip
from tests.helpers.records import a_clip, a_job

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.records.clip import Clip
    from kling_desktop.records.job import Job

BEGAN = 1_760_000_000.0
"""Unix seconds; the records below count from here."""
_SHOT = "shot"


def furnish(
    data_dir: Path, *, clips: int = 0, jobs: int = 0, origin: str = "", nearly_done: int = 0
) -> None:
    """Fills a folder before the program is started in it.

    With an `origin` all jobs are in the queue there, as request-0, request-1 and so on, the last
    `nearly_done` of them as done-N; else all of them have ended.
    """
    folders = Folders.below(data_dir)
    folders.create()
    folders.clips.mkdir(parents=True, exist_ok=True)
    database = Database(folders.database)
    database.open()
    ProjectStore(database).add_shot(_SHOT, DEFAULT_PROJECT, "Shot", BEGAN)
    _add_clips(database, folders, clips)
    if origin:
        names = [f"request-{number}" for number in range(jobs - nearly_done)]
        names += [f"{DONE}{number}" for number in range(nearly_done)]
        made = [_open_job(number, origin, name) for number, name in enumerate(names)]
    else:
        made = [_ended_job(number) for number in range(jobs)]
    JobStore(database).save_many(made)
    database.close()


def _add_clips(database: Database, folders: Folders, count: int) -> None:
    """In one commit, where the program would make one for each; all are the same film."""
    if not count:
        return
    film = numbered_clip(folders.data / "film.mp4", ClipPlan(frames=120, size=(1280, 720)))
    rows = []
    for number in range(count):
        path = folders.clips / f"clip-{number:05}.mp4"
        os.link(film, path)
        rows.append(_row_of(_clip(number, path)))
    with database.transaction() as connection:
        connection.executemany(_SAVE, rows)


def _clip(number: int, path: Path) -> Clip:
    return a_clip(
        clip_id=f"clip-{number:05}",
        job_id=f"0190-{number:05}",
        shot_id=f"shot-{number // 3}",
        take=number % 3,
        path=path,
        title=f"Cat turns to the window, {number}",
        created_at=BEGAN + number,
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        size=path.stat().st_size,
        seen=True,
    )


def _ended_job(number: int) -> Job:
    states = (JobState.FINISHED, JobState.FINISHED, JobState.CANCELLED)
    return a_job(
        job_id=f"0190-{number:05}",
        take=number,
        state=states[number % 3],
        created_at=BEGAN + number,
        changed_at=BEGAN + number,
    )


def _open_job(number: int, origin: str, name: str) -> Job:
    root = f"{origin}/example/model/requests/{name}"
    return a_job(
        job_id=f"0190-{number:05}",
        take=number,
        origin=origin,
        state=JobState.IN_QUEUE,
        created_at=BEGAN + number,
        changed_at=BEGAN + number,
        body={"prompt": "The cat turns to the window"},
        attempts=(Attempt(number=1, sent_at=BEGAN + number, body_sha256="0" * 64),),
        request=Request(
            request_id=name,
            status_url=f"{root}/status",
            response_url=root,
            cancel_url=f"{root}/cancel",
        ),
    )
