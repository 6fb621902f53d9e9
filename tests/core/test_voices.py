"""A made voice is taken out of its job, and outlives it."""

from dataclasses import replace

import pytest
from psygnal import Signal

from kling_desktop.core.tasks import Tasks
from kling_desktop.core.voices import Voices, voice_of
from kling_desktop.core.writer import Writer
from kling_desktop.records.job import Job, JobState
from kling_desktop.store.database import Database
from kling_desktop.store.voices import VoiceStore
from tests.helpers.catalog import bundled
from tests.helpers.core import until
from tests.helpers.records import a_job

MADE = replace(
    a_job(),
    endpoint_id="fal-ai/kling-video/create-voice",
    state=JobState.FINISHED,
    result={"voice_id": "anna-1"},
    title="Anna",
)


class Jobs:
    """Tells of jobs."""

    changed = Signal(Job)


@pytest.fixture
async def voices(tmp_path):
    database, writer, tasks = Database(tmp_path / "kling.sqlite3"), Writer(), Tasks()
    database.open()
    yield Voices(Jobs().changed, VoiceStore(database), writer, tasks, bundled)
    await tasks.close()
    writer.close()
    database.close()


def test_a_finished_job_that_makes_voices_has_one():
    found = voice_of(MADE, bundled())
    assert (found.voice_id, found.name, found.origin) == ("anna-1", "Anna", MADE.origin)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": JobState.FAILED},
        {"result": None},
        {"result": {"voice_id": ""}},
        {"result": {"voice_id": 7}},
        {"result": ["anna-1"]},
        {"endpoint_id": "fal-ai/kling-video/v1/tts"},
        {"endpoint_id": "nobody/knows/this"},
    ],
)
def test_no_other_job_has_a_voice(changes):
    assert voice_of(replace(MADE, **changes), bundled()) is None


async def test_a_voice_is_kept_and_told_once(voices):
    told = []
    voices.changed.connect(lambda: told.append(voices.all()))
    voices.gather([MADE])
    await until(lambda: told)
    voices.gather([MADE, replace(MADE, title="Another name")])
    assert [one.name for one in voices.all()] == ["Anna"]
    assert len(told) == 1
