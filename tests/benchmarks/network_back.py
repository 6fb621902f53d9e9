"""The network comes back while 200 jobs are open: how long until all are known, and the gaps.

The program runs whole. What answers is the light stand-in, in a process of its own, so that what
is measured is the program and not the simulator.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.furnished import furnish
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.inside import free_port, light_server, measured, run, until
from tests.benchmarks.table import machine, middle, show

if TYPE_CHECKING:
    from kling_desktop.records.job import Job
    from tests.benchmarks.inside import Inside

JOBS = 200
ROUNDS = 3


def main() -> None:
    """Prints the table."""
    found = [_round() for _ in range(ROUNDS)]
    show(
        f"Network back with {JOBS} open jobs, {ROUNDS} rounds ({machine()})",
        ("what", "median", "worst", "goal"),
        [
            ("all known after, ms", *_both(found, "known"), "1000"),
            ("of it CPU of the program, ms", *_both(found, "cpu"), ""),
            ("longest gap, ms", *_both(found, "gap"), "33"),
            ("most work in one gap, ms", *_both(found, "work"), ""),
            ("longest gap while idle, ms", *_both(found, "idle"), "the floor"),
        ],
    )


def _both(found: list[dict[str, Any]], name: str) -> tuple[float, float]:
    values = [one[name] * 1000 for one in found]
    return middle(values), max(values)


def _round() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        origin = f"http://127.0.0.1:{port}"
        data = Path(name) / "data"
        furnish(data, jobs=JOBS, origin=origin)
        return measured("tests.benchmarks.network_back", str(port), data_dir=data, origin=origin)


async def _scenario(inside: Inside) -> dict[str, Any]:
    jobs, gaps = inside.studio.jobs, Gaps()
    await asyncio.sleep(3.0)
    if not any(job.problem for job in jobs.all()):
        raise RuntimeError("the jobs have not noticed that nobody answers")
    gaps.begin()
    await asyncio.sleep(2.0)
    idle = max(gaps.end().gaps)
    with light_server(int(sys.argv[3])):
        await asyncio.sleep(0.5)
        missing = {job.job_id for job in jobs.all()}
        began, spent = time.time(), time.process_time()
        gaps = Gaps()
        gaps.begin()
        jobs.network_back()
        await until(jobs.changed, lambda job: _last_of(missing, job, began))
        known, cpu = time.time() - began, time.process_time() - spent
        await asyncio.sleep(0.2)
        found = gaps.end()
    return {
        "known": known,
        "cpu": cpu,
        "gap": max(found.gaps),
        "work": max(found.work),
        "idle": idle,
    }


def _last_of(missing: set[str], job: Job, began: float) -> bool:
    if (job.checked_at or 0.0) >= began:
        missing.discard(job.job_id)
    return not missing


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], _scenario)
