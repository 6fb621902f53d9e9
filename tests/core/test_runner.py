"""From an order to a clip, over a scripted server and in virtual time."""

from __future__ import annotations

import pytest

from kling_desktop.records.job import JobState as S
from kling_desktop.records.problem import Charge
from tests.helpers.engine import an_order, scripted_bench
from tests.helpers.scripted_fal import ScriptedFal
from tests.helpers.virtual_time import VirtualClock


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def fal(clock):
    return ScriptedFal(clock)


async def test_an_order_becomes_a_clip(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        done = bench.jobs.get(job.job_id)
    assert bench.states[job.job_id] == [
        S.WAITING, S.UPLOADING, S.SUBMITTING, S.IN_QUEUE, S.IN_PROGRESS, S.FETCHING,
        S.DOWNLOADING, S.FINISHED,
    ]  # fmt: skip
    assert fal.posts == [{"prompt": "The cat turns to the window"}]
    assert (done.charge, done.problem) == (Charge.CHARGED, None)
    (clip,) = bench.made
    assert clip.path.name == "Cat_A.mp4"
    assert (clip.path.exists(), clip.job_id, clip.frames) == (True, job.job_id, 6)
    assert [name for name in bench.files() if name.endswith(".part")] == []
