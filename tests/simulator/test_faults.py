"""Every fault, as it arrives at a plain client."""

from __future__ import annotations

import time

import httpx
import pytest

from kling_desktop.simulator.faults import Drop, Fault, Faults
from tests.simulator.conftest import FROM_TEXT

WORDS = {"prompt": "a boat", "duration": "7"}
DATA = b"0123456789" * 5000


@pytest.fixture
async def file_url(caller):
    return await caller.upload(DATA)


async def get(url):
    async with httpx.AsyncClient(timeout=5) as client:
        return await client.get(url)


async def test_a_connection_dropped_before_the_work_did_nothing(sim, caller):
    sim.context.faults.add(Fault(route="submit", drop=Drop.BEFORE))
    with pytest.raises(httpx.TransportError):
        await caller.submit(FROM_TEXT, WORDS)
    assert sim.context.queue.all() == ()
    assert len(sim.context.ledger.all("submit")) == 1


async def test_a_connection_dropped_after_the_work_loses_only_the_answer(sim, caller):
    sim.context.faults.add(Fault(route="submit", drop=Drop.AFTER))
    with pytest.raises(httpx.TransportError):
        await caller.submit(FROM_TEXT, WORDS)
    assert len(sim.context.queue.all()) == 1
    await caller.submit(FROM_TEXT, WORDS)
    assert len(sim.context.queue.all()) == 2


async def test_a_cut_body_is_seen_where_its_length_was_announced(sim, file_url):
    sim.context.faults.add(Fault(route="file", truncate=1000))
    with pytest.raises(httpx.RemoteProtocolError):
        await get(file_url)
    assert (await get(file_url)).content == DATA


async def test_a_cut_body_without_a_length_looks_whole(sim, file_url):
    sim.context.faults.add(Fault(route="file", truncate=1000, no_length=True))
    answer = await get(file_url)
    assert "content-length" not in answer.headers
    assert answer.content == DATA[:1000]


@pytest.mark.parametrize("longer", [10, -10])
async def test_a_wrong_length_is_announced(sim, file_url, longer):
    sim.context.faults.add(Fault(route="file", longer=longer))
    if longer > 0:
        with pytest.raises(httpx.RemoteProtocolError):
            await get(file_url)
    else:
        assert (await get(file_url)).content == DATA[:longer]


@pytest.mark.parametrize("status", [502, 503])
async def test_the_ingress_answers_instead_of_fal(sim, caller, status):
    sim.context.faults.add(Fault(route="submit", nginx=status))
    answer = await caller.http.post(f"/{FROM_TEXT}", json=WORDS)
    assert answer.status_code == status
    assert "nginx" in answer.text
    assert "x-fal-request-id" not in answer.headers
    assert sim.context.queue.all() == ()


async def test_a_status_can_be_put_in_place_of_the_work_or_of_its_answer(sim, caller):
    sim.context.faults.add(
        Fault(route="submit", status=429, body='{"detail": "slow"}', headers={"Retry-After": "3"})
    )
    answer = await caller.http.post(f"/{FROM_TEXT}", json=WORDS)
    assert (answer.status_code, answer.json()) == (429, {"detail": "slow"})
    assert answer.headers["retry-after"] == "3"
    assert sim.context.queue.all() == ()
    sim.context.faults.add(Fault(route="submit", status_after=500, body="broken"))
    answer = await caller.http.post(f"/{FROM_TEXT}", json=WORDS)
    assert (answer.status_code, answer.text) == (500, "broken")
    assert len(sim.context.queue.all()) == 1


async def test_a_body_can_be_replaced_and_headers_taken_away(sim, caller):
    sim.context.faults.add(
        Fault(route="submit", body="<html>", remove_headers=("X-Fal-Request-Id",))
    )
    answer = await caller.http.post(f"/{FROM_TEXT}", json=WORDS)
    assert (answer.status_code, answer.text) == (200, "<html>")
    assert "x-fal-request-id" not in answer.headers


async def test_answers_are_late_or_trickle(sim, file_url):
    sim.context.faults.add(Fault(route="file", delay=0.1, delay_after=0.1))
    began = time.monotonic()
    assert (await get(file_url)).content == DATA
    assert time.monotonic() - began >= 0.2
    sim.context.faults.add(Fault(route="file", drip=len(DATA) * 4))
    began = time.monotonic()
    assert (await get(file_url)).content == DATA
    assert time.monotonic() - began >= 0.2


async def test_a_redirect_leads_elsewhere(sim, file_url):
    sim.context.faults.add(Fault(route="file", redirect="http://127.0.0.1:9/x"))
    answer = await get(file_url)
    assert (answer.status_code, answer.headers["location"]) == (302, "http://127.0.0.1:9/x")


async def test_faults_are_switched_over_http_too(sim, caller):
    async with httpx.AsyncClient(base_url=sim.url) as control:
        fault = {"route": "status", "status": 500, "times": None}
        assert (await control.post("/_simulator/faults", json=fault)).status_code == 200
        submitted = await caller.submit(FROM_TEXT, WORDS)
        for _ in range(3):
            assert (await caller.http.get(submitted["status_url"])).status_code == 500
        await control.delete("/_simulator/faults")
        await caller.completed(submitted)
        wrong = await control.post("/_simulator/faults", json={"speed": 1})
        assert wrong.status_code == 400
        assert (await control.post("/_simulator/nothing", json={})).status_code == 400
        seen = (await control.get("/_simulator/requests", params={"route": "status"})).json()
        assert [one["status"] for one in seen][:4] == [500, 500, 500, seen[3]["status"]]
        stranger = await control.get("/_simulator/requests", headers={"Host": "evil.example:80"})
        assert stranger.status_code == 403


def test_faults_are_counted():
    faults = Faults()
    faults.add(Fault(route="status", skip=1, times=2, status=500))
    faults.add(Fault(method="PUT", path="/cancel", status=404))

    def hit(route, method="GET", path="/a/b/requests/1/status"):
        return faults.take(route, method, path).status

    assert [hit("status") for _ in range(4)] == [None, 500, 500, None]
    assert hit("cancel", "PUT", "/a/b/requests/1/cancel") == 404
    assert hit("cancel", "PUT", "/a/b/requests/1/cancel") is None
    faults.add(Fault(status=500, times=None))
    assert hit("submit") == 500
    assert hit("control") is None
