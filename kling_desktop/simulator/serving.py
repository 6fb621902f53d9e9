"""The life of a simulator that is a process of its own."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING

from kling_desktop.simulator.server import Simulator
from kling_desktop.simulator.settings import Settings

if TYPE_CHECKING:
    import argparse
    import socket

    from kling_desktop.simulator.farewell import Farewell


def serve(listening: socket.socket, options: argparse.Namespace, farewell: Farewell) -> None:
    """Serves on a socket until it is time to go."""
    logging.basicConfig(level=logging.WARNING, format="simulator: %(message)s")
    asyncio.run(_serve(listening, _settings(options), farewell))


async def _serve(listening: socket.socket, settings: Settings, farewell: Farewell) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    farewell.tell(lambda: loop.call_soon_threadsafe(stop.set))
    simulator = Simulator(settings)
    await simulator.serve_on(listening)
    await stop.wait()
    try:
        async with asyncio.timeout(0.6):
            await simulator.stop()
    except TimeoutError:
        os._exit(0)


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
