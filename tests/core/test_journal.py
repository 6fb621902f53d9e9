"""Every change is on disk before anybody acts on it or sees it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from kling_desktop.core.clock import SystemClock
from kling_desktop.core.journal import JobMovedError, Journal
from kling_desktop.core.problems import CannotSaveError
from kling_desktop.core.transitions import Cause, ForbiddenChangeError
from kling_desktop.core.writer import Writer
from kling_desktop.records.job import JobState, WaitingFor
from kling_desktop.store.database import Database
from kling_desktop.store.jobs import JobStore
from kling_desktop.store.projects import ProjectStore
from tests.helpers.records import a_job


@pytest.fixture
def store(tmp_path):
    database = Database(tmp_path / "jobs.sqlite3")
    database.open()
    ProjectStore(database).add_shot("shot", "default", "", 0.0)
    yield JobStore(database)
    database.close()


@pytest.fixture
def writer():
    writer = Writer()
    yield writer
    writer.close()


@pytest.fixture
async def journal(store, writer):
    journal = Journal(store, writer, SystemClock())
    await journal.add([a_job()])
    return journal


def to(state, **changes):
    return lambda old: replace(old, state=state, **changes)


async def test_what_is_told_is_on_disk_already(journal, store):
    seen = []
    journal.changed.connect(lambda job: seen.append(store.get(job.job_id) == job))
    await journal.change("0190-job", to(JobState.UPLOADING))
    assert seen == [True]


async def test_a_change_is_carried_through_where_its_caller_is_cancelled(journal, store):
    change = asyncio.ensure_future(journal.change("0190-job", to(JobState.UPLOADING)))
    await asyncio.sleep(0)
    change.cancel()
    with pytest.raises(asyncio.CancelledError):
        await change
    await journal.close(1)
    assert journal.get("0190-job").state is JobState.UPLOADING
    assert store.get("0190-job").state is JobState.UPLOADING


async def test_a_change_for_another_state_is_refused(journal):
    with pytest.raises(JobMovedError):
        await journal.change("0190-job", to(JobState.SUBMITTING), expect={JobState.UPLOADING})
    with pytest.raises(ForbiddenChangeError):
        await journal.change("0190-job", to(JobState.FINISHED), cause=Cause.FAL)


async def test_a_store_that_fails_changes_nothing(store, writer):
    class Full:
        broken = False

        def save(self, job, note="", facts=None):
            raise OSError(28, "No space left on device")

        def __getattr__(self, name):
            return getattr(store, name)

    journal = Journal(Full(), writer, SystemClock())
    await journal.add([a_job()])
    seen = []
    journal.changed.connect(seen.append)
    with pytest.raises(CannotSaveError, match="No space"):
        await journal.change("0190-job", to(JobState.UPLOADING))
    assert (journal.get("0190-job").state, seen) == (JobState.WAITING, [])


async def test_a_listener_that_fails_stops_nothing(journal, noise):
    noise.allow("a listener to changed failed")
    journal.changed.connect(lambda job: 1 / 0)
    job = await journal.change("0190-job", to(JobState.UPLOADING))
    assert job.state is JobState.UPLOADING


async def test_readings_are_shown_without_writing(journal, store):
    journal.show("0190-job", transferred=7)
    assert journal.get("0190-job").transferred == 7
    assert store.get("0190-job").transferred == 0
    with pytest.raises(ForbiddenChangeError):
        journal.show("0190-job", state=JobState.UPLOADING)


async def test_changes_that_wait_together_share_a_commit(store, writer):
    journal = Journal(store, writer, SystemClock())
    await journal.add([a_job(job_id=f"job{n}", take=n) for n in range(200)])
    await asyncio.gather(
        *(
            journal.change(f"job{n}", lambda old: replace(old, waiting_for=WaitingFor.KEY))
            for n in range(200)
        )
    )
    assert all(job.waiting_for is WaitingFor.KEY for job in store.open_jobs())


async def test_only_final_jobs_leave_the_list(journal, store):
    with pytest.raises(JobMovedError):
        await journal.remove("0190-job")
    await journal.change("0190-job", to(JobState.CANCELLED), cause=Cause.PERSON)
    gone = []
    journal.removed.connect(gone.append)
    await journal.remove("0190-job")
    assert (gone, store.get("0190-job"), journal.all()) == (["0190-job"], None, ())
