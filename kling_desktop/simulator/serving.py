"""The life of a simulator that is a process of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING

from kling_desktop.simulator.server import Simulator
from kling_desktop.simulator.settings import Settings

if TYPE_CHECKING:
    import argparse
    import socket


def serve(listening: socket.socket, options: argparse.Namespace) -> None:
    """Serves on a socket until a signal, or the end of stdin where that is the parent's."""
    logging.basicConfig(level=logging.WARNING, format="simulator: %(message)s")
    asyncio.run(_serve(listening, _settings(options), parent_stdin=options.parent_stdin))


async def _serve(listening: socket.socket, settings: Settings, *, parent_stdin: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    if parent_stdin:
        threading.Thread(
            target=_wait_for_the_end_of_stdin, args=(loop, stop), name="parent", daemon=True
        ).start()
    simulator = Simulator(settings)
    await simulator.serve_on(listening)
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
        added=options.added,
        speed=options.speed,
        seed=options.seed,
        concurrency=options.concurrency,
        queue_seconds=options.queue_seconds,
        short_side=options.short_side,
        private_inputs=options.private_inputs,
        receive_buffer=options.receive_buffer,
    )
