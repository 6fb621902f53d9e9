"""The longest gaps of a 16 ms timer in the real window while everything goes on at once.

Three downloads of 400 MB run, 200 jobs are polled, fifty pictures of twelve megapixels are dropped,
and the simulator renders. The server of downloads and polls is a process of its own.
"""

from __future__ import annotations

import asyncio
import struct
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from kling_desktop.records.job import JobState
from kling_desktop.ui.form.ports import OfferedFile, SlotToken
from tests.benchmarks.furnished import furnish
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.inside import free_port, light_server, measured, run
from tests.benchmarks.table import machine, show
from tests.helpers.media_zoo import scene

if TYPE_CHECKING:
    from kling_desktop.core.studio import Studio
    from tests.benchmarks.inside import Inside

JOBS, DOWNLOADS, MEGABYTES, PICTURES = 200, 3, 400, 50
LONGEST = 60.0
"""Seconds after which the whole is measured as far as it has come."""
IDLE = 5.0


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = folder / "pictures"
        write_pictures(pictures, PICTURES)
        port = free_port()
        origin = f"http://127.0.0.1:{port}"
        furnish(folder / "data", jobs=JOBS, origin=origin, nearly_done=DOWNLOADS)
        with light_server(port, MEGABYTES):
            found = measured(
                "tests.benchmarks.event_loop",
                str(pictures),
                data_dir=folder / "data",
                origin=origin,
            )
    show(
        f"Gaps of a 16 ms timer, in ms ({machine()})",
        ("what", "longest", "99 %", "over 33", "most work in one", "99 %"),
        [
            ("idle, the floor", *found["idle"]),
            (f"all at once, {found['seconds']:.0f} s", *found["busy"]),
            ("goal", "33", "20", "0", "", ""),
        ],
    )
    show(
        "What was done meanwhile",
        ("downloads of 400 MB", "pictures kept", "rehearsal", "processor time of the program, s"),
        [(found["downloads"], found["pictures"], found["rehearsal"], found["cpu"])],
    )


def write_pictures(folder: Path, count: int) -> None:
    """Camera pictures of twelve megapixels, alike to the eye, each another file."""
    folder.mkdir()
    first = folder / "0.jpg"
    noise = Image.effect_noise((4000, 3000), 40).convert("RGB")
    Image.blend(scene(4000, 3000), noise, 0.25).save(first, quality=90)
    data = first.read_bytes()
    for number in range(1, count):
        remark = f"picture {number}".encode()
        segment = b"\xff\xfe" + struct.pack(">H", len(remark) + 2) + remark
        (folder / f"{number}.jpg").write_bytes(data[:2] + segment + data[2:])


async def _scenario(inside: Inside) -> dict[str, Any]:
    studio, desk = inside.studio, inside.desk
    floor = Gaps()
    floor.begin()
    await asyncio.sleep(IDLE)
    idle = floor.end()
    pictures = [Path(sys.argv[3]) / f"{number}.jpg" for number in range(PICTURES)]
    gaps, began, spent = Gaps(), time.monotonic(), time.process_time()
    gaps.begin()
    desk.pressing.press()
    desk.media.ask_many = lambda _count, answer: answer("each")
    token = _slot(studio, desk.making.draft.endpoint_id)
    desk.media.offer(token, [OfferedFile(path) for path in pictures], lambda _done: None)
    await asyncio.to_thread(urllib.request.urlopen, f"{inside.origin}/go")
    for job in studio.jobs.all():
        if job.request is not None and job.request.request_id.startswith("done-"):
            await studio.jobs.check_now(job.job_id)
    while not _is_over(studio, len(pictures)) and time.monotonic() - began < LONGEST:  # noqa: ASYNC110
        await asyncio.sleep(0.5)
    busy, seconds, cpu = gaps.end(), time.monotonic() - began, time.process_time() - spent
    return {
        "idle": idle.figures,
        "busy": busy.figures,
        "seconds": seconds,
        "cpu": cpu,
        "downloads": _downloaded(studio),
        "pictures": _kept(studio),
        "rehearsal": _rehearsed(studio),
    }


def _slot(studio: Studio, endpoint_id: str) -> SlotToken:
    request_type = studio.catalog.request_type_of(endpoint_id)
    fields = request_type.fields if request_type else ()
    return next(SlotToken((one.name,), one) for one in fields if one.media is not None)


def _is_over(studio: Studio, pictures: int) -> bool:
    rendered = _rehearsed(studio) == JobState.FINISHED
    return rendered and _downloaded(studio) == DOWNLOADS and _kept(studio) >= pictures


def _downloaded(studio: Studio) -> int:
    clips = [studio.library.get(one) for one in studio.library.ids()]
    return sum(clip is not None and clip.made_by == "fal" for clip in clips)


def _kept(studio: Studio) -> int:
    return sum(1 for _ in studio.folders.inputs.glob("*.jpg"))


def _rehearsed(studio: Studio) -> str:
    states = [job.state for job in studio.jobs.all() if job.made_by == "rehearsal" and job.attempts]
    return states[0] if states else "not begun"


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], _scenario)
