"""`python -m kling_desktop.simulator`: fal on this computer, for nothing.

The first line on standard output is JSON with the address: `{"url": "http://127.0.0.1:PORT"}`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kling_desktop.simulator.server import Simulator
from kling_desktop.simulator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until it is told to stop, and then ends the process at once."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="simulator: %(message)s")
    asyncio.run(_serve(_settings(options), options.port, parent_stdin=options.parent_stdin))
    # A render thread may still be inside one slow call; everything worth keeping is on disk.
    sys.stdout.flush()
    os._exit(0)


async def _serve(settings: Settings, port: int, *, parent_stdin: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    if parent_stdin:
        threading.Thread(
            target=_wait_for_the_end_of_stdin, args=(loop, stop), name="parent", daemon=True
        ).start()
    simulator = Simulator(settings)
    url = await simulator.start(port)
    sys.stdout.write(json.dumps({"url": url}) + "\n")
    sys.stdout.flush()
    await stop.wait()
    try:
        async with asyncio.timeout(0.6):
            await simulator.stop()
    except TimeoutError:
        os._exit(0)


def _wait_for_the_end_of_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """The parent's end of the pipe closes when the parent ends, however it ends."""
    while os.read(0, 4096):
        pass
    loop.call_soon_threadsafe(stop.set)


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        data_dir=options.data_dir,
        schemas=options.schemas,
        speed=options.speed,
        seed=options.seed,
        concurrency=options.concurrency,
        queue_seconds=options.queue_seconds,
        short_side=options.short_side,
        private_inputs=options.private_inputs,
        receive_buffer=options.receive_buffer,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kling_desktop.simulator", description="An imitation of fal on this computer."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--data-dir", type=Path, required=True, help="where its state is kept")
    parser.add_argument("--speed", type=float, default=1.0, help="2 halves the waiting")
    parser.add_argument("--parent-stdin", action="store_true", help="end when stdin closes")
    parser.add_argument("--schemas", type=Path, help="a folder of fal's OpenAPI documents")
    parser.add_argument("--seed", type=int, default=0, help="another one gives other moves")
    parser.add_argument("--concurrency", type=int, default=2, help="requests at a time per key")
    parser.add_argument("--queue-seconds", type=float, default=1.0, help="the least wait")
    parser.add_argument("--short-side", type=int, help="pixels; overrides every endpoint")
    parser.add_argument("--private-inputs", action="store_true", help="fetch from loopback too")
    parser.add_argument("--receive-buffer", type=int, help="bytes the system may take in ahead")
    return parser


if __name__ == "__main__":
    main()
