"""The engine as a program of its own, to be ended with SIGKILL: see tests/core/test_resume_kill.py.

`python -m tests.helpers.engine_process FOLDER URL [--end-at STATE]` orders one clip if the folder
has none yet, follows it, and prints one line of JSON with where it came to.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kling_desktop.fal.hosts import Hosts
from kling_desktop.records.job import JobState
from tests.helpers.engine import an_order, real_bench

if TYPE_CHECKING:
    from kling_desktop.records.job import Job

ENDPOINT = "fal-ai/kling-video/v2.1/master/text-to-video"
_LONGEST = 40.0
"""Seconds."""


def main() -> None:
    """Runs until the job is final, unconfirmed, or we are dead."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("url")
    parser.add_argument("--end-at", default="")
    options = parser.parse_args()
    asyncio.run(_run(options.folder, options.url, options.end_at))


async def _run(folder: Path, url: str, end_at: str) -> None:
    async with real_bench(folder, hosts=Hosts.single(url)) as (bench, _):

        def end_there(job: Job) -> None:
            if job.state == end_at:
                os.kill(os.getpid(), signal.SIGKILL)

        bench.jobs.changed.connect(end_there)
        bench.jobs.added.connect(end_there)
        if not bench.jobs.all():
            await bench.jobs.order(an_order(endpoint_id=ENDPOINT))
        end = time.monotonic() + _LONGEST
        while not _at_rest(bench.jobs.all()) and time.monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        states = [job.state.value for job in bench.jobs.all()]
        sys.stdout.write(json.dumps({"states": states, "files": bench.files()}) + "\n")


def _at_rest(jobs: tuple[Job, ...]) -> bool:
    return all(
        job.is_final or (job.state is JobState.UNCONFIRMED and job.checked_at is not None)
        for job in jobs
    )


if __name__ == "__main__":
    main()
