"""Each store: what went in comes out, after the file was closed and opened again."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings

from kling_desktop.records.draft import Draft
from kling_desktop.records.framing import Framing, Made
from kling_desktop.records.job import JobState, Request
from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef, StoredInput
from kling_desktop.store.clips import ClipStore
from kling_desktop.store.database import Database
from kling_desktop.store.drafts import DraftStore
from kling_desktop.store.inputs import InputStore
from kling_desktop.store.job_rows import job_from_text, job_to_text
from kling_desktop.store.jobs import JobStore
from kling_desktop.store.projects import ProjectStore
from kling_desktop.store.uploads import UploadStore
from tests.helpers.records import a_clip, a_job, jobs


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "kling.sqlite3")
    opened.open()
    ProjectStore(opened).add_shot("shot", "default", "Cat", 1.0)
    yield opened
    opened.close()


@given(jobs)
def test_a_job_survives_its_row(job):
    assert job_from_text(job_to_text(job)) == job


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(jobs)
def test_a_job_survives_the_file(database, job):
    store = JobStore(database)
    store.save(job)
    database.close()
    assert store.get(job.job_id) == job
    store.remove(job.job_id)


def test_a_change_replaces_the_record_and_adds_an_event(database):
    store = JobStore(database)
    job = a_job()
    store.save(job, "ordered")
    later = dataclasses.replace(job, state=JobState.UPLOADING, changed_at=1001.0)
    store.save(later, "picture goes up", {"bytes": 12})
    assert store.get(job.job_id) == later
    assert [(one.state, one.note) for one in store.events(job.job_id)] == [
        (JobState.WAITING, "ordered"),
        (JobState.UPLOADING, "picture goes up"),
    ]
    assert store.events(job.job_id)[1].facts == {"bytes": 12}


def test_open_and_recent_jobs_are_told_apart(database):
    store = JobStore(database)
    store.save_many(
        a_job(job_id=state.value, take=take, state=state, changed_at=float(take))
        for take, state in enumerate(JobState)
    )
    ends = ["cancelled", "failed", "finished"]
    assert sorted(job.job_id for job in store.recent()) == ends
    assert len(store.open_jobs()) == len(JobState) - len(ends)
    assert [job.job_id for job in store.recent(1)] == ["cancelled"]


def test_all_jobs_of_a_batch_are_kept_or_none(database):
    store = JobStore(database)
    store.save(a_job(job_id="first", take=0))
    with pytest.raises(Exception, match="UNIQUE"):
        store.save_many([a_job(job_id="second", take=1), a_job(job_id="third", take=0)])
    assert store.get("second") is None


def test_one_request_cannot_belong_to_two_jobs(database):
    store = JobStore(database)
    request = Request(request_id="r1", status_url="", response_url="", cancel_url="")
    store.save(a_job(job_id="first", take=0, request=request))
    with pytest.raises(Exception, match="UNIQUE"):
        store.save(a_job(job_id="second", take=1, request=request))
    assert store.known_requests("https://queue.example") == {"r1"}


def test_letters_are_given_once(database):
    projects = ProjectStore(database)
    assert projects.take_letters("shot", 2) == 0
    assert projects.take_letters("shot", 1) == 2
    with pytest.raises(KeyError):
        projects.take_letters("no such shot", 1)


def test_clips_are_found_newest_first_by_every_word(database):
    store = ClipStore(database)
    store.save(a_clip(clip_id="old", created_at=1.0, title="Cat sleeps", prompt="100% asleep"))
    store.save(a_clip(clip_id="new", created_at=2.0, title="Cat wakes", prompt="slowly"))
    store.save(a_clip(clip_id="gone", created_at=3.0, deleted_at=4.0))
    assert store.ids() == ["new", "old"]
    assert store.ids("cat sleep") == ["old"]
    assert store.ids("100%") == ["old"]
    assert store.ids("_") == []
    assert [clip.clip_id for clip in store.window(["old", "missing", "new"])] == ["old", "new"]
    assert store.get("gone") == a_clip(clip_id="gone", created_at=3.0, deleted_at=4.0)
    assert [clip.clip_id for clip in store.by_shot("shot")] == ["new", "old"]


def test_an_upload_is_good_until_it_expires(database):
    store = UploadStore(database)
    store.remember("a" * 64, "https://queue.example", "https://media.example/1", 100.0)
    assert store.url_for("a" * 64, "https://queue.example", 99.0) == "https://media.example/1"
    assert store.url_for("a" * 64, "https://queue.example", 100.0) is None
    assert store.url_for("a" * 64, "https://other.example", 99.0) is None
    store.forget("a" * 64, "https://queue.example")
    assert store.url_for("a" * 64, "https://queue.example", 1.0) is None


def test_an_input_comes_back_with_its_facts(database):
    store = InputStore(database)
    facts = MediaFacts(
        kind=MediaKind.IMAGE, content_type="image/jpeg", size=5, width=4, height=3, mode="RGB"
    )
    stored = StoredInput(
        ref=MediaRef("b" * 64, ".jpg"), name="кот 🐈.jpg", facts=facts, added_at=1.0
    )
    store.add(stored)
    assert store.get(stored.ref) == stored
    assert store.recent() == [stored]
    assert store.get(MediaRef("c" * 64, ".jpg")) is None


def test_an_input_that_was_made_here_knows_of_what(database):
    facts = MediaFacts(kind=MediaKind.IMAGE, content_type="image/png", size=9, width=4, height=4)
    made = Made(MediaRef("b" * 64, ".png"), Framing(left=-2, top=0, width=8, height=4))
    stored = StoredInput(
        ref=MediaRef("a" * 64, ".png"), name="a.png", facts=facts, added_at=1.0, made=made
    )
    store = InputStore(database)
    store.add(stored)
    store.add(dataclasses.replace(stored, name="given again.png", made=None))
    database.close()
    assert store.get(stored.ref) == dataclasses.replace(stored, name="given again.png")
    with database.transaction() as connection:
        connection.execute("UPDATE input SET made = '{\"source\": 1}'")
    assert store.get(stored.ref).made is None


def test_the_last_draft_is_current_and_the_others_are_recent(database):
    store = DraftStore(database)
    first = Draft(
        draft_id="1",
        project_id="default",
        intention="from_text",
        endpoint_id="x",
        values={"prompt": "cat"},
        saved_at=1.0,
    )
    second = dataclasses.replace(first, draft_id="2", values={"prompt": "кот"}, saved_at=2.0)
    assert store.current("default") is None
    store.save(first)
    store.save(second)
    assert store.current("default") == second
    assert store.recent("default") == [first]
