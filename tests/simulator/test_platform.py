"""Models, prices, request history and the schemas."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kling_desktop.simulator.clock import rfc3339
from kling_desktop.simulator.requests import Status
from tests.helpers.simulator import openapi_document, simulator_here, write_documents
from tests.simulator.conftest import FROM_PICTURE, FROM_TEXT, Caller

WORDS = {"prompt": "a boat on a quiet lake"}
HISTORY = "/v1/models/requests/by-endpoint"


async def test_models_are_listed_with_and_without_a_key(caller, call):
    listed = (await call("").http.get("/v1/models", params={"limit": 100})).json()
    ids = [one["endpoint_id"] for one in listed["models"]]
    assert FROM_TEXT in ids
    assert (listed["has_more"], listed["next_cursor"]) == (False, None)
    one = await caller.http.get(
        "/v1/models", params={"endpoint_id": FROM_TEXT, "expand": "openapi-3.0"}
    )
    (model,) = one.json()["models"]
    assert model["openapi"]["info"]["x-fal-metadata"]["endpointId"] == FROM_TEXT
    missing = await caller.http.get("/v1/models", params={"endpoint_id": "no/such"})
    assert missing.status_code == 404
    assert missing.json()["error"]["message"] == "Endpoint(s) not found"
    assert (await call("unknown:key").http.get("/v1/models")).status_code == 401


async def test_pages_follow_a_cursor(caller):
    first = (await caller.http.get("/v1/models", params={"limit": 1})).json()
    assert first["has_more"]
    second = (
        await caller.http.get("/v1/models", params={"limit": 1, "cursor": first["next_cursor"]})
    ).json()
    assert second["models"] != first["models"]
    assert (await caller.http.get("/v1/models", params={"cursor": "%"})).status_code == 400


async def test_prices_are_per_second(caller):
    answer = await caller.http.get(
        "/v1/models/pricing", params=[("endpoint_id", FROM_TEXT), ("endpoint_id", FROM_PICTURE)]
    )
    prices = {one["endpoint_id"]: one for one in answer.json()["prices"]}
    assert prices[FROM_PICTURE]["unit"] == "seconds"
    assert 0 < prices[FROM_PICTURE]["unit_price"] < prices[FROM_TEXT]["unit_price"]
    assert (await caller.http.get("/v1/models/pricing")).status_code == 400


async def test_the_history_finds_a_request_whose_answer_was_lost(sim, caller, call):
    sim.context.queue.hold(Status.IN_QUEUE)
    submitted = await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"})
    asked = {
        "endpoint_id": FROM_TEXT,
        "expand": "payloads",
        "start": rfc3339(sim.context.clock.now() - 120),
        "limit": 100,
    }
    (row,) = (await caller.http.get(HISTORY, params=asked)).json()["items"]
    assert row["request_id"] == submitted["request_id"]
    assert row["json_input"] == {**WORDS, "duration": "7"}
    assert (row["ended_at"], row["status_code"]) == (None, None)
    assert (await call("other:key").http.get(HISTORY, params=asked)).json()["items"] == []
    sim.context.queue.hold(None)
    await caller.completed(submitted)
    (row,) = (await caller.http.get(HISTORY, params=asked)).json()["items"]
    assert row["status_code"] == 422
    assert row["json_output"]["detail"][0]["loc"] == ["body", "duration"]


async def test_the_history_can_be_narrowed(caller):
    for prompt in ("a", "b"):
        last = await caller.submit(FROM_TEXT, {"prompt": prompt, "duration": "7"})
        await caller.completed(last)
    ended = datetime.now(UTC) + timedelta(seconds=5)

    async def found(**asked):
        answer = await caller.http.get(HISTORY, params={"endpoint_id": FROM_TEXT, **asked})
        return answer.json()["items"]

    assert len(await found()) == 2
    assert "json_input" not in (await found())[0]
    assert len(await found(request_id=last["request_id"])) == 1
    assert len(await found(status="user_error")) == 2
    assert await found(status="success") == []
    assert await found(start=ended.isoformat()) == []
    assert len(await found(end=ended.isoformat())) == 2
    assert len(await found(limit=1)) == 1
    wrong = await caller.http.get(HISTORY, params={"endpoint_id": FROM_TEXT, "start": "soon"})
    assert wrong.status_code == 400
    assert wrong.json()["error"]["type"] == "validation_error"


async def test_requests_may_show_up_late_and_without_their_payload(tmp_path):
    async with simulator_here(tmp_path / "late", history_delay=60) as sim:
        caller = Caller(sim.url)
        await caller.submit(FROM_TEXT, {**WORDS, "duration": "7"}, headers={"X-Fal-Store-IO": "0"})
        asked = {"endpoint_id": FROM_TEXT, "expand": "payloads"}
        assert (await caller.http.get(HISTORY, params=asked)).json()["items"] == []
        sim.context.clock.advance(61)
        (row,) = (await caller.http.get(HISTORY, params=asked)).json()["items"]
        assert "json_input" not in row
        await caller.http.aclose()


async def test_documents_are_public_and_complete(call):
    nobody = call("")
    url = "/api/openapi/queue/openapi.json"
    document = (await nobody.http.get(url, params={"endpoint_id": FROM_PICTURE})).json()
    post = document["paths"][f"/{FROM_PICTURE}"]["post"]
    ref = post["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][ref.rsplit("/", 1)[-1]]
    assert schema["required"] == ["prompt", "image_url"]
    assert schema["properties"]["duration"]["enum"] == ["5", "10"]
    assert "x-kling-desktop" not in str(document)
    answer = document["paths"][f"/{FROM_PICTURE}/requests/{{request_id}}"]["get"]["responses"]
    assert "#/components/schemas/" in str(answer)
    missing = await nobody.http.get(url, params={"endpoint_id": "no/such"})
    assert (missing.status_code, missing.json()) == (404, None)


async def test_fals_own_documents_can_stand_in_for_the_catalogue(tmp_path):
    invented = openapi_document("somebody/model/v1", {"prompt": {"type": "string"}})
    wrapped = {"endpoint_id": "somebody/model/v2", "metadata": {"display_name": "Two"}}
    wrapped["openapi"] = openapi_document("somebody/model/v2", {"prompt": {"type": "string"}})
    schemas = write_documents(tmp_path / "schemas", invented, wrapped)
    async with simulator_here(tmp_path / "simulator", schemas=schemas) as sim:
        caller = Caller(sim.url)
        listed = (await caller.http.get("/v1/models")).json()["models"]
        assert [one["metadata"]["display_name"] for one in listed] == ["somebody/model/v1", "Two"]
        answer = await caller.http.get(
            "/api/openapi/queue/openapi.json", params={"endpoint_id": "somebody/model/v1"}
        )
        assert answer.json() == invented
        await caller.http.aclose()
