"""What becomes of the one paid POST: a row for each thing that can happen to it."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl

import pytest

from kling_desktop.fal import outcomes
from kling_desktop.fal.answers import answer_of
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.queue import SubmitOptions
from kling_desktop.fal.submission import outcome_of_answer
from kling_desktop.records.problem import Charge
from tests.fal.conftest import KEY
from tests.helpers import awkward_server as awkward

ENDPOINT = "acme/movies/v2/from-picture"
PATH = f"/{ENDPOINT}"
HOSTS = Hosts.official()
BODY = {"prompt": "a “quiet” lake", "duration": "5"}


def read(status, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return outcome_of_answer(
        answer_of(status, given, raw, "https://queue.fal.run/a/b"), HOSTS, ENDPOINT, now=1000.0
    )


DETAIL = {"detail": "no"}
HTML = b"<html>nginx</html>"
LOCKED = {"detail": "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai."}

ROWS = [
    (200, {"request_id": "r"}, outcomes.Accepted),
    (201, {"request_id": "r"}, outcomes.Accepted),
    (202, {"request_id": 42}, outcomes.Accepted),
    (200, {}, outcomes.Unconfirmed),
    (200, {"request_id": None}, outcomes.Unconfirmed),
    (200, {"request_id": ""}, outcomes.Unconfirmed),
    (200, {"request_id": ".."}, outcomes.Unconfirmed),
    (200, {"request_id": True}, outcomes.Unconfirmed),
    (200, {"request_id": "r" * 201}, outcomes.Unconfirmed),
    (200, ["request_id"], outcomes.Unconfirmed),
    (200, HTML, outcomes.Unconfirmed),
    (200, b'{"request_id": "r"', outcomes.Unconfirmed),
    (204, b"", outcomes.Unconfirmed),
    (301, b"", outcomes.Unconfirmed),
    (307, b"", outcomes.Unconfirmed),
    (400, DETAIL, outcomes.Refused),
    (400, HTML, outcomes.Unconfirmed),
    (401, DETAIL, outcomes.AccountRefused),
    (402, DETAIL, outcomes.AccountRefused),
    (403, DETAIL, outcomes.AccountRefused),
    (404, DETAIL, outcomes.Refused),
    (404, HTML, outcomes.Unconfirmed),
    (405, DETAIL, outcomes.Unconfirmed),
    (408, DETAIL, outcomes.Unconfirmed),
    (409, DETAIL, outcomes.Unconfirmed),
    (413, DETAIL, outcomes.Refused),
    (413, HTML, outcomes.Unconfirmed),
    (415, DETAIL, outcomes.Refused),
    (418, DETAIL, outcomes.Unconfirmed),
    (422, {"detail": [{"loc": ["body", "duration"], "msg": "no"}]}, outcomes.Refused),
    (422, b"plain", outcomes.Unconfirmed),
    (429, DETAIL, outcomes.Limited),
    (429, HTML, outcomes.Limited),
    (500, DETAIL, outcomes.Unconfirmed),
    (502, HTML, outcomes.Unconfirmed),
    (503, DETAIL, outcomes.Unconfirmed),
    (504, DETAIL, outcomes.Unconfirmed),
]


@pytest.mark.parametrize(("status", "body", "kind"), ROWS)
def test_each_answer_is_read_as_one_outcome(status, body, kind):
    assert type(read(status, body)) is kind


def test_whatever_is_unconfirmed_may_cost():
    assert read(500, DETAIL).problem.charge is Charge.MAY_BE


def test_whatever_is_refused_costs_nothing():
    assert read(422, DETAIL).problem.charge is Charge.NOT_CHARGED


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [(401, DETAIL, "key"), (402, DETAIL, "balance"), (403, LOCKED, "balance"),
     (403, DETAIL, "forbidden")],
)  # fmt: skip
def test_why_the_account_was_refused(status, body, reason):
    assert read(status, body).reason == reason


def test_an_empty_balance_is_not_called_a_bad_key():
    assert "balance" in read(403, LOCKED).problem.what


def test_the_wait_after_429_is_fals():
    assert read(429, DETAIL, retry_after="17").retry_after == 17
    assert read(429, DETAIL).retry_after == 10


def test_the_detail_of_a_422_is_carried_without_secrets():
    item = {"loc": ["body", "image_url"], "msg": "bad", "input": f"Key {KEY}", "type": "x"}
    outcome = outcome_of_answer(
        answer_of(
            422,
            {},
            json.dumps({"detail": [item]}).encode(),
            "https://queue.fal.run/a/b",
            (KEY,),
        ),
        HOSTS,
        ENDPOINT,
        now=0.0,
    )
    assert outcome.detail[0]["loc"] == ["body", "image_url"]
    assert "CANARY" not in str(outcome)


async def test_one_post_with_exactly_this_body(server, fal):
    server.on("POST", PATH, awkward.says(200, {"request_id": "r1", "queue_position": 3}))
    outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert outcome.queue_position == 3
    [seen] = server.seen
    assert seen.json == BODY
    assert seen.headers["authorization"] == f"Key {KEY}"
    assert seen.target == PATH


@pytest.mark.parametrize(
    "behavior",
    [
        awkward.hangs_up,
        awkward.resets,
        awkward.talks_nonsense,
        awkward.cuts(b'{"request_id": "r1"}', 9, {"Content-Length": "20"}),
        awkward.cuts(b'{"request_id": "r1"}', 9, {}),
        awkward.cuts(b"", 0, {"Transfer-Encoding": "chunked"}),
        awkward.redirects("/elsewhere", 307),
        awkward.page(502),
        awkward.bomb(8),
        awkward.status(200),
        awkward.sends(200, b"\x1f\x8bnonsense", {"Content-Encoding": "gzip"}),
        awkward.sends(200, b"??", {"Content-Encoding": "br"}),
    ],
)
async def test_a_lost_or_odd_answer_is_unconfirmed_after_one_post(server, fal, waits, behavior):
    server.on("POST", PATH, behavior)
    outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert type(outcome) is outcomes.Unconfirmed
    assert server.count("POST") == 1
    assert waits == []


async def test_every_post_has_a_connection_of_its_own(server, fal):
    server.on("POST", PATH, awkward.says(200, {"request_id": "r1"}))
    for _ in range(3):
        await fal.queue.submit(ENDPOINT, BODY)
    assert len({seen.connection for seen in server.seen}) == 3


async def test_a_refused_connection_is_certainly_not_sent(open_fal):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        fal = await open_fal(f"http://127.0.0.1:{port}")
        outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert type(outcome) is outcomes.NotSent
    assert outcome.problem.code == "fal_not_connected"


async def test_an_unknown_name_is_certainly_not_sent(open_fal):
    fal = await open_fal("https://no-such-host.invalid")
    outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert type(outcome) is outcomes.NotSent
    assert outcome.problem.code in {"fal_address_not_found", "fal_not_connected"}


async def test_a_server_without_tls_is_certainly_not_sent(open_fal):
    async def speaks_plainly(_reader, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speaks_plainly, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        fal = await open_fal(f"https://127.0.0.1:{port}")
        outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert type(outcome) is outcomes.NotSent
    assert outcome.problem.code == "fal_not_trusted"


async def test_an_untrusted_certificate_is_certainly_not_sent(open_fal, self_signed):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*self_signed)
    async with awkward.AwkwardServer().running(tls) as server:
        fal = await open_fal(server.url)
        outcome = await fal.queue.submit(ENDPOINT, BODY)
        assert type(outcome) is outcomes.NotSent
        assert outcome.problem.code == "fal_not_trusted"
        assert server.seen == []


async def test_a_key_that_no_header_can_hold_is_not_sent(server, open_fal):
    fal = await open_fal(server.url, key="ключ:секрет")
    outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert outcome.reason == "key"
    assert server.seen == []


async def test_without_a_key_the_server_decides(server, open_fal):
    server.on("POST", PATH, awkward.says(401, {"detail": "Authentication is required"}))
    fal = await open_fal(server.url, key=None)
    outcome = await fal.queue.submit(ENDPOINT, BODY)
    assert outcome.reason == "key"
    assert "authorization" not in server.seen[0].headers


@pytest.mark.parametrize("endpoint_id", ["", "one", "a/../b", "a//b", "a/b?c", "a/b c", "a/b#c"])
async def test_what_is_no_endpoint_id_goes_nowhere(server, fal, endpoint_id):
    outcome = await fal.queue.submit(endpoint_id, BODY)
    assert type(outcome) is outcomes.Refused
    assert server.seen == []


async def test_what_json_cannot_say_goes_nowhere(server, fal):
    outcome = await fal.queue.submit(ENDPOINT, {"strength": float("nan")})
    assert type(outcome) is outcomes.Refused
    assert server.seen == []


async def test_options_become_headers(server, fal):
    server.on("POST", PATH, awkward.says(200, {"request_id": "r1"}))
    options = SubmitOptions(
        low_priority=True, keep_payload=False, media_seconds=60, start_within=30, no_fallback=True
    )
    await fal.queue.submit(ENDPOINT, BODY, options=options)
    headers = server.seen[0].headers
    assert headers["x-fal-queue-priority"] == "low"
    assert headers["x-fal-store-io"] == "0"
    assert headers["x-fal-object-lifecycle-preference"] == '{"expiration_duration_seconds": 60}'
    assert headers["x-fal-request-start-timeout"] == "30.0"
    assert headers["x-app-fal-disable-fallback"] == "true"
