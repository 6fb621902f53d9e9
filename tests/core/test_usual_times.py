"""How long a model usually takes is learned from three real clips of it, and no rehearsal."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.usual import usual_times, with_usual
from kling_desktop.core.models import Models
from kling_desktop.core.usual_times import UsualTimes
from kling_desktop.fal import outcomes
from kling_desktop.fal.problems import MODEL_FAILED
from kling_desktop.records.job import JobState as S
from kling_desktop.records.job import MadeBy
from kling_desktop.records.problem import Charge
from tests.helpers.catalog import bundled
from tests.helpers.engine import an_order, scripted_bench
from tests.helpers.virtual_time import Inline, settled

MODEL = "fal-ai/kling-video/v2.1/master/text-to-video"
OTHER = "fal-ai/kling-video/v2.1/standard/image-to-video"


@pytest.mark.parametrize(
    ("times", "usual"),
    [
        ([], None),
        ([100.0, 120.0], None),
        ([100.0, 120.0, 110.2], (100, 120)),
        ([100.0, 120.0, 110.0, 900.0, 105.0], (105, 120)),
        ([60.0] * 15 + [900.0] * 50, (60, 60)),
    ],
)
def test_three_runs_and_the_newest_without_the_odd_ones(times, usual):
    found = usual_times((MODEL, one) for one in times)
    assert found.get(MODEL) == usual


@given(st.lists(st.floats(0.1, 10_000), min_size=3, max_size=60))
def test_it_lies_among_the_runs(times):
    low, high = usual_times((MODEL, one) for one in times)[MODEL]
    assert round(min(times)) <= low <= high
    assert high <= max(1, round(max(times)))


def test_other_models_stay_as_they_are():
    catalog = bundled()
    assert with_usual(catalog, {}) is catalog
    found = with_usual(catalog, {MODEL: (60, 90)})
    assert found.endpoint(MODEL).usual_seconds == (60, 90)
    assert found.endpoint(OTHER) == catalog.endpoint(OTHER)


async def finish(bench, clock, fal, count, **changes):
    for _ in range(count):
        fal.next_statuses.extend([outcomes.InQueue(1)] * 3 + [outcomes.InProgress()] * 3)
        (job,) = await bench.jobs.order(an_order(endpoint_id=MODEL, **changes))
        await clock.run(bench.is_in(job, S.FINISHED, S.FAILED))


async def test_the_engines_own_record_of_a_clip_is_what_counts(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        models = Models(bundled(), tmp_path / "models")
        times = UsualTimes(models, bench.store, Inline())
        bench.jobs.changed.connect(times.job_changed)
        task = asyncio.create_task(times.keep_up())
        try:
            await finish(bench, clock, fal, 2)
            await settled()
            assert models.catalog.endpoint(MODEL).usual_seconds is None
            await finish(bench, clock, fal, 1)
            await settled()
            low, high = models.catalog.endpoint(MODEL).usual_seconds
            assert 1 <= low <= high <= 300
            assert len(bench.store.times_at_fal()) == 3
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_failures_and_rehearsals_do_not_count(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        failed = outcomes.ModelFailed(MODEL_FAILED(reason="no"), None, Charge.NOT_CHARGED)
        fal.next_results.append(failed)
        await finish(bench, clock, fal, 1)
        assert bench.store.times_at_fal() == []
        await finish(bench, clock, fal, 1)
        ((endpoint_id, seconds),) = bench.store.times_at_fal()
        assert endpoint_id == MODEL
        assert seconds > 0
        made = next(job for job in bench.jobs.all() if job.state is S.FINISHED)
        with bench.database.transaction() as connection:
            connection.execute(
                "UPDATE job SET made_by = ? WHERE job_id = ?", (MadeBy.REHEARSAL, made.job_id)
            )
        assert bench.store.times_at_fal() == []
