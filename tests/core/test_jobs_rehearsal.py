"""Rehearsal through the real simulator in its own process, over real connections."""

from __future__ import annotations

import asyncio
import time

import pytest

from kling_desktop.core.rehearsal import Rehearsal
from kling_desktop.media.recipe import read_recipe
from kling_desktop.records.job import REHEARSAL_ORIGIN, MadeBy
from kling_desktop.records.job import JobState as S
from kling_desktop.records.problem import Charge
from tests.helpers.engine import an_order, real_bench
from tests.helpers.media_zoo import camera_jpeg

QUICK = ("--short-side", "96", "--queue-seconds", "0.05")
TEXT = "fal-ai/kling-video/v2.1/master/text-to-video"
PICTURE = "fal-ai/kling-video/v2.1/standard/image-to-video"


async def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        await asyncio.sleep(0.02)


def rehearsed(**changes):
    return an_order(**{"made_by": MadeBy.REHEARSAL, "endpoint_id": TEXT, **changes})


async def test_a_picture_becomes_a_clip(tmp_path):
    picture = camera_jpeg(tmp_path / "cat.jpg", size=(480, 320))
    async with real_bench(tmp_path / "data", simulator=QUICK) as (bench, inputs):
        stored = await inputs.take_file(picture)
        values = {"prompt": "The cat turns", "image_url": str(stored.ref), "duration": "5"}
        (job,) = await bench.jobs.order(rehearsed(endpoint_id=PICTURE, values=values))
        await until(bench.all_final)
        done = bench.jobs.get(job.job_id)
        assert done.problem is None
        assert (done.state, done.charge, done.origin) == (
            S.FINISHED, Charge.NOT_CHARGED, REHEARSAL_ORIGIN,
        )  # fmt: skip
    (clip,) = bench.made
    assert clip.duration == pytest.approx(5, abs=0.3)
    assert clip.width / clip.height == pytest.approx(1.5, abs=0.1)
    assert read_recipe(clip.path).inputs[0].ref == str(stored.ref)


async def test_a_dead_simulator_is_started_again_and_its_jobs_go_on(tmp_path):
    async with real_bench(tmp_path, simulator=QUICK) as (bench, _):
        jobs = await bench.jobs.order(rehearsed(count=2))
        await until(lambda: any(bench.state(job) is not S.WAITING for job in jobs))
        await until(lambda: all(bench.jobs.get(job.job_id).request for job in jobs))
        child = bench.rehearsal.child
        child.kill()
        await until(bench.all_final)
        assert {bench.state(job) for job in jobs} == {S.FINISHED}
        assert bench.rehearsal.child is not child
    assert len(bench.made) == 2


async def test_rehearsals_go_on_after_a_restart_on_another_port(tmp_path):
    async with real_bench(tmp_path, simulator=QUICK) as (bench, _):
        (job,) = await bench.jobs.order(rehearsed())
        await until(lambda: bench.jobs.get(job.job_id).request is not None)
        first = bench.jobs.get(job.job_id).request
    async with real_bench(tmp_path, simulator=QUICK) as (bench, _):
        await until(bench.all_final)
        assert bench.state(job) is S.FINISHED
        assert bench.jobs.get(job.job_id).request.request_id == first.request_id
    assert len([name for name in bench.files() if name.endswith(".mp4")]) == 1


async def test_closing_takes_less_than_two_seconds(tmp_path):
    async with real_bench(tmp_path, simulator=QUICK) as (bench, _):
        jobs = await bench.jobs.order(rehearsed(count=4))
        await until(lambda: any(bench.jobs.get(job.job_id).request for job in jobs))
        child = bench.rehearsal.child
        begun = time.monotonic()
        await bench.jobs.close()
        assert time.monotonic() - begun < 2
        assert child.poll() is not None


async def test_a_simulator_that_does_not_start_is_said_and_tried_again(tmp_path):
    async with real_bench(tmp_path, simulator=("--no-such-option",)) as (bench, _):
        (job,) = await bench.jobs.order(rehearsed())
        await until(lambda: bench.jobs.get(job.job_id).problem is not None)
        waiting = bench.jobs.get(job.job_id)
        assert (waiting.state, waiting.problem.code) == (S.WAITING, "simulator_silent")


async def test_it_ends_when_nobody_needs_it(tmp_path):
    rehearsal = Rehearsal(("no-such-program",))
    await rehearsal.stop()
    assert not rehearsal.is_running
