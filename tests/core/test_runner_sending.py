"""What becomes of the POST, answer by answer, and that there is never a second one."""

from __future__ import annotations

import pytest

from kling_desktop.core.problems import ActionRefusedError
from kling_desktop.fal.errors import Forbidden, KeyRefused, NotConnected, UploadRefused
from kling_desktop.fal.problems import BALANCE_EMPTY, FILE_EMPTY, KEY_REFUSED, NOT_CONNECTED
from kling_desktop.records.job import JobState as S
from kling_desktop.records.job import WaitingFor as W
from kling_desktop.records.problem import Charge
from tests.helpers.engine import Key, an_order, scripted_bench
from tests.helpers.scripted_fal import PlainAddresses, Post

PICTURE = f"media://{'a' * 64}.jpg"


async def test_certainly_not_sent_is_tried_again_by_itself(tmp_path, clock, fal):
    fal.next_posts.extend([Post.NOT_SENT] * 3)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: fal.count("submit") == 1 and bench.state(job) is S.WAITING)
        waiting = bench.jobs.get(job.job_id)
        assert (waiting.waiting_for, waiting.attempts) == (W.NETWORK, ())
        assert waiting.problem.code == "fal_not_connected"
        await clock.run(bench.all_final)
    assert (fal.count("submit"), len(fal.posts)) == (4, 1)
    assert bench.states[job.job_id][-1] is S.FINISHED


async def test_a_limit_is_waited_for_by_all(tmp_path, clock, fal):
    fal.next_posts.append(Post.LIMITED)
    async with scripted_bench(tmp_path, fal) as bench:
        begun = clock.now()
        first, second = await bench.jobs.order(an_order(count=2))
        await clock.run(lambda: bench.jobs.get(first.job_id).waiting_for is W.FAL_LIMIT)
        (third,) = await bench.jobs.order(an_order())
        await clock.run(lambda: bench.state(third) is S.IN_QUEUE)
        assert clock.now() - begun >= 30
        await clock.run(bench.all_final)
    assert len(fal.posts) == 3
    assert bench.states[second.job_id][-1] is S.FINISHED


async def test_a_refused_key_stops_all_sending_until_there_is_another(tmp_path, clock, fal):
    fal.next_posts.extend([Post.KEY] * 2)
    refused = []
    async with scripted_bench(tmp_path, fal) as bench:
        bench.jobs.account_refused.connect(lambda origin, problem: refused.append(problem.code))
        jobs = await bench.jobs.order(an_order(count=5))
        await clock.pass_seconds(3600)
        now = [bench.jobs.get(job.job_id) for job in jobs]
        assert {(one.state, one.waiting_for, one.problem.code) for one in now} == {
            (S.WAITING, W.KEY, "fal_key_refused")
        }
        assert fal.count("submit") <= 2
        assert refused == ["fal_key_refused"]
        bench.jobs.key_changed()
        await clock.run(bench.all_final)
    assert len(fal.posts) == 5


async def test_an_empty_balance_waits_for_the_person(tmp_path, clock, fal):
    fal.next_posts.append(Post.BALANCE)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(3600)
        assert bench.jobs.get(job.job_id).waiting_for is W.BALANCE
        bench.jobs.key_changed()
        await clock.pass_seconds(60)
        assert bench.jobs.get(job.job_id).waiting_for is W.BALANCE
        await bench.jobs.send_now(job.job_id)
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1


async def test_a_refused_job_costs_nothing_and_can_be_tried_again(tmp_path, clock, fal):
    fal.next_posts.append(Post.REFUSE)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        failed = bench.jobs.get(job.job_id)
        assert (failed.state, failed.charge) == (S.FAILED, Charge.NOT_CHARGED)
        await bench.jobs.retry(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert len(fal.posts) == 1


async def test_without_a_key_it_waits_and_goes_on_when_there_is_one(tmp_path, clock, fal):
    key = Key(None)
    async with scripted_bench(tmp_path, fal, key=key) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(60)
        waiting = bench.jobs.get(job.job_id)
        assert (waiting.waiting_for, waiting.problem.code) == (W.KEY, "key_missing")
        key.text = "id:secret"
        bench.jobs.key_changed()
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED


async def test_local_files_are_brought_up_and_named_in_the_body(tmp_path, clock, fal):
    uploads = PlainAddresses()
    values = {"prompt": "p", "image_url": PICTURE, "more": [PICTURE]}
    async with scripted_bench(tmp_path, fal, uploads=uploads) as bench:
        await bench.jobs.order(an_order(values=values))
        await clock.run(bench.all_final)
    address = f"https://files.example/{'a' * 64}.jpg"
    assert fal.posts == [{"prompt": "p", "image_url": address, "more": [address]}]
    assert len(uploads.asked) == 1


@pytest.mark.parametrize(
    ("error", "state", "waiting_for"),
    [
        (NotConnected(NOT_CONNECTED(host="x")), S.WAITING, W.NETWORK),
        (KeyRefused(KEY_REFUSED()), S.WAITING, W.KEY),
        (Forbidden(BALANCE_EMPTY(), reason="balance"), S.WAITING, W.BALANCE),
        (UploadRefused(FILE_EMPTY(name="x")), S.FAILED, W.NOTHING),
    ],
)
async def test_an_upload_that_fails(tmp_path, clock, fal, error, state, waiting_for):
    uploads = PlainAddresses()
    uploads.next_errors.append(error)
    async with scripted_bench(tmp_path, fal, uploads=uploads) as bench:
        (job,) = await bench.jobs.order(an_order(values={"image_url": PICTURE}))
        await clock.run(lambda: bench.jobs.get(job.job_id).problem is not None)
        now = bench.jobs.get(job.job_id)
        assert (now.state, now.waiting_for, now.charge) == (state, waiting_for, Charge.NOT_CHARGED)
        assert now.problem == error.problem
        await bench.jobs.retry(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert len(fal.posts) == 1


async def test_held_jobs_stay_until_they_are_sent(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order(held=True))
        await clock.pass_seconds(3600)
        assert bench.jobs.get(job.job_id).waiting_for is W.PERSON
        await bench.jobs.send_now(job.job_id)
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1


async def test_paused_sending_lets_fals_jobs_go_on(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (first,) = await bench.jobs.order(an_order())
        await clock.run(lambda: bench.state(first) is S.IN_QUEUE)
        await bench.jobs.pause_sending(True)
        (second,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(600)
        assert (bench.state(first), bench.state(second)) == (S.FINISHED, S.WAITING)
        await bench.jobs.pause_sending(False)
        await clock.run(bench.all_final)
    assert len(fal.posts) == 2


async def test_takes_share_a_batch_and_their_letters_go_on(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        jobs = await bench.jobs.order(an_order(count=3, held=True))
        (more,) = await bench.jobs.order(an_order(shot_id=jobs[0].shot_id, held=True))
        assert [job.take_letter for job in (*jobs, more)] == ["A", "B", "C", "D"]
        assert len({job.batch_id for job in jobs}) == 1
        assert more.batch_id != jobs[0].batch_id


async def test_cancel_is_at_once_while_it_is_here(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order(held=True))
        await bench.jobs.cancel(job.job_id)
        assert bench.jobs.get(job.job_id).state is S.CANCELLED
        assert bench.jobs.get(job.job_id).charge is Charge.NOT_CHARGED
        await bench.jobs.remove(job.job_id)
        await clock.pass_seconds(60)
        assert not bench.jobs.all()
    assert not fal.posts


async def test_cancel_is_impossible_while_it_is_being_sent(tmp_path, clock, fal):
    fal.next_posts.append(Post.HANG)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: fal.count("submit") == 1)
        for wish in (bench.jobs.cancel, bench.jobs.hold, bench.jobs.retry, bench.jobs.remove):
            with pytest.raises(ActionRefusedError):
                await wish(job.job_id)
        assert bench.state(job) is S.SUBMITTING


async def test_the_body_and_the_attempt_are_on_disk_before_the_post_leaves(tmp_path, clock, fal):
    seen = []
    async with scripted_bench(tmp_path, fal) as bench:
        fal.on_post = lambda: seen.extend(bench.store.open_jobs())
        await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    (job,) = seen
    assert job.state is S.SUBMITTING
    assert job.body == fal.posts[0]
    assert len(job.attempts) == 1


async def test_the_request_is_on_disk_before_anything_else_is_asked(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: fal.count("status") == 1)
        assert bench.store.get(job.job_id).request.request_id == "request-1"
        notes = [event.state for event in await bench.jobs.events(job.job_id)]
        assert notes[:4] == [S.WAITING, S.UPLOADING, S.SUBMITTING, S.IN_QUEUE]


class FullDisk:
    """A store of jobs that takes no record of a job in one state, for a while."""

    def __init__(self, store, state):
        self.store, self.state, self.full, self.refused = store, state, True, 0

    def save(self, job, note="", facts=None):
        if self.full and job.state is self.state:
            self.refused += 1
            raise OSError(28, "No space left on device")
        self.store.save(job, note, facts)

    def __getattr__(self, name):
        return getattr(self.store, name)


def on_full_disk(tmp_path, fal, noise, state):
    noise.allow("cannot go on|is not saved")
    disks = []
    return disks, scripted_bench(
        tmp_path, fal, jobs=lambda store: disks.append(FullDisk(store, state)) or disks[0]
    )


async def test_what_cannot_be_recorded_is_not_sent(tmp_path, clock, fal, noise):
    disks, bench_later = on_full_disk(tmp_path, fal, noise, S.SUBMITTING)
    async with bench_later as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(600)
        assert fal.count("submit") == 0
        assert bench.jobs.get(job.job_id).problem.code == "cannot_save"
        disks[0].full = False
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1


async def test_an_answer_that_cannot_be_recorded_is_kept_until_it_can(tmp_path, clock, fal, noise):
    disks, bench_later = on_full_disk(tmp_path, fal, noise, S.IN_QUEUE)
    async with bench_later as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(600)
        assert bench.state(job) is S.SUBMITTING
        assert (fal.count("submit"), fal.count("status")) == (1, 0)
        disks[0].full = False
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert len(fal.posts) == 1


async def test_a_mistake_of_ours_leaves_the_job_resumable(tmp_path, clock, fal, noise):
    noise.allow("task job .* broke")
    fal.next_results.append(ZeroDivisionError())
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: bench.jobs.get(job.job_id).problem is not None)
        assert bench.jobs.get(job.job_id).problem.code == "stopped_by_surprise"
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert len(fal.posts) == 1


async def test_the_request_of_another_job_is_never_taken(tmp_path, clock, fal, noise):
    noise.allow("given the request of another job")
    async with scripted_bench(tmp_path, fal) as bench:
        (first,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        fal.same_request = True
        (second,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(10)
        assert bench.state(second) is S.UNCONFIRMED
        assert bench.state(first) is S.FINISHED


async def test_private_work_asks_fal_to_keep_no_record_and_no_files_for_long(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        await bench.jobs.order(an_order())
        await bench.jobs.order(an_order(private=True))
        await clock.run(bench.all_final)
    open_order, private_order = sorted(fal.options, key=lambda one: one is not None)
    assert open_order is None
    headers = private_order.headers()
    assert headers["X-Fal-Store-IO"] == "0"
    assert "86400" in headers["X-Fal-Object-Lifecycle-Preference"]


async def test_an_empty_balance_is_not_tried_by_itself_at_the_next_start(tmp_path, clock, fal):
    fal.next_posts.append(Post.BALANCE)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: bench.jobs.get(job.job_id).waiting_for is W.BALANCE)
    asked = fal.count("submit")
    async with scripted_bench(tmp_path, fal) as bench:
        await clock.pass_seconds(3600)
        assert bench.jobs.get(job.job_id).waiting_for is W.BALANCE
        assert fal.count("submit") == asked
        await bench.jobs.send_now(job.job_id)
        await clock.run(bench.all_final)
    assert len(fal.posts) == 1
