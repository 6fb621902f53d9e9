"""The platform API: whose key is good, what was asked for, what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kling_desktop.fal import errors
from kling_desktop.fal.platform import KeyVerdict, Unavailable
from tests.fal.conftest import KEY
from tests.helpers import awkward_server as awkward

MODELS, PRICES = "/v1/models", "/v1/models/pricing"
HISTORY = "/v1/models/requests/by-endpoint"
LISTED = awkward.says(200, {"models": [{"endpoint_id": "acme/movies"}]})


def error(kind):
    return {"error": {"type": kind, "message": "no", "request_id": "p1"}}


@pytest.mark.parametrize(
    ("answer", "verdict", "code"),
    [
        (awkward.says(200, {"prices": []}), KeyVerdict.VALID, None),
        (awkward.says(401, error("authorization_error")), KeyVerdict.REFUSED, "fal_key_refused"),
        (awkward.says(403, error("authorization_error")), KeyVerdict.VALID, "fal_key_limited"),
        (awkward.says(403, {"detail": "Exhausted balance"}), KeyVerdict.VALID, "fal_balance_empty"),
        (awkward.says(404, {"detail": "x"}), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.says(405, {}), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.says(400, {}), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.says(429, {}, {"Retry-After": "90"}), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.page(401), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.page(200), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.page(502), KeyVerdict.UNCHECKED, "fal_key_unchecked"),
        (awkward.hangs_up, KeyVerdict.UNCHECKED, "fal_key_unchecked"),
    ],
)
async def test_what_a_key_check_finds(server, fal, answer, verdict, code):
    server.on("GET", PRICES, answer)
    check = await fal.platform.check_key("acme/movies")
    assert (check.verdict, check.problem and check.problem.code) == (verdict, code)
    assert server.seen[0].headers["authorization"] == f"Key {KEY}"


async def test_without_a_model_the_first_listed_one_is_asked_about(server, fal):
    server.on("GET", MODELS, LISTED)
    server.on("GET", PRICES, awkward.says(401, {}))
    assert (await fal.platform.check_key()).verdict is KeyVerdict.REFUSED
    assert server.seen[1].target == f"{PRICES}?endpoint_id=acme%2Fmovies"


async def test_a_server_without_a_platform_leaves_the_key_unchecked(fal):
    assert (await fal.platform.check_key()).verdict is KeyVerdict.UNCHECKED


async def test_a_key_that_no_header_can_hold_is_refused(server, open_fal):
    fal = await open_fal(server.url, key="two words")
    check = await fal.platform.check_key("acme/movies")
    assert (check.verdict, check.problem.code) == (KeyVerdict.REFUSED, "fal_key_malformed")
    assert server.seen == []


def row(number, **more):
    return {"request_id": f"r{number}", "endpoint_id": "acme/movies", **more}


async def test_the_history_is_read_page_by_page(server, fal):
    first = row(1, sent_at="2026-11-22T08:00:00Z", json_input={"prompt": "x"}, status_code=200)
    server.on(
        "GET",
        HISTORY,
        awkward.says(200, {"items": [first, 7, {}], "next_cursor": "Mg==", "has_more": True}),
        awkward.says(200, {"items": [row(2, ended_at="nonsense")], "next_cursor": None}),
    )
    rows = await fal.platform.requests_by_endpoint("acme/movies", 1_700_000_000.0)
    assert [one.request_id for one in rows] == ["r1", "r2"]
    assert (rows[0].sent_at, rows[0].input) == (1_795_334_400.0, {"prompt": "x"})
    assert (rows[1].sent_at, rows[1].ended_at, rows[1].input) == (None, None, None)
    assert "start=2023-11-14T22%3A13%3A20Z" in server.seen[0].target
    assert "expand=payloads" in server.seen[0].target
    assert "cursor=Mg%3D%3D" in server.seen[1].target


async def test_a_cursor_that_goes_in_circles_ends(server, fal):
    server.on("GET", HISTORY, awkward.says(200, {"items": [row(1)], "next_cursor": "same"}))
    assert len(await fal.platform.requests_by_endpoint("acme/movies", 0.0)) == 2


@pytest.mark.parametrize(
    "answer",
    [awkward.says(403, {}), awkward.says(404, {}), awkward.page(200), awkward.says(400, {})],
)
async def test_what_cannot_be_told_is_unavailable(server, fal, answer):
    server.on("GET", HISTORY, answer)
    server.on("GET", PRICES, answer)
    found = await fal.platform.requests_by_endpoint("acme/movies", 0.0)
    assert isinstance(found, Unavailable)
    assert isinstance(await fal.platform.price(["acme/movies"]), Unavailable)


async def test_a_history_out_of_reach_may_be_asked_again(server, fal):
    server.on("GET", HISTORY, awkward.page(502))
    with pytest.raises(errors.ServerTrouble):
        await fal.platform.requests_by_endpoint("acme/movies", 0.0)


async def test_prices_in_batches_of_fifty(server, fal):
    listed = [
        {"endpoint_id": "acme/movies", "unit_price": 0.28, "unit": "seconds", "currency": "USD"},
        {"endpoint_id": "acme/free", "unit_price": None},
        {"endpoint_id": "acme/odd", "unit_price": "NaN"},
    ]
    server.on("GET", PRICES, awkward.says(200, {"prices": listed}), awkward.says(200, {}))
    [price] = await fal.platform.price([f"acme/m{number}" for number in range(60)])
    assert (price.unit_price, price.unit) == (Decimal("0.28"), "seconds")
    assert server.count("GET") == 2


async def test_a_history_without_end_is_left_after_twenty_pages(server, fal):
    pages = [awkward.says(200, {"items": [row(n)], "next_cursor": str(n)}) for n in range(30)]
    server.on("GET", HISTORY, *pages)
    rows = await fal.platform.requests_by_endpoint("acme/movies", 0.0, end=9.0, payloads=False)
    assert len(rows) == server.count("GET") == 20
    assert "end=1970-01-01T00%3A00%3A09Z" in server.seen[0].target
    assert "expand" not in server.seen[0].target


async def test_a_list_without_a_model_leaves_the_key_unchecked(server, fal):
    server.on("GET", MODELS, awkward.says(200, {"models": [{}]}))
    assert (await fal.platform.check_key()).verdict is KeyVerdict.UNCHECKED
