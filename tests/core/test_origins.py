"""A job's server, and none but it."""

from __future__ import annotations

import asyncio
import sys
import time

import pytest

from kling_desktop.core.origins import Origins
from kling_desktop.core.problems import SimulatorSilentError
from kling_desktop.core.rehearsal import Rehearsal, simulator_command
from kling_desktop.fal.hosts import Hosts
from kling_desktop.records.job import REHEARSAL_ORIGIN, MadeBy, Request
from tests.helpers.records import a_job
from tests.helpers.scripted_fal import ScriptedFal
from tests.helpers.virtual_time import VirtualClock

SAYS_AN_ADDRESS = (
    "import json, os, sys; print(json.dumps({'url': 'http://127.0.0.1:' + sys.argv[1],"
    " 'keys': [n for n in os.environ if n.startswith('FAL_')]}), flush=True); sys.stdin.read()"
)


def a_child(port="4242"):
    return Rehearsal((sys.executable, "-c", SAYS_AN_ADDRESS, port))


@pytest.fixture
async def origins():
    opened = []

    async def connect(hosts, key):
        opened.append((hosts.origin, key()))
        return ScriptedFal(VirtualClock())

    made = Origins(Hosts.official(), lambda: "id:secret", connect, a_child())
    made.opened = opened
    yield made
    await made.close()


async def test_each_origin_has_its_client_and_its_key(origins):
    real = await origins.client("https://queue.fal.run")
    assert await origins.client("https://queue.fal.run") is real
    simulated = await origins.client(REHEARSAL_ORIGIN)
    assert await origins.client(REHEARSAL_ORIGIN) is simulated
    assert origins.opened == [
        ("https://queue.fal.run", "id:secret"),
        ("http://127.0.0.1:4242", "rehearsal:rehearsal"),
    ]
    with pytest.raises(KeyError):
        await origins.client("https://elsewhere.example")


async def test_new_jobs_go_to(origins):
    assert origins.origin_for(MadeBy.REHEARSAL) == REHEARSAL_ORIGIN
    assert origins.origin_for(MadeBy.FAL) == "https://queue.fal.run"
    assert not origins.is_configured("https://elsewhere.example")


async def test_rehearsal_addresses_follow_the_port(origins):
    request = Request(
        request_id="r1",
        status_url="http://127.0.0.1:1/x",
        response_url="http://127.0.0.1:1/x",
        cancel_url="http://127.0.0.1:1/x",
    )
    job = a_job(origin=REHEARSAL_ORIGIN, request=request, endpoint_id="owner/app/v1/pro")
    now = await origins.request_of(job)
    assert now.status_url == "http://127.0.0.1:4242/owner/app/requests/r1/status"
    assert await origins.localized(REHEARSAL_ORIGIN, "http://127.0.0.1:1/files/a.mp4?b=c") == (
        "http://127.0.0.1:4242/files/a.mp4?b=c"
    )
    for origin, url in (
        ("https://queue.fal.run", "http://127.0.0.1:1/a"),
        (REHEARSAL_ORIGIN, "https://files.example/a"),
    ):
        assert await origins.localized(origin, url) == url
    real = a_job(origin="https://queue.fal.run", request=request)
    assert await origins.request_of(real) == request


async def test_a_child_that_died_is_started_again():
    rehearsal = a_child()
    await rehearsal.address()
    first = rehearsal.child
    first.kill()
    first.wait()
    assert await rehearsal.address() == "http://127.0.0.1:4242"
    assert rehearsal.child is not first
    await rehearsal.close()
    assert not rehearsal.is_running
    with pytest.raises(SimulatorSilentError):
        await rehearsal.address()


@pytest.mark.parametrize(
    "command",
    [
        ("no-such-program-at-all",),
        (sys.executable, "-c", "print('hello', flush=True)"),
        (sys.executable, "-c", "pass"),
        (sys.executable, "-c", "print('[1]', flush=True)"),
    ],
)
async def test_a_child_that_says_nothing_useful(command):
    rehearsal = Rehearsal(command)
    with pytest.raises(SimulatorSilentError):
        await rehearsal.address()
    await rehearsal.close()


async def test_a_child_that_does_not_listen_is_killed():
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    says = ' print(\'{"url": "http://127.0.0.1:1"}\', flush=True); time.sleep(60)'
    rehearsal = Rehearsal((sys.executable, "-c", deaf + says))
    await rehearsal.address()
    child = rehearsal.child
    await rehearsal.close()
    assert child.poll() is not None


async def test_closing_does_not_wait_for_a_child_that_is_still_starting():
    rehearsal = Rehearsal((sys.executable, "-c", "import time; time.sleep(60)"))
    starting = asyncio.ensure_future(rehearsal.address())
    await asyncio.sleep(0.3)
    begun = time.monotonic()
    await rehearsal.close()
    assert time.monotonic() - begun < 1.5
    with pytest.raises(SimulatorSilentError):
        await starting


async def test_who_gives_up_waiting_does_not_end_what_others_want():
    command = (sys.executable, "-c", "import time; time.sleep(0.5);" + SAYS_AN_ADDRESS, "4243")
    rehearsal = Rehearsal(command)
    impatient = asyncio.ensure_future(rehearsal.address())
    await asyncio.sleep(0.1)
    impatient.cancel()
    assert await rehearsal.address() == "http://127.0.0.1:4243"
    child = rehearsal.child
    await rehearsal.close()
    assert child.poll() is not None


def test_how_it_is_started(tmp_path, monkeypatch):
    assert simulator_command(tmp_path)[1:3] == ("-m", "kling_desktop.simulator")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert simulator_command(tmp_path)[1] == "--simulator"
