"""POSTs whose answer was lost: looked up by counting, asked of the person, never sent again."""

from __future__ import annotations

import pytest

from kling_desktop.fal.errors import ServerTrouble
from kling_desktop.fal.platform import Unavailable
from kling_desktop.fal.problems import FORBIDDEN, SERVER_TROUBLE
from kling_desktop.records.job import JobState as S
from kling_desktop.records.problem import Charge
from tests.helpers.engine import an_order, scripted_bench
from tests.helpers.scripted_fal import Post

DAY = 24 * 3600


async def test_a_lost_answer_is_found_in_the_history(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_AFTER)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert S.UNCONFIRMED in bench.states[job.job_id]
    assert len(fal.posts) == 1


async def test_a_history_that_lists_late_is_waited_for(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_AFTER)
    fal.listed_after = 400
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(200)
        waiting = bench.jobs.get(job.job_id)
        assert (waiting.state, waiting.charge) == (S.UNCONFIRMED, Charge.MAY_BE)
        assert waiting.problem.code == "not_listed_yet"
        assert waiting.not_before > clock.now()
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1


async def test_what_is_nowhere_stays_unconfirmed_for_ever(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_BEFORE)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(3 * DAY)
        assert bench.state(job) is S.UNCONFIRMED
        looks = fal.count("history")
        await clock.pass_seconds(DAY)
        assert fal.count("history") == looks
        await bench.jobs.check_now(job.job_id)
        await clock.pass_seconds(1)
        assert fal.count("history") == looks + 1
    assert fal.count("submit") == 1


async def test_only_the_person_sends_again(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_BEFORE)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(100)
        await bench.jobs.send_again(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
        await clock.pass_seconds(2 * DAY)
        assert len(bench.jobs.all()) == 1
    assert len(fal.posts) == 1


@pytest.mark.parametrize("wish", ["send_again", "give_up"])
async def test_what_turns_up_after_the_decision_is_adopted(tmp_path, clock, fal, wish):
    fal.next_posts.append(Post.LOST_AFTER)
    fal.listed_after = 1000
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(100)
        await getattr(bench.jobs, wish)(job.job_id)
        await clock.run(lambda: len(bench.jobs.all()) == 2 and bench.all_final())
        first, second = bench.jobs.all()
        assert first.state is (S.FINISHED if wish == "send_again" else S.CANCELLED)
        assert (second.state, second.take_letter, second.shot_id) == (S.FINISHED, "B", job.shot_id)
        assert second.request.request_id == "request-1"
        await clock.pass_seconds(2 * DAY)
        assert len(bench.jobs.all()) == 2
    assert len(fal.posts) == (2 if wish == "send_again" else 1)
    assert len({clip.path for clip in bench.made}) == len(fal.posts)


async def test_equal_bodies_are_counted(tmp_path, clock, fal):
    """Three equal takes, one lost before and one lost after: exactly one stays unconfirmed."""
    fal.next_posts.extend([Post.LOST_BEFORE, Post.LOST_AFTER, Post.ACCEPT])
    async with scripted_bench(tmp_path, fal) as bench:
        jobs = await bench.jobs.order(an_order(count=3))
        await clock.pass_seconds(2 * DAY)
        states = sorted(bench.state(job) for job in jobs)
        assert states == [S.FINISHED, S.FINISHED, S.UNCONFIRMED]
        ids = [bench.jobs.get(job.job_id).request for job in jobs]
        assert len({one.request_id for one in ids if one}) == 2
    assert fal.count("submit") == 3


async def test_another_ones_request_is_not_taken(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_BEFORE)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(1)
        await fal.submit(job.endpoint_id, {"prompt": "Something else"})
        await clock.pass_seconds(DAY)
        assert bench.state(job) is S.UNCONFIRMED


async def test_a_history_that_may_not_be_read_is_said_with_time_and_model(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_AFTER)
    fal.history = Unavailable(FORBIDDEN())
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(60)
        problem = bench.jobs.get(job.job_id).problem
        assert problem.code == "history_unavailable"
        assert job.endpoint_id in problem.said()
        assert "2023-11-14 22:13" in problem.said()
        fal.history = None
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1


async def test_a_history_in_trouble_is_asked_again(tmp_path, clock, fal):
    fal.next_posts.append(Post.LOST_AFTER)
    fal.history = ServerTrouble(SERVER_TROUBLE(host="x", status=500), status=500)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(3600)
        assert bench.jobs.get(job.job_id).problem.code == "fal_submit_unconfirmed"
        fal.history = None
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1
