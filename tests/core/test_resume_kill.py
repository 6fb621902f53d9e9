"""A real process, a real SIGKILL in every state, a real server that keeps count."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.simulator import simulator_process

ROOT = Path(__file__).resolve().parents[2]


def engine(folder, url, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.engine_process", str(folder), url, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def outcome(process):
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(said)


@pytest.mark.slow
@pytest.mark.parametrize(
    "state", ["waiting", "uploading", "in_queue", "in_progress", "fetching", "downloading"]
)
def test_killed_and_started_again(tmp_path, state):
    with simulator_process(tmp_path / "server") as server:
        if state == "in_progress":
            server.hold("IN_PROGRESS")
        first = engine(tmp_path / "data", server.url, "--end-at", state)
        first.communicate(timeout=60)
        assert first.returncode == -signal.SIGKILL
        server.hold(None)
        told = outcome(engine(tmp_path / "data", server.url))
        assert told["states"] == ["finished"]
        assert [name for name in told["files"] if name.endswith(".mp4")] == ["Cat_A.mp4"]
        assert not [name for name in told["files"] if name.endswith(".part")]
        assert len(server.seen("submit")) == 1


@pytest.mark.slow
def test_killed_before_the_post_left(tmp_path):
    with simulator_process(tmp_path / "server") as server:
        first = engine(tmp_path / "data", server.url, "--end-at", "submitting")
        first.communicate(timeout=60)
        assert first.returncode == -signal.SIGKILL
        told = outcome(engine(tmp_path / "data", server.url))
        assert told["states"] == ["unconfirmed"]
        assert not server.seen("submit")


@pytest.mark.slow
def test_killed_between_the_post_and_its_answer(tmp_path):
    with simulator_process(tmp_path / "server") as server:
        server.fault(route="submit", delay_after=30.0)
        first = engine(tmp_path / "data", server.url)
        end = time.monotonic() + 30
        while not server.queue():
            assert time.monotonic() < end
            time.sleep(0.02)
        first.kill()
        first.communicate()
        told = outcome(engine(tmp_path / "data", server.url))
        assert told["states"] == ["finished"]
        assert [name for name in told["files"] if name.endswith(".mp4")] == ["Cat_A.mp4"]
        assert len(server.seen("submit")) == 1
