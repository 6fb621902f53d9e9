"""What fal says while it has the job, in every shape, and that only its word ends one."""

from __future__ import annotations

import pytest

from kling_desktop.core.problems import ActionRefusedError
from kling_desktop.fal import outcomes
from kling_desktop.fal.errors import KeyRefused, NotConnected, NotFound, ServerTrouble
from kling_desktop.fal.problems import (
    KEY_REFUSED,
    MODEL_FAILED,
    NOT_CONNECTED,
    REQUEST_GONE,
    SERVER_TROUBLE,
)
from kling_desktop.records.job import JobState as S
from kling_desktop.records.job import LogLine
from kling_desktop.records.problem import Charge
from tests.helpers.engine import an_order, scripted_bench
from tests.helpers.scripted_fal import PlainAddresses

AWAY = NotConnected(NOT_CONNECTED(host="x"))
TROUBLE = ServerTrouble(SERVER_TROUBLE(host="x", status=500), status=500, said_by_fal=True)
UNKNOWN = NotFound(REQUEST_GONE())


async def until_in_queue(bench, clock, **changes):
    jobs = await bench.jobs.order(an_order(**changes))
    await clock.run(lambda: all(bench.state(job) is S.IN_QUEUE for job in jobs))
    return jobs


async def test_back_to_the_queue_and_words_nobody_knows(tmp_path, clock, fal):
    fal.next_statuses.extend(
        [
            outcomes.InQueue(9), outcomes.InProgress(), outcomes.InQueue(None),
            outcomes.UnknownStatus("PONDERING"), outcomes.InProgress(), outcomes.Completed(),
        ]
    )  # fmt: skip
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    assert bench.states[job.job_id][3:8] == [
        S.IN_QUEUE, S.IN_PROGRESS, S.IN_QUEUE, S.IN_PROGRESS, S.FETCHING,
    ]  # fmt: skip


async def test_log_lines_come_once_and_end_among_the_events(tmp_path, clock, fal):
    one, two = LogLine(message="a", at="1", level="INFO"), LogLine(message="b", at="2")
    fal.next_statuses.extend(
        [
            outcomes.InProgress((one,)), outcomes.InProgress((one, two)),
            outcomes.InProgress((two,)), outcomes.Completed((two,)),
        ]
    )  # fmt: skip
    told = []
    async with scripted_bench(tmp_path, fal) as bench:
        bench.jobs.logged.connect(told.append)
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.jobs.logs(job.job_id) == (one, two)
        facts = [event.facts for event in await bench.jobs.events(job.job_id)]
    assert told == [job.job_id] * 2
    assert {"logs": [["1", "INFO", "a"], ["2", "", "b"]]} in facts


async def test_a_network_that_is_gone_for_an_hour(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        told = []
        bench.jobs.away_changed.connect(lambda origin, away: told.append(away))
        jobs = await until_in_queue(bench, clock, count=20)
        fal.default_status = AWAY
        asked = fal.count("status")
        await clock.pass_seconds(3600)
        assert {bench.jobs.get(job.job_id).problem.code for job in jobs} == {"fal_not_connected"}
        assert not {bench.state(job) for job in jobs} & {S.FAILED, S.CANCELLED}
        assert fal.count("status") - asked < 1500
        fal.default_status = None
        back = clock.now()
        await clock.run(lambda: all(bench.jobs.get(one.job_id).problem is None for one in jobs))
        assert clock.now() - back <= 6
        await clock.run(bench.all_final)
    assert (len(fal.posts), told) == (20, [True, False])


async def test_the_word_that_the_network_is_back_is_enough(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        jobs = await until_in_queue(bench, clock, count=5)
        fal.default_status = AWAY
        await clock.pass_seconds(600)
        fal.default_status = None
        back = clock.now()
        bench.jobs.network_back()
        await clock.run(lambda: all(bench.jobs.get(one.job_id).problem is None for one in jobs))
        assert clock.now() == back


async def test_server_trouble_about_one_request_leaves_the_others_alone(tmp_path, clock, fal):
    fal.next_statuses.extend([TROUBLE] * 4)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(2)
        assert bench.jobs.get(job.job_id).problem.code == "fal_server_trouble"
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED


async def test_a_refused_key_keeps_everything_and_a_new_one_goes_on(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await until_in_queue(bench, clock)
        fal.default_status = KeyRefused(KEY_REFUSED())
        await clock.pass_seconds(2 * 3600)
        assert bench.jobs.get(job.job_id).problem.code == "fal_key_refused"
        (other,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(60)
        assert bench.state(other) is S.WAITING
        fal.default_status = None
        bench.jobs.key_changed()
        await clock.run(bench.all_final)
    assert {bench.states[one.job_id][-1] for one in (job, other)} == {S.FINISHED}


async def test_a_young_request_that_is_not_found_is_waited_for(tmp_path, clock, fal):
    fal.next_statuses.extend([UNKNOWN] * 3)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        problems = []
        bench.jobs.changed.connect(lambda one: problems.append(one.problem))
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert not any(problems)


async def test_a_request_that_is_gone_is_told_and_can_be_fetched_later(tmp_path, clock, fal):
    fal.default_status = UNKNOWN
    fal.next_results.extend([outcomes.Gone(REQUEST_GONE())] * 3)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(120)
        assert bench.jobs.get(job.job_id).problem.code == "request_not_found"
        await clock.run(bench.all_final)
        failed = bench.jobs.get(job.job_id)
        assert (failed.state, failed.charge) == (S.FAILED, Charge.MAY_BE)
        await bench.jobs.retry(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert len(fal.posts) == 1


async def test_a_result_that_is_not_ready_is_asked_for_again(tmp_path, clock, fal):
    fal.next_results.extend([outcomes.NotReady()] * 2)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    assert bench.states[job.job_id][-1] is S.FINISHED
    assert fal.count("result") == 3


async def test_a_result_behind_a_502_is_not_the_end(tmp_path, clock, fal):
    gateway = ServerTrouble(SERVER_TROUBLE(host="x", status=502), status=502)
    fal.next_results.extend([gateway] * 5)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    assert bench.states[job.job_id][-1] is S.FINISHED


@pytest.mark.parametrize("charge", [Charge.NOT_CHARGED, Charge.MAY_BE])
async def test_a_model_that_failed(tmp_path, clock, fal, charge):
    detail = [{"loc": ["body", "prompt"], "msg": "flagged", "type": "content_policy_violation"}]
    fal.next_results.append(outcomes.ModelFailed(MODEL_FAILED(reason="no"), detail, charge))
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        failed = bench.jobs.get(job.job_id)
    assert (failed.state, failed.charge, failed.problem.charge) == (S.FAILED, charge, charge)


async def test_a_complaint_lands_at_its_field(tmp_path, clock, fal):
    detail = [
        {"loc": ["body", "prompt"], "msg": "too long", "type": "string_too_long"},
        {"loc": ["body", "duration"], "msg": "no such", "type": "literal_error"},
    ]
    failed = outcomes.ModelFailed(MODEL_FAILED(reason="no"), detail, Charge.NOT_CHARGED)
    fal.next_results.append(failed)
    endpoint = "fal-ai/kling-video/v2.1/master/text-to-video"
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order(endpoint_id=endpoint))
        await clock.run(bench.all_final)
        problem = bench.jobs.get(job.job_id).problem
    assert problem.loc == ("prompt",)
    assert problem.details


async def test_a_result_without_a_file_is_kept_as_it_is(tmp_path, clock, fal):
    fal.next_results.append(outcomes.Output({"voice_id": "v-1"}))
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.jobs.get(job.job_id).result == {"voice_id": "v-1"}
        assert bench.store.get(job.job_id).result == {"voice_id": "v-1"}
    assert not bench.made


async def test_a_wish_to_stop_is_passed_on_and_a_late_result_is_kept(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await until_in_queue(bench, clock)
        await bench.jobs.cancel(job.job_id)
        assert bench.store.get(job.job_id).cancel_wished
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert fal.count("cancel") == 1
    assert len(bench.made) == 1


async def test_fal_stops_on_the_wish(tmp_path, clock, fal):
    stopped = MODEL_FAILED(reason="stopped")
    failed = outcomes.ModelFailed(stopped, None, Charge.PROBABLY_NOT, "client_cancelled")
    fal.next_results.append(failed)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await until_in_queue(bench, clock)
        await bench.jobs.cancel(job.job_id)
        await clock.run(bench.all_final)
        ended = bench.jobs.get(job.job_id)
    assert (ended.state, ended.charge) == (S.CANCELLED, Charge.PROBABLY_NOT)


async def test_a_request_removed_from_the_queue_is_not_found_any_more(tmp_path, clock, fal):
    fal.next_cancels.append(outcomes.Removed())
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await until_in_queue(bench, clock)
        fal.default_status = UNKNOWN
        await bench.jobs.cancel(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.CANCELLED


async def test_too_late_to_stop_fetches_at_once(tmp_path, clock, fal):
    fal.next_cancels.append(outcomes.AlreadyCompleted())
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await until_in_queue(bench, clock)
        await bench.jobs.cancel(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
        with pytest.raises(ActionRefusedError):
            await bench.jobs.cancel(job.job_id)


async def test_a_wish_survives_a_lost_connection(tmp_path, clock, fal):
    fal.next_cancels.append(AWAY)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await until_in_queue(bench, clock)
        await bench.jobs.cancel(job.job_id)
        await clock.run(bench.all_final)
    assert fal.count("cancel") == 2
    assert bench.states[job.job_id][-1] is S.FINISHED


async def test_an_input_that_fal_could_not_fetch_is_brought_up_again(tmp_path, clock, fal):
    picture = f"media://{'a' * 64}.jpg"
    no_file = MODEL_FAILED(reason="no file")
    fal.next_results.append(
        outcomes.ModelFailed(no_file, None, Charge.NOT_CHARGED, "file_download_error")
    )
    uploads = PlainAddresses()
    async with scripted_bench(tmp_path, fal, uploads=uploads) as bench:
        await bench.jobs.order(an_order(values={"image_url": picture}))
        await clock.run(bench.all_final)
    assert [str(ref) for ref in uploads.forgotten] == [picture]


async def test_a_key_that_works_again_lets_waiting_jobs_go(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        await until_in_queue(bench, clock)
        fal.default_status = KeyRefused(KEY_REFUSED())
        await clock.pass_seconds(30)
        (other,) = await bench.jobs.order(an_order())
        await clock.pass_seconds(30)
        assert bench.state(other) is S.WAITING
        fal.default_status = None
        await clock.run(bench.all_final)
        assert bench.state(other) is S.FINISHED


async def test_words_that_nobody_knows_do_not_keep_a_job_for_ever(tmp_path, clock, fal):
    fal.next_statuses.extend([outcomes.UnknownStatus("FAILED")] * 5)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    assert bench.states[job.job_id][-1] is S.FINISHED
    assert fal.count("status") == 5
