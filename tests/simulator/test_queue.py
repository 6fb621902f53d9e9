"""The queue as a client sees it."""

from __future__ import annotations

import asyncio
import json
from uuid import UUID

import pytest

from kling_desktop.simulator.requests import Ending, Status
from tests.simulator.conftest import FROM_PICTURE, FROM_TEXT, picture

WORDS = {"prompt": "a boat on a quiet lake"}


async def test_a_request_passes_through_every_state_in_order(sim, caller):
    sim.context.queue.hold(Status.IN_QUEUE)
    submitted = await caller.submit(FROM_TEXT, WORDS)
    assert UUID(submitted["request_id"]).version == 7
    assert submitted["status"] == "IN_QUEUE"
    assert submitted["queue_position"] >= 0
    waiting = await caller.http.get(submitted["status_url"], params={"logs": 1})
    assert waiting.status_code == 202
    assert waiting.json()["status"] == "IN_QUEUE"
    sim.context.queue.hold(Status.IN_PROGRESS)
    running = await caller.reached(submitted, "IN_PROGRESS")
    assert running["logs"] is not None
    early = await caller.http.get(submitted["response_url"])
    assert early.status_code == 400
    assert early.json()["detail"] == "Request is still in progress"
    assert early.json()["status_url"] == submitted["status_url"]
    sim.context.queue.hold(None)
    done = await caller.completed(submitted)
    assert done["metrics"]["inference_time"] > 0
    assert "error" not in done
    result = await caller.http.get(submitted["response_url"])
    assert result.status_code == 200
    assert result.headers["x-fal-request-id"] == submitted["request_id"]
    assert result.json()["video"]["content_type"] == "video/mp4"


async def test_logs_tell_the_true_progress_of_the_render(caller):
    done = await caller.completed(await caller.submit(FROM_TEXT, WORDS))
    told = [line["message"] for line in done["logs"] if "rendering" in line["message"]]
    parts = [int(message.split()[1]) for message in told]
    assert parts[-1] == 100
    assert parts == sorted(set(parts))
    assert len(parts) > 5
    assert {"message", "level", "source", "timestamp"} == set(done["logs"][0])


async def test_logs_are_null_unless_asked_for(caller):
    submitted = await caller.submit(FROM_TEXT, WORDS)
    await caller.completed(submitted)
    assert (await caller.status(submitted, logs=False))["logs"] is None


async def test_positions_go_down_and_no_more_run_than_are_allowed(sim, caller):
    sim.context.queue.hold(Status.IN_PROGRESS)
    sent = [await caller.submit(FROM_TEXT, {"prompt": f"hill {n}"}) for n in range(5)]
    for one in sent[:2]:
        await caller.reached(one, "IN_PROGRESS")
    await asyncio.sleep(0.1)
    states = [await caller.status(one) for one in sent]
    assert [one["status"] for one in states[2:]] == ["IN_QUEUE"] * 3
    assert [one["queue_position"] for one in states[2:]] == [0, 1, 2]
    sim.context.queue.hold(None)
    ends = [(await caller.result(one)).status_code for one in sent]
    assert ends == [200] * 5


async def test_a_new_request_stands_behind_other_peoples(tmp_path, sim, caller):
    sim.context.queue.hold(Status.IN_QUEUE)
    submitted = await caller.submit(FROM_TEXT, WORDS)
    assert submitted["queue_position"] == sim.context.settings.others_ahead
    await asyncio.sleep(0.1)
    assert (await caller.status(submitted))["queue_position"] == 0
    await caller.http.put(submitted["cancel_url"])


@pytest.mark.parametrize("prefix", [FROM_TEXT, "fal-ai/kling-video"])
@pytest.mark.parametrize("tail", ["", "/", "/response", "/response/"])
async def test_every_way_to_write_the_addresses_is_understood(caller, prefix, tail):
    submitted = await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"})
    await caller.completed(submitted)
    url = f"/{prefix}/requests/{submitted['request_id']}"
    assert (await caller.http.get(url + tail)).status_code == 422
    slash = "/" if tail.endswith("/") else ""
    assert (await caller.http.get(f"{url}/status{slash}?logs=true")).status_code == 200
    cancelled = await caller.http.put(f"{url}/cancel{slash}")
    assert (cancelled.status_code, cancelled.json()) == (400, {"status": "ALREADY_COMPLETED"})


async def test_the_wrong_method_on_a_request_is_405(caller):
    submitted = await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"})
    assert (await caller.http.post(submitted["status_url"])).status_code == 405
    assert (await caller.http.get("/nowhere")).status_code == 404


async def test_a_request_belongs_to_its_app_and_its_key(caller, call):
    submitted = await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"})
    stranger = call("other:key")
    for client, url in (
        (stranger, submitted["status_url"]),
        (caller, submitted["status_url"].replace("fal-ai/kling-video", "fal-ai/flux")),
        (caller, submitted["status_url"].replace(submitted["request_id"], "none")),
    ):
        answer = await client.http.get(url)
        assert (answer.status_code, answer.json()) == (404, {"status": "NOT_FOUND"})
    answer = await stranger.http.get(submitted["response_url"])
    assert (answer.status_code, answer.json()) == (404, {"detail": "Request not found"})
    answer = await stranger.http.put(submitted["cancel_url"])
    assert (answer.status_code, answer.json()) == (404, {"status": "NOT_FOUND"})


async def test_cancel_in_the_queue_removes_the_request(sim, caller):
    sim.context.queue.hold(Status.IN_QUEUE)
    submitted = await caller.submit(FROM_TEXT, WORDS)
    answer = await caller.http.put(submitted["cancel_url"])
    assert (answer.status_code, answer.json()) == (200, {"status": "OK"})
    done = await caller.completed(submitted)
    assert done["error_type"] == "client_cancelled"
    result = await caller.http.get(submitted["response_url"])
    assert result.status_code == 499
    sim.context.queue.hold(None)
    await caller.completed(await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"}))


async def test_cancel_of_a_running_request_is_a_wish_and_the_clip_still_comes(sim, caller):
    sim.context.queue.hold(Status.IN_PROGRESS)
    submitted = await caller.submit(FROM_TEXT, WORDS)
    await caller.reached(submitted, "IN_PROGRESS")
    answer = await caller.http.put(submitted["cancel_url"])
    assert (answer.status_code, answer.json()) == (202, {"status": "CANCELLATION_REQUESTED"})
    sim.context.queue.hold(None)
    assert (await caller.result(submitted)).status_code == 200


async def test_the_stream_tells_each_change_once_and_closes_after_the_end(caller):
    submitted = await caller.submit(FROM_TEXT, WORDS)
    async with caller.http.stream("GET", submitted["status_url"] + "/stream?logs=1") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        said = [line async for line in answer.aiter_lines() if line.startswith("data: ")]
    events = [json.loads(line.removeprefix("data: ")) for line in said]
    states = [one["status"] for one in events]
    assert states == sorted(states, key=["IN_QUEUE", "IN_PROGRESS", "COMPLETED"].index)
    assert states[-1] == "COMPLETED"
    lines = [line["message"] for one in events for line in one.get("logs") or []]
    assert lines == [line["message"] for line in (await caller.status(submitted))["logs"]]


async def test_a_request_that_does_not_start_in_time_ends_with_504(sim, caller):
    sim.context.queue.hold(Status.IN_QUEUE)
    submitted = await caller.submit(
        FROM_TEXT, WORDS, headers={"X-Fal-Request-Start-Timeout": "0.2"}
    )
    result = await caller.result(submitted)
    assert result.status_code == 504
    assert result.headers["x-fal-request-timeout-type"] == "user"


async def test_a_full_queue_refuses_where_a_limit_is_given(sim, caller):
    sim.context.queue.hold(Status.IN_QUEUE)
    first = await caller.submit(FROM_TEXT, WORDS)
    answer = await caller.http.post(f"/{FROM_TEXT}?fal_max_queue_length=0", json=WORDS)
    assert answer.status_code == 429
    await caller.http.put(first["cancel_url"])


async def test_an_ending_can_be_chosen_before(sim, caller):
    body = {"detail": [{"loc": ["body"], "msg": "No.", "type": "content_policy_violation"}]}
    sim.context.queue.end_next_with(Ending(status=422, body=body))
    submitted = await caller.submit(FROM_TEXT, WORDS)
    assert "error" not in await caller.completed(submitted)
    result = await caller.result(submitted)
    assert (result.status_code, result.json()) == (422, body)


async def test_results_are_forgotten_after_their_time(sim, caller):
    submitted = await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"})
    await caller.completed(submitted)
    sim.context.clock.advance(31 * 86_400)
    result = await caller.http.get(submitted["response_url"])
    assert (result.status_code, result.json()) == (404, {"detail": "Request not found"})


async def test_the_same_words_twice_give_two_takes(caller, tmp_path):
    clips = [await caller.clip(FROM_TEXT, WORDS, tmp_path / f"{n}.mp4") for n in range(2)]
    assert clips[0].read_bytes() != clips[1].read_bytes()


async def test_a_broken_render_ends_one_request_only(sim, caller, noise):
    noise.allow("the simulator failed at a request")
    url = await caller.upload(picture())
    stored = sim.context.files.find_by_path(url.removeprefix(sim.url))
    path = sim.context.files.path(stored.file_id)
    data = path.read_bytes()
    path.unlink()
    body = {"prompt": "x", "image_url": url}
    broken = await caller.result(await caller.submit(FROM_PICTURE, body))
    assert broken.status_code == 500
    path.write_bytes(data)
    assert (await caller.result(await caller.submit(FROM_PICTURE, body))).status_code == 200
