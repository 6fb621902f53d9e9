"""The simulator as a program: how it starts, ends, and goes on after a restart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from kling_desktop.simulator.__main__ import main
from tests.helpers.simulator import (
    KEY,
    SimulatorProcess,
    simulator_here,
    simulator_process,
    start_process,
)
from tests.simulator.conftest import FROM_PICTURE, FROM_TEXT, Caller, picture

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import subprocess, sys, time
child = subprocess.Popen(
    [sys.executable, "-m", "kling_desktop.simulator", "--parent-stdin", "--data-dir", sys.argv[1]],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
)
print(child.pid, child.stdout.readline().decode(), flush=True)
time.sleep(60)
"""


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def answered(url):
    try:
        httpx.get(f"{url}/v1/models", timeout=20)
    except httpx.TransportError:
        return False
    return True


def test_it_says_where_it_is_and_ends_when_its_stdin_closes(tmp_path):
    with simulator_process(tmp_path / "simulator") as sim:
        assert answered(sim.url)
        assert children_of(sim.process.pid) == []
        began = time.monotonic()
        assert sim.stop() == 0
        assert time.monotonic() - began < 1
        assert not answered(sim.url)


def test_it_ends_within_a_second_in_the_middle_of_a_render(tmp_path):
    with simulator_process(tmp_path / "simulator", small=False) as sim:
        client = httpx.Client(headers={"Authorization": f"Key {KEY}"})
        with client:
            submitted = client.post(f"{sim.url}/{FROM_TEXT}", json={"prompt": "sea"}).json()
            while "rendering" not in client.get(submitted["status_url"] + "?logs=1").text:
                time.sleep(0.05)
        assert children_of(sim.process.pid) == []
        began = time.monotonic()
        sim.stop()
        assert time.monotonic() - began < 1


def test_it_ends_when_its_parent_is_killed(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "simulator")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with parent:
        pid = int(parent.stdout.readline().split()[0])
        assert is_running(pid)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        began = time.monotonic()
        while is_running(pid):
            assert time.monotonic() - began < 1.5
            time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_on_a_signal(tmp_path, number):
    with simulator_process(tmp_path / "simulator") as sim:
        sim.process.send_signal(number)
        assert sim.process.wait(timeout=2) == 0


def test_two_do_not_share_a_port(tmp_path):
    with simulator_process(tmp_path / "one") as sim:
        port = sim.url.rpartition(":")[2]
        other = start_process(tmp_path / "two", ["--port", port])
        with other:
            assert other.stdout.readline() == b""
            assert other.wait(timeout=5) != 0


def test_it_needs_a_folder(capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "--data-dir" in capsys.readouterr().err


async def test_what_was_queued_running_or_done_goes_on_at_another_port(tmp_path):
    folder = tmp_path / "simulator"
    body = {"prompt": "a slow push in"}
    with simulator_process(folder) as sim:
        caller = Caller(sim.url)
        body["image_url"] = await caller.upload(picture())
        done = await caller.submit(FROM_PICTURE, body)
        clip = (await caller.result(done)).json()["video"]
        sim.hold("IN_PROGRESS")
        running = await caller.submit(FROM_PICTURE, {**body, "prompt": "running"})
        await caller.reached(running, "IN_PROGRESS")
        sim.hold("IN_QUEUE")
        queued = await caller.submit(FROM_PICTURE, {**body, "prompt": "queued"})
        await caller.http.aclose()
        sim.kill()
    async with simulator_here(folder) as after:
        assert after.url != sim.url
        caller = Caller(after.url)
        for one in (done, running, queued):
            moved = {name: str(url).replace(sim.url, after.url) for name, url in one.items()}
            result = await caller.result(moved)
            assert result.status_code == 200
            url = result.json()["video"]["url"]
            assert url.startswith(after.url)
            async with httpx.AsyncClient() as plain:
                assert (await plain.get(url)).content[4:8] == b"ftyp"
        same = await caller.http.get(clip["url"].replace(sim.url, after.url))
        assert len(same.content) == clip["file_size"]
        assert len(after.context.queue.all()) == 3
        await caller.http.aclose()


async def test_old_state_is_thrown_away_and_broken_files_do_no_harm(tmp_path):
    folder = tmp_path / "simulator"
    async with simulator_here(folder) as sim:
        caller = Caller(sim.url)
        url = await caller.upload(picture())
        await caller.completed(await caller.submit(FROM_TEXT, {"prompt": 5}))
        await caller.http.aclose()
    (folder / "requests" / "broken.json").write_text("{")
    (folder / "files" / "left.part").write_bytes(b"x")
    (folder / "work-left").mkdir()
    async with simulator_here(folder) as sim:
        assert len(sim.context.queue.all()) == 1
        assert sim.context.files.find_by_path(url[url.index("/files") :]) is not None
        assert not (folder / "files" / "left.part").exists()
        assert not (folder / "work-left").exists()
    async with simulator_here(folder, keep_days=0) as sim:
        assert sim.context.queue.all() == ()
        assert sim.context.files.find_by_path(url[url.index("/files") :]) is None


def test_the_helper_turns_the_switches_of_a_process(tmp_path):
    with simulator_process(tmp_path / "simulator", arguments=["--speed", "10"]) as sim:
        sim.fault(route="models", status=418)
        assert httpx.get(f"{sim.url}/v1/models").status_code == 418
        assert [one["status"] for one in sim.seen("models")] == [418]
        assert sim.queue() == []
        assert SimulatorProcess(sim.process, sim.url).seen() != []


def test_the_address_is_said_before_the_server_is_loaded():
    heavy = {"aiohttp", "asyncio", "av", "PIL", "logging", "ssl"}
    code = "import sys, kling_desktop.simulator.__main__; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert heavy.isdisjoint(loaded.stdout.split())


def test_the_server_is_up_before_pictures_and_films_are_loaded():
    code = "import sys, kling_desktop.simulator.serving; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert {"av", "PIL"}.isdisjoint(loaded.stdout.split())


def test_who_calls_at_once_is_answered(tmp_path):
    with simulator_process(tmp_path / "simulator") as sim:
        assert httpx.get(f"{sim.url}/v1/models", timeout=20).status_code == 200
