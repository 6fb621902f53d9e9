"""What a person waits for in use: a clip on the stage, a large library, a long queue, the end.

And the first start to a clip that moves, as the tour sees it.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from tests.benchmarks.furnished import furnish
from tests.benchmarks.gaps import EVERY
from tests.benchmarks.inside import ROOT, close_by_hand, free_port, light_server, measured, run
from tests.benchmarks.table import machine, middle, percentile, show

if TYPE_CHECKING:
    from tests.benchmarks.inside import Inside

CLIPS, JOBS, OPEN = 10_000, 300, 200
CLICKS, SCROLLS = 12, 200


def main() -> None:
    """Prints the table."""
    used, few = _used(CLIPS), _used(50)
    rows: list[tuple[str, float, str]] = [
        ("first click on a clip to its first frame", used["first_click"], "80"),
        ("the next clicks, median", used["clicks"], "80, moonshot 50"),
        (f"library of {CLIPS}: read and painted", used["library"], "80"),
        ("library of 50: the same", few["library"], "the floor"),
        ("scrolling, a picture, median", used["scroll"], str(EVERY * 1000)),
        ("scrolling, 99th percentile", used["scroll_p99"], "12"),
        (f"queue of {JOBS} ended jobs: shown and painted", used["queue"], ""),
        (f"window closed to process gone, {OPEN} open jobs", _closing(), "2000"),
        ("first start to a clip that moves", _first_clip(), "15000"),
    ]
    show(f"In use ({machine()})", ("what", "ms", "goal"), rows)
    more = used["memory"] - few["memory"]
    show("Memory", ("what", "MB", "goal"), [(f"{CLIPS} clips instead of 50", more, "25")])


def _used(clips: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        furnish(data, clips=clips, jobs=JOBS)
        return measured("tests.benchmarks.use", data_dir=data, origin="http://127.0.0.1:9")


def _closing() -> float:
    with tempfile.TemporaryDirectory() as name:
        data, port = Path(name) / "data", free_port()
        origin = f"http://127.0.0.1:{port}"
        furnish(data, jobs=OPEN, origin=origin)
        with light_server(port):
            found = measured("tests.benchmarks.use", "close", data_dir=data, origin=origin)
    return float(found["ended"] - found["closed"]) * 1000


def _first_clip() -> float:
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "kling_desktop", "--demo", "--tour", name]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, check=False, cwd=ROOT, env=environment, timeout=120)
        facts = json.loads((Path(name) / "tour.json").read_text())
    return float(facts["moving_after"] or -0.001) * 1000


async def _use(inside: Inside) -> dict[str, Any]:
    await asyncio.sleep(1.0)
    clicks = [await _click(inside, number) for number in range(CLICKS)]
    scrolls = _scroll(inside)
    return {
        "first_click": clicks[0],
        "clicks": middle(clicks[1:]),
        "library": _timed(lambda: inside.desk.library.refresh()),
        "scroll": middle(scrolls),
        "scroll_p99": percentile(scrolls, 0.99),
        "queue": _timed(lambda: inside.desk.queue.show_jobs(inside.studio.jobs.all())),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def _click(inside: Inside, number: int) -> float:
    """Milliseconds from the choice of a clip to its first frame on the stage."""
    stage, arrived = inside.desk.stage, asyncio.Event()
    clip_id = inside.studio.library.ids()[number]
    connection = stage._fitter.fitted.connect(lambda _fitted: arrived.set())
    began = time.perf_counter()
    inside.desk.showing.show(clip_id)
    async with asyncio.timeout(10.0):
        await arrived.wait()
    found = (time.perf_counter() - began) * 1000
    stage._fitter.fitted.disconnect(connection)
    await asyncio.sleep(0.5)
    return found


def _scroll(inside: Inside) -> list[float]:
    view = inside.desk.library.view
    found = []
    for number in range(SCROLLS):
        bars = (view.verticalScrollBar(), view.horizontalScrollBar())
        bar = max(bars, key=lambda one: one.maximum())
        bar.setValue(bar.maximum() * number // SCROLLS)
        began = time.perf_counter()
        view.viewport().repaint()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    scenario = close_by_hand if sys.argv[3:] == ["close"] else _use
    run(Path(sys.argv[1]), sys.argv[2], scenario)
