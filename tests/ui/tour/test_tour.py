"""The tour through the real window of the real program, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import av
import pytest

from kling_desktop.ui.tour.plan import PROMPT
from tests.helpers.simulator import simulator_process

ROOT = Path(__file__).resolve().parents[3]
KEY = "0f1e2d3c-tour:secret-of-the-tour"
pytestmark = [pytest.mark.slow, pytest.mark.screen]


def toured(folder, *options, **environment):
    command = [sys.executable, "-m", "kling_desktop", "--demo", "--tour", str(folder), *options]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return done, json.loads((folder / "tour.json").read_text())


def colors_in(frame):
    return frame.to_image(width=8, height=8).tobytes()


def test_the_main_job_from_first_start_to_saved_clip(tmp_path):
    done, facts = toured(tmp_path / "tour")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    log = (tmp_path / "tour" / "data" / "logs" / "kling-desktop.log").read_text()
    assert not [line for line in log.splitlines() if " INFO " not in line]
    assert facts["passed"]
    assert facts["failure"] == ""
    assert facts["request_id"]
    names = [step["name"] for step in facts["steps"]]
    assert names[:2] == ["first start", "drag over"]
    assert {"drop", "prompt", "the button", "made", "playing", "frame step", "saved"} <= set(names)
    times = [step["at"] for step in facts["steps"]]
    assert times == sorted(times)
    assert times[0] < facts["moving_after"] < times[-1]
    assert "raccoon" in facts["steps"][0]["seen"]
    assert facts["states_seen"][0]["heading"] == "Rehearsing"
    assert facts["states_seen"][-1]["heading"] == "Made"
    (stepped,) = (step["seen"] for step in facts["steps"] if step["name"] == "frame step")
    before, after = map(int, re.search(r"frame (\d+) to .* frame (\d+)$", stepped).groups())
    assert after == before + 1
    for step in facts["steps"]:
        if step["picture"]:
            assert (tmp_path / "tour" / step["picture"]).stat().st_size > 10_000
    with av.open(str(tmp_path / "tour" / facts["clip"])) as clip:
        video = clip.streams.video[0]
        assert float(clip.duration / av.time_base) == pytest.approx(5, abs=0.1)
        assert PROMPT in clip.metadata["comment"]
        frames = list(clip.decode(video))
    assert len(frames) == 120
    assert colors_in(frames[0]) != colors_in(frames[-1])


def test_real_work_at_another_server_and_a_second_tour_on_the_same_data(tmp_path):
    data = tmp_path / "data"
    with simulator_process(tmp_path / "server") as server:
        options = ("--fal-url", server.url, "--data-dir", str(data))
        done, facts = toured(tmp_path / "one", *options, FAL_KEY=KEY)
        assert done.returncode == 0, done.stderr
        assert facts["mode"] == "real"
        headings = [state["heading"] for state in facts["states_seen"]]
        assert any(heading.startswith("At 127.0.0.1:") for heading in headings)
        asked = next(step for step in facts["steps"] if step["name"] == "asked")
        assert "nothing has left this computer" in asked["seen"]
        again, more = toured(tmp_path / "two", *options, FAL_KEY=KEY)
        assert again.returncode == 0, again.stderr
        assert more["request_id"] != facts["request_id"]
        assert len(server.queue()) == 2
    for text in (done.stdout, done.stderr, json.dumps(facts)):
        assert KEY not in text


def test_without_a_key_the_tour_says_so(tmp_path):
    with simulator_process(tmp_path / "server") as server:
        done, facts = toured(tmp_path / "tour", "--fal-url", server.url)
    assert done.returncode == 4
    assert "Real work needs a key" in facts["failure"]
    assert facts["failure"] in done.stderr
    assert facts["steps"][-1]["picture"]


def test_a_refusal_ends_the_tour_in_words(tmp_path):
    with simulator_process(tmp_path / "server") as server:
        key = "unknown:secret-of-nobody"
        done, facts = toured(tmp_path / "tour", "--fal-url", server.url, FAL_KEY=key)
    assert done.returncode == 4
    assert "does not know this key" in facts["failure"]
    assert facts["steps"][-1]["name"] == "stopped"
