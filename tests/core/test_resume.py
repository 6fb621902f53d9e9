"""Ended without warning in every state, and started again: nothing twice, nothing lost."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, deque

import pytest

from kling_desktop.fal.errors import AnswerLost, ServerTrouble
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.problems import ANSWER_LOST, SERVER_TROUBLE
from kling_desktop.records.job import JobState as S
from tests.helpers.engine import an_order, begun, crash, scripted_bench
from tests.helpers.scripted_fal import Post, ScriptedFal
from tests.helpers.virtual_time import VirtualClock

OTHER_SERVER = "http://127.0.0.1:10"


@pytest.mark.parametrize(
    "state",
    [S.WAITING, S.UPLOADING, S.IN_QUEUE, S.IN_PROGRESS, S.FETCHING, S.DOWNLOADING],
)
async def test_it_goes_on_where_it_was(tmp_path, clock, fal, state):
    first = await begun(tmp_path, fal)
    await _crash_when(first, state, clock)
    async with scripted_bench(tmp_path, fal) as second:
        await clock.run(second.all_final)
        (job,) = second.jobs.all()
        assert job.state is S.FINISHED
        assert len(job.clip_ids) == 1
        names = [name for name in second.files() if name.endswith(".mp4")]
        assert names == ["Cat_A.mp4"]
    assert len(fal.posts) == 1


async def _crash_when(bench, state, clock):
    """Ends it right after the first change into that state reached the disk."""
    reached = []
    bench.jobs.changed.connect(lambda job: reached.append(job.state))
    bench.jobs.added.connect(lambda job: reached.append(job.state))
    await bench.jobs.order(an_order())
    while state not in reached:
        await asyncio.sleep(0)
        if not getattr(asyncio.get_running_loop(), "_ready"):  # noqa: B009
            await clock.pass_seconds(0.5)
    await crash(bench)


async def test_an_answer_that_nobody_heard_is_never_asked_for_twice(tmp_path, clock, fal):
    fal.next_posts.append(Post.HANG)
    first = await begun(tmp_path, fal)
    await first.jobs.order(an_order())
    await clock.run(lambda: fal.count("submit") == 1)
    await crash(first)
    async with scripted_bench(tmp_path, fal) as second:
        await clock.run(second.all_final)
        (job,) = second.jobs.all()
        assert job.state is S.FINISHED
        assert second.states[job.job_id][0] is S.UNCONFIRMED
    assert fal.count("submit") == 1


async def test_a_post_that_never_left_is_not_repeated_either(tmp_path, clock, fal):
    fal.next_posts.append(Post.HANG)
    first = await begun(tmp_path, fal)
    await first.jobs.order(an_order())
    await clock.run(lambda: fal.count("submit") == 1)
    await crash(first)
    fal.requests.clear()
    async with scripted_bench(tmp_path, fal) as second:
        await clock.pass_seconds(3 * 24 * 3600)
        (job,) = second.jobs.all()
        assert job.state is S.UNCONFIRMED
    assert fal.count("submit") == 1


class DiesAtTheRow:
    """A store of clips before which the program ends."""

    def __init__(self, store):
        self.store, self.reached = store, False

    def get(self, clip_id):
        return self.store.get(clip_id)

    def save(self, clip):
        self.reached = True
        raise asyncio.CancelledError


async def test_a_file_in_its_place_is_recognized(tmp_path, clock, fal):
    dying = []
    first = await begun(
        tmp_path, fal, clips=lambda store: dying.append(DiesAtTheRow(store)) or dying[0]
    )
    await first.jobs.order(an_order())
    await clock.run(lambda: dying[0].reached)
    await crash(first)
    assert [name for name in first.files() if name.endswith(".mp4")] == ["Cat_A.mp4"]
    async with scripted_bench(tmp_path, fal) as second:
        await clock.run(second.all_final)
        assert [clip.path.name for clip in second.made] == ["Cat_A.mp4"]
    assert fal.count("download") == 1


async def test_a_job_of_another_server_stays_as_it_is(tmp_path, clock, fal):
    first = await begun(tmp_path, fal)
    (held,) = await first.jobs.order(an_order(held=True))
    (sent,) = await first.jobs.order(an_order())
    await clock.run(lambda: first.state(sent) is S.IN_QUEUE)
    await crash(first)
    calls = len(fal.calls)
    async with scripted_bench(tmp_path, fal, hosts=Hosts.single(OTHER_SERVER)) as second:
        await clock.pass_seconds(3600)
        for job in (held, sent):
            now = second.jobs.get(job.job_id)
            assert now.state is (S.WAITING if job is held else S.IN_QUEUE)
            assert now.problem.code == "other_server"
        assert len(fal.calls) == calls
        await crash(second)
    async with scripted_bench(tmp_path, fal) as third:
        await clock.pass_seconds(600)
        assert third.state(held) is S.WAITING
        await third.jobs.send_now(held.job_id)
        await clock.run(third.all_final)
        assert {job.state for job in third.jobs.all()} == {S.FINISHED}
    assert len(fal.posts) == 2


def _script(rng, fal):
    """A server on a bad day. It never says no, so in the end everything must be there."""
    lost = AnswerLost(ANSWER_LOST(host="x"))
    trouble = ServerTrouble(SERVER_TROUBLE(host="x", status=503), status=503)
    posts = [Post.ACCEPT, Post.LOST_AFTER, Post.LOST_BEFORE, Post.NOT_SENT, Post.LIMITED]
    fal.next_posts = deque(rng.choices(posts, [6, 2, 1, 2, 1], k=30))
    fal.next_statuses = deque(rng.choices([lost, trouble], k=rng.randrange(6)))
    fal.next_results = deque(rng.choices([lost, trouble], k=rng.randrange(3)))
    fal.next_downloads = deque(rng.choices([lost, trouble, b"<html>"], k=rng.randrange(2)))
    fal.listed_after = rng.choice([0, 30, 2000])


@pytest.mark.parametrize("seed", range(25))
async def test_many_faults_and_many_ends(tmp_path, seed):
    rng = random.Random(seed)
    clock = VirtualClock()
    fal = ScriptedFal(clock)
    _script(rng, fal)
    for _ in range(rng.randrange(1, 5)):
        bench = await begun(tmp_path, fal)
        await bench.jobs.order(an_order(rng.choice(["one", "two"]), count=rng.randrange(1, 3)))
        await clock.pass_seconds(rng.choice([0, 0.5, 3, 20, 400]))
        await crash(bench)
    async with scripted_bench(tmp_path, fal) as bench:
        await clock.pass_seconds(2 * 24 * 3600)
        jobs = bench.jobs.all()
        ordered = len(jobs)
        assert {job.state for job in jobs} <= {S.FINISHED, S.UNCONFIRMED}
        known = Counter(job.request.request_id for job in jobs if job.request)
        assert set(known) == set(fal.requests), "everything bought is here"
        assert set(known.values()) <= {1}
        finished = [job for job in jobs if job.state is S.FINISHED]
        files = [name for name in bench.files() if name.endswith(".mp4")]
        assert len(files) == len(finished) == len(set(files))
    assert len(fal.posts) <= ordered
