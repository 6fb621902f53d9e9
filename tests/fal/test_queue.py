"""Following a request at servers that are legal, and at servers that are not."""

from __future__ import annotations

import pytest

from kling_desktop.fal import errors, outcomes
from kling_desktop.fal.dispatch import Call
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.queue import rebuilt
from kling_desktop.records.job import LogLine, Request
from kling_desktop.records.problem import Charge
from tests.fal.conftest import KEY
from tests.helpers import awkward_server as awkward

ENDPOINT = "acme/movies/v2/from-picture"
STATUS, RESULT, CANCEL = (f"/acme/movies/requests/r1{end}" for end in ("/status", "", "/cancel"))


@pytest.fixture
def request_at(server):
    return rebuilt(Hosts.single(server.url), ENDPOINT, "r1")


# Status.


@pytest.mark.parametrize(
    ("code", "body", "status"),
    [
        (202, {"status": "IN_QUEUE", "queue_position": 4}, outcomes.InQueue(4)),
        (200, {"status": "IN_QUEUE", "queue_position": 90000}, outcomes.InQueue(90000)),
        (200, {"status": "IN_QUEUE"}, outcomes.InQueue(None)),
        (200, {"status": "in-queue", "queue_position": "4"}, outcomes.InQueue(None)),
        (200, {"status": "IN_PROGRESS", "logs": None}, outcomes.InProgress()),
        (202, {"status": "IN_PROGRESS", "logs": {"a": 1}}, outcomes.InProgress()),
        (200, {"status": "In progress"}, outcomes.InProgress()),
        (200, {"status": "COMPLETED"}, outcomes.Completed()),
        (
            202,
            {"status": "COMPLETED", "metrics": {"inference_time": 12.5}, "logs": []},
            outcomes.Completed(inference_seconds=12.5),
        ),
        (200, {"status": "COMPLETED", "metrics": None}, outcomes.Completed()),
        (
            200,
            {"status": "COMPLETED", "error": "broke", "error_type": "runner_server_error"},
            outcomes.Completed(error="broke", error_type="runner_server_error"),
        ),
        (200, {"status": "WARMING_UP"}, outcomes.UnknownStatus("WARMING_UP")),
        (200, {"status": 7}, outcomes.UnknownStatus("")),
        (200, {}, outcomes.UnknownStatus("")),
        (400, {"detail": "Request is still in progress"}, outcomes.InProgress()),
        (422, {"detail": [{"msg": "too wide"}]}, outcomes.Completed(error="too wide")),
    ],
)
async def test_what_a_status_says(server, fal, request_at, code, body, status):
    server.on("GET", STATUS, awkward.says(code, body))
    assert await fal.queue.status(request_at) == status


async def test_log_lines_of_every_shape(server, fal, request_at):
    entries = [
        {"message": "starting", "timestamp": "2026-11-22T08:00:00Z", "level": "INFO"},
        {"message": f"Authorization: Key {KEY}"},
        "a bare text",
        {"level": "INFO"},
        None,
        7,
    ]
    server.on("GET", STATUS, awkward.says(202, {"status": "IN_PROGRESS", "logs": entries}))
    status = await fal.queue.status(request_at, logs=True)
    assert status.logs == (
        LogLine(message="starting", at="2026-11-22T08:00:00Z", level="INFO"),
        LogLine(message="Authorization: Key [hidden]"),
        LogLine(message="a bare text"),
    )
    assert server.seen[0].target == f"{STATUS}?logs=1"


@pytest.mark.parametrize("shape", [awkward.zipped, awkward.in_chunks])
async def test_compressed_and_chunked_answers(server, fal, request_at, shape):
    server.on("GET", STATUS, shape(200, {"status": "IN_QUEUE", "queue_position": 1}))
    assert await fal.queue.status(request_at) == outcomes.InQueue(1)


@pytest.mark.parametrize(
    ("behavior", "error"),
    [
        (awkward.page(200), errors.Unintelligible),
        (awkward.page(401), errors.Unintelligible),
        (awkward.page(404), errors.Unintelligible),
        (awkward.page(502), errors.ServerTrouble),
        (awkward.says(500, {"detail": "x"}), errors.ServerTrouble),
        (awkward.says(401, {"detail": "x"}), errors.KeyRefused),
        (awkward.says(403, {"detail": "x"}), errors.Forbidden),
        (awkward.says(404, {"status": "NOT_FOUND"}), errors.NotFound),
        (awkward.says(405, {}), errors.NotFound),
        (awkward.says(429, {}), errors.Busy),
        (awkward.says(418, {}), errors.CallRefused),
        (awkward.says(200, ["IN_QUEUE"]), errors.Unintelligible),
        (awkward.redirects("/elsewhere"), errors.Unintelligible),
        (awkward.bomb(8), errors.Unintelligible),
        (awkward.hangs_up, errors.AnswerLost),
        (awkward.resets, errors.AnswerLost),
        (awkward.talks_nonsense, errors.AnswerLost),
        (awkward.cuts(b'{"status":', 9, {"Content-Length": "40"}), errors.AnswerLost),
        (awkward.sends(200, b"[" * 100_000), errors.Unintelligible),
    ],
)
async def test_trouble_with_a_status_decides_nothing(server, fal, request_at, behavior, error):
    server.on("GET", STATUS, behavior)
    with pytest.raises(error):
        await fal.queue.status(request_at)


async def test_no_redirect_is_followed_with_the_key(server, fal, request_at):
    async with awkward.AwkwardServer().running() as other:
        server.on("GET", STATUS, awkward.redirects(f"{other.url}/take", 307))
        with pytest.raises(errors.Unintelligible):
            await fal.queue.status(request_at)
        assert other.connections == 0


async def test_a_kept_connection_that_died_is_replaced_at_once(server, fal, request_at, waits):
    good = awkward.says(200, {"status": "IN_QUEUE"})
    server.on("GET", STATUS, good, awkward.hangs_up, good)
    await fal.queue.status(request_at)
    assert await fal.queue.status(request_at) == outcomes.InQueue(None)
    assert waits == [0.0]


async def test_retry_after_reaches_the_caller(server, fal, request_at):
    server.on("GET", STATUS, awkward.says(429, {"detail": "wait"}, {"Retry-After": "7"}))
    with pytest.raises(errors.Busy) as caught:
        await fal.queue.status(request_at)
    assert caught.value.retry_after == 7


async def test_a_dripping_answer_is_given_up(server, fal, request_at):
    server.on("GET", STATUS, awkward.drips(b'{"status": "IN_QUEUE"}', 0.05))
    with pytest.raises(errors.AnswerLost):
        await fal.queue._api.send(Call(method="GET", url=request_at.status_url, within=0.2))


# Addresses.


async def submitted(server, fal, said, endpoint_id=ENDPOINT):
    server.on("POST", f"/{endpoint_id}", awkward.says(200, said))
    return (await fal.queue.submit(endpoint_id, {})).request


async def test_fals_own_addresses_are_used_as_they_are(server, fal):
    said = {
        "request_id": "job:7",
        "status_url": f"{server.url}/somewhere/else/job%3A7/status/?v=2",
        "response_url": f"{server.url}/job:7/",
        "cancel_url": "/relative/job:7/stop",
    }
    assert await submitted(server, fal, said) == Request(
        request_id="job:7",
        status_url=said["status_url"],
        response_url=said["response_url"],
        cancel_url=f"{server.url}/relative/job:7/stop",
    )


async def test_missing_addresses_are_built_from_owner_and_app(server, fal):
    request = await submitted(server, fal, {"request_id": "a b/ü", "status_url": None})
    base = f"{server.url}/acme/movies/requests/a%20b%2F%C3%BC"
    assert (request.status_url, request.response_url) == (f"{base}/status", base)
    assert request.cancel_url == f"{base}/cancel"


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/acme/movies/requests/r1/status",
        "http://127.0.0.1:1/acme/movies/requests/r1/status",
        "{origin}.evil.example/requests/r1/status",
        "http://user:pass@{host}/acme/movies/requests/r1/status",
        "{origin}/acme/movies/requests/r2/status",
        "{origin}/acme/movies/status?id=r2",
        "{origin}/acme/movies/requests/r11/status",
        "//evil.example/requests/r1/status",
        "file:///requests/r1/status",
        "http://[",
        "",
    ],
)
async def test_other_addresses_are_not_used(server, fal, foreign):
    address = foreign.format(origin=server.url, host=server.url.partition("//")[2])
    said = {"request_id": "r1", "status_url": address, "cancel_url": address}
    request = await submitted(server, fal, said)
    assert request == rebuilt(fal.hosts, ENDPOINT, "r1")


async def test_a_server_may_name_the_request_in_the_query(server, fal):
    address = f"{server.url}/state?job=r1"
    request = await submitted(server, fal, {"request_id": "r1", "status_url": address})
    assert request.status_url == address


@pytest.mark.parametrize(
    ("endpoint_id", "base"),
    [
        ("acme/movies", "acme/movies"),
        ("acme/movies/v2/x", "acme/movies"),
        ("workflows/acme/chain", "workflows/acme/chain"),
        ("comfy/acme/chain/deep", "comfy/acme/chain"),
        ("110602490-old", "110602490/old"),
        ("/acme/movies/", "acme/movies"),
    ],
)
def test_only_owner_and_app_name_a_request(endpoint_id, base):
    request = rebuilt(Hosts.official(), endpoint_id, "r1")
    assert request.response_url == f"https://queue.fal.run/{base}/requests/r1"


async def test_a_request_moves_to_another_port():
    request = rebuilt(Hosts.single("http://127.0.0.1:9000/fal"), ENDPOINT, "r1")
    assert request.status_url == "http://127.0.0.1:9000/fal/acme/movies/requests/r1/status"


async def test_a_server_that_forgets_the_path_it_lives_under(server, open_fal):
    fal = await open_fal(f"{server.url}/fal")
    forgotten = f"{server.url}/acme/movies/requests/r1/status"
    server.on(
        "POST", f"/fal/{ENDPOINT}", awkward.says(200, {"request_id": "r1", "status_url": forgotten})
    )
    server.on("GET", f"/fal{STATUS}", awkward.says(200, {"status": "IN_PROGRESS"}))
    request = (await fal.queue.submit(ENDPOINT, {})).request
    for _ in range(3):
        assert await fal.queue.status(request) == outcomes.InProgress()
    assert [seen.path for seen in server.seen[1:]] == [STATUS, *[f"/fal{STATUS}"] * 3]


# Result.


@pytest.mark.parametrize(
    ("body", "output"),
    [
        ({"video": {"url": "u"}}, {"video": {"url": "u"}}),
        ({"status": "COMPLETED", "response": {"video": 1}}, {"video": 1}),
        ({"data": {"video": 1}, "requestId": "r1"}, {"video": 1}),
        ({"data": {"video": 1}, "seed": 4}, {"data": {"video": 1}, "seed": 4}),
        ({"output": "text"}, {"output": "text"}),
        ({"voice_id": "v"}, {"voice_id": "v"}),
        ([1], [1]),
    ],
)  # fmt: skip
async def test_the_output(server, fal, request_at, body, output):
    server.on("GET", RESULT, awkward.says(200, body))
    assert await fal.queue.result(request_at) == outcomes.Output(output)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (400, {"detail": "Request is still in progress", "request_id": "r1"}),
        (400, {"status": "IN_PROGRESS", "request_id": "r1"}),
        (202, {"status": "IN_QUEUE"}),
    ],
)
async def test_not_ready(server, fal, request_at, code, body):
    server.on("GET", RESULT, awkward.says(code, body))
    assert await fal.queue.result(request_at) == outcomes.NotReady()


POLICY = [{"loc": ["body"], "msg": "flagged", "type": "content_policy_violation"}]
WIDTH = [{"loc": ["body", "image_url"], "msg": "Image too small", "type": "image_too_small"}]
OLD_STYLE = [{"loc": ["body"], "message": "m"}]
FREE, PAID = {"x-fal-billable-units": "0"}, {"x-fal-billable-units": "1.5"}
RUNNER = {"x-fal-error-type": "runner_disconnected"}
NOT, PROBABLY_NOT = Charge.NOT_CHARGED, Charge.PROBABLY_NOT


@pytest.mark.parametrize(
    ("code", "body", "headers", "problem", "charge"),
    [
        (422, {"detail": POLICY}, {}, "content_refused", Charge.MAY_BE),
        (422, {"detail": WIDTH}, {}, "input_refused", PROBABLY_NOT),
        (422, {"detail": WIDTH}, FREE, "input_refused", NOT),
        (422, {"detail": WIDTH}, PAID, "input_refused", Charge.CHARGED),
        (422, {"detail": "free text"}, {}, "input_refused", Charge.MAY_BE),
        (422, {"detail": WIDTH[0]}, {}, "input_refused", PROBABLY_NOT),
        (422, {"detail": OLD_STYLE}, {}, "input_refused", Charge.MAY_BE),
        (422, "a string", {}, "input_refused", Charge.MAY_BE),
        (400, {"detail": "bad"}, {}, "model_failed", Charge.MAY_BE),
        (403, {"detail": POLICY}, {}, "content_refused", Charge.MAY_BE),
        (404, {"detail": "Path /x not found"}, FREE, "model_failed", NOT),
        (499, {"error_type": "client_cancelled"}, {}, "cancelled", PROBABLY_NOT),
        (500, {"detail": "Internal Server Error"}, {}, "failed_inside", NOT),
        (504, {"error_type": "startup_timeout"}, {}, "started_too_late", NOT),
        (503, {"detail": "x"}, RUNNER, "failed_inside", NOT),
    ],
)
async def test_how_a_model_fails(server, fal, request_at, code, body, headers, problem, charge):
    server.on("GET", RESULT, awkward.says(code, body, headers))
    outcome = await fal.queue.result(request_at)
    assert (type(outcome), outcome.problem.code) == (outcomes.ModelFailed, f"fal_{problem}")
    assert outcome.charge is outcome.problem.charge is charge


async def test_a_failure_carries_fals_detail(server, fal, request_at):
    server.on("GET", RESULT, awkward.says(422, {"detail": WIDTH}))
    outcome = await fal.queue.result(request_at)
    assert (outcome.detail, outcome.error_type) == (WIDTH, "image_too_small")


@pytest.mark.parametrize("code", [404, 410])
async def test_an_expired_result_is_gone(server, fal, request_at, code):
    server.on("GET", RESULT, awkward.says(code, {"detail": "Request not found"}))
    assert type(await fal.queue.result(request_at)) is outcomes.Gone


@pytest.mark.parametrize(
    ("behavior", "error"),
    [
        (awkward.page(504), errors.ServerTrouble),
        (awkward.page(200), errors.Unintelligible),
        (awkward.page(404), errors.Unintelligible),
        (awkward.sends(404, b"not found"), errors.NotFound),
        (awkward.says(504, {"detail": "Gateway Timeout"}), errors.ServerTrouble),
        (awkward.says(401, {"detail": "x"}), errors.KeyRefused),
        (awkward.says(403, {"detail": "Exhausted balance"}), errors.Forbidden),
        (awkward.says(429, {}), errors.Busy),
        (awkward.status(200), errors.Unintelligible),
        (awkward.hangs_up, errors.AnswerLost),
        (awkward.bomb(40), errors.Unintelligible),
    ],
)
async def test_trouble_with_a_result_ends_no_job(server, fal, request_at, behavior, error):
    server.on("GET", RESULT, behavior)
    with pytest.raises(error):
        await fal.queue.result(request_at)


@pytest.mark.parametrize(
    "trouble",
    [
        awkward.says(504, {"detail": "x", "error_type": "request_timeout"}),
        awkward.says(500, {"detail": "Internal Server Error"}),
        awkward.says(504, {"detail": "Gateway Timeout"}),
    ],
)
async def test_a_5xx_in_place_of_a_result_is_asked_about_again(
    server, fal, request_at, waits, trouble
):
    server.on("GET", RESULT, trouble, trouble, awkward.says(200, {"video": 1}))
    assert await fal.queue.result(request_at) == outcomes.Output({"video": 1})
    assert waits == [1.0, 2.0]


# Cancel.


@pytest.mark.parametrize(
    ("code", "body", "outcome"),
    [
        (202, {"status": "CANCELLATION_REQUESTED"}, outcomes.CancelRequested()),
        (200, {"status": "OK"}, outcomes.Removed()),
        (200, {"success": True}, outcomes.CancelRequested()),
        (400, {"status": "ALREADY_COMPLETED"}, outcomes.AlreadyCompleted()),
        (404, {"status": "NOT_FOUND"}, outcomes.NotFound()),
        (405, {"detail": "Method Not Allowed"}, outcomes.NotFound()),
    ],
)
async def test_what_comes_of_a_cancel(server, fal, request_at, code, body, outcome):
    server.on("PUT", CANCEL, awkward.says(code, body))
    assert await fal.queue.cancel(request_at) == outcome
    assert server.seen[0].body == b""


async def test_a_cancel_without_a_body_counts(server, fal, request_at):
    server.on("PUT", CANCEL, awkward.status(204))
    assert await fal.queue.cancel(request_at) == outcomes.CancelRequested()


async def test_a_cancel_that_fails_is_not_granted(server, fal, request_at):
    server.on("PUT", CANCEL, awkward.says(500, {"detail": "x"}))
    with pytest.raises(errors.ServerTrouble):
        await fal.queue.cancel(request_at)
