"""What a server refused is remembered for that server, over a restart, until it is taken."""

from __future__ import annotations

import asyncio
import time

import pytest

from kling_desktop.core.refused import MOST_REMEMBERED, Refused
from kling_desktop.fal import outcomes
from kling_desktop.fal.problems import INPUT_REFUSED, MODEL_FAILED
from kling_desktop.records.job import REHEARSAL_ORIGIN, MadeBy
from kling_desktop.records.job import JobState as S
from kling_desktop.records.problem import Charge
from kling_desktop.store.database import Database
from kling_desktop.store.problems import DATABASE_REFUSES, StoreError
from kling_desktop.store.refused_values import RefusedValueStore
from tests.helpers.engine import an_order, real_bench, scripted_bench
from tests.helpers.records import a_job
from tests.helpers.scripted_fal import ORIGIN, Post
from tests.helpers.virtual_time import Inline

SPEECH = "fal-ai/kling-video/v1/tts"
VALUES = {"text": "hello", "voice_id": "uk_man2"}
DETAIL = [
    {"loc": ["body", "voice_id"], "type": "value_error", "msg": "Voice id not found"},
    {"loc": ["body", "text"], "type": "content_policy_violation", "msg": "Flagged"},
    {"loc": ["body"], "type": "value_error", "msg": "All of it"},
]
QUICK = ("--short-side", "96", "--queue-seconds", "0.05")


def spoken(**changes):
    return an_order(**{"endpoint_id": SPEECH, "values": VALUES, **changes})


def refused_result():
    return outcomes.ModelFailed(MODEL_FAILED(reason="no"), DETAIL, Charge.NOT_CHARGED)


def places(refused, origin=ORIGIN):
    return {one.loc for one in refused.of(origin, SPEECH)}


async def test_each_refused_value_is_remembered_and_still_is_after_a_restart(tmp_path, clock, fal):
    fal.next_results.append(refused_result())
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(spoken())
        await clock.run(bench.is_in(job, S.FAILED))
        assert bench.jobs.get(job.job_id).problem.loc == ("voice_id",)
    async with scripted_bench(tmp_path, fal) as bench:
        assert places(bench.refused) == {("voice_id",), ("text",)}
        assert places(bench.refused, REHEARSAL_ORIGIN) == set()
        assert bench.refused.of(ORIGIN, "another/model") == ()


async def test_a_post_that_is_refused_counts_as_well(tmp_path, clock, fal):
    fal.next_posts.append(Post.REFUSE)
    fal.refusal = outcomes.Refused(INPUT_REFUSED(reason="no"), DETAIL[:1])
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(spoken())
        await clock.run(bench.is_in(job, S.FAILED))
        assert places(bench.refused) == {("voice_id",)}


async def test_what_is_made_after_all_is_forgotten(tmp_path, clock, fal):
    fal.next_results.append(refused_result())
    told = []
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(spoken())
        await clock.run(bench.is_in(job, S.FAILED))
        bench.refused.changed.connect(lambda: told.append(1))
        (other,) = await bench.jobs.order(spoken(values={**VALUES, "text": "good day"}))
        await clock.run(bench.is_in(other, S.FINISHED))
        assert places(bench.refused) == {("text",)}
        assert told
    async with scripted_bench(tmp_path, fal) as bench:
        assert places(bench.refused) == {("text",)}


async def test_a_person_can_have_it_forgotten(tmp_path, clock, fal):
    fal.next_results.append(refused_result())
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(spoken())
        await clock.run(bench.is_in(job, S.FAILED))
        other = {**VALUES, "voice_id": "uk_boy1"}
        await bench.refused.forget(ORIGIN, SPEECH, ("voice_id",), other)
        assert places(bench.refused) == {("voice_id",), ("text",)}
        await bench.refused.forget(ORIGIN, SPEECH, ("voice_id",), VALUES)
        assert places(bench.refused) == {("text",)}


async def test_what_is_no_fault_of_the_values_leaves_nothing(tmp_path, clock, fal):
    trouble = [{"loc": ["body", "voice_id"], "type": "internal_server_error", "msg": "Oh"}]
    fal.next_results.append(
        outcomes.ModelFailed(MODEL_FAILED(reason="no"), trouble, Charge.NOT_CHARGED)
    )
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(spoken())
        await clock.run(bench.is_in(job, S.FAILED))
        assert bench.refused.of(ORIGIN, SPEECH) == ()


class BrokenStore:
    """A disk that takes nothing and gives nothing."""

    def save(self, refused, *, keep=0):
        raise StoreError(DATABASE_REFUSES(reason="full"))

    def all(self):
        raise StoreError(DATABASE_REFUSES(reason="gone"))

    def forget(self, refused):
        raise StoreError(DATABASE_REFUSES(reason="full"))


async def test_a_disk_that_refuses_costs_the_next_start_alone(tmp_path, fal):
    refused = Refused(BrokenStore(), Inline())
    await refused.load()
    job = a_job(origin=ORIGIN, endpoint_id=SPEECH, values=VALUES)
    await refused.note(job, problems(), 1.0)
    assert places(refused) == {("voice_id",), ("text",)}
    await refused.passed(job)
    assert places(refused) == set()


def problems():
    from kling_desktop.catalog.refusals import problems_from_422
    from tests.helpers.catalog import bundled

    return problems_from_422(DETAIL, bundled().request_type_of(SPEECH))


async def test_the_memory_is_bounded(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    refused = Refused(RefusedValueStore(database), Inline())
    for number in range(MOST_REMEMBERED // 2 + 3):
        values = {"text": f"text {number}", "voice_id": f"voice {number}"}
        job = a_job(origin=ORIGIN, endpoint_id=SPEECH, values=values)
        await refused.note(job, problems(), float(number))
    kept = refused.of(ORIGIN, SPEECH)
    assert len(kept) == MOST_REMEMBERED
    assert kept[0].refused_at == MOST_REMEMBERED // 2 + 2
    again = Refused(RefusedValueStore(database), Inline())
    await again.load()
    assert len(again.of(ORIGIN, SPEECH)) == MOST_REMEMBERED
    assert again.of(ORIGIN, SPEECH)[0].refused_at == MOST_REMEMBERED // 2 + 2
    database.close()


@pytest.mark.slow
async def test_what_a_rehearsal_refuses_is_remembered_of_rehearsals(tmp_path):
    text = "fal-ai/kling-video/v2.1/master/text-to-video"
    values = {"prompt": "The cat turns", "duration": "7"}
    async with real_bench(tmp_path, simulator=QUICK) as (bench, _):
        order = an_order(made_by=MadeBy.REHEARSAL, endpoint_id=text, values=values)
        (job,) = await bench.jobs.order(order)
        end = time.monotonic() + 30
        while not bench.all_final():
            assert time.monotonic() < end
            await asyncio.sleep(0.02)
        assert bench.state(job) is S.FAILED
        (one,) = bench.refused.of(REHEARSAL_ORIGIN, text)
        assert one.loc == ("duration",)
        assert bench.refused.of(bench.origins.fal_origin, text) == ()
