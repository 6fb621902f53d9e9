"""The real program, window and engine, with something that is measured going on inside it."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import json
import os
import socket
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling_desktop import app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from psygnal import SignalInstance

    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.work.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
KEY = "benchmark:key"
PATIENCE = 80.0
"""Seconds after which a scenario is given up, with a look at where it hangs."""
SETTLES = 1.5
"""Seconds that the engine has to come up and the window to become quiet."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The running program, as a scenario sees it."""

    desk: Desk
    studio: Studio
    origin: str


def measured(module: str, *arguments: str, data_dir: Path, origin: str) -> dict[str, Any]:
    """What a scenario found, run in a process of its own: `python -m module arguments…`."""
    command = [sys.executable, "-m", module, str(data_dir), origin, *arguments]
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "FAL_KEY": KEY},
        timeout=PATIENCE + 20,
    )
    ended = time.monotonic()
    if done.returncode:
        raise SystemExit(f"{module} failed ({done.returncode}):\n{done.stderr[-3000:]}")
    if "KLING_BENCH_PLACES" in os.environ:
        sys.stderr.write(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    found["ended"] = ended
    return found


def run(
    data_dir: Path, origin: str, scenario: Callable[[Inside], Awaitable[dict[str, Any]]]
) -> None:
    """Starts the program, lets the scenario measure, prints what it found, and ends."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    options = app.Options(data_dir=data_dir, fal_url=origin)
    folders, settings = app.lay_folders(options)
    from kling_desktop.ui.qt_imports import plain_imports

    plain_imports()
    from kling_desktop.ui.program import furnish, run_furnished, show_window

    theme, window = show_window(settings, folders.window)
    ground = app.lay_ground(options, folders, settings)
    desk = furnish(app.opening_of(ground), theme, window)

    async def build() -> Studio:
        studio = await app.build_studio(ground)
        studio.tasks.spawn(_measure(Inside(desk, studio, origin), scenario), "benchmark")
        return studio

    run_furnished(desk, build)


async def close_by_hand(inside: Inside) -> dict[str, Any]:
    """A scenario after which the program ends by itself, as when a person closes its window."""
    inside.studio.settings.change(said_fal_goes_on=True)
    inside.desk.window.close()
    return {"closed": time.monotonic()}


async def _measure(inside: Inside, scenario: Callable[[Inside], Awaitable[dict[str, Any]]]) -> None:
    try:
        await asyncio.sleep(SETTLES)
        found = await scenario(inside)
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must hear of it
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    sys.stdout.write(f"{json.dumps(found)}\n")
    sys.stdout.flush()
    if scenario is not close_by_hand:
        os._exit(0)


async def until(signal: SignalInstance, enough: Callable[..., bool]) -> None:
    """Waits for a signal whose arguments are what is waited for."""
    done = asyncio.Event()

    def hear(*what: object) -> None:
        if enough(*what):
            done.set()

    signal.connect(hear)
    await done.wait()
    signal.disconnect(hear)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as plug:
        port: int = plug.getsockname()[1]
        return port


@contextlib.contextmanager
def light_server(port: int, megabytes: int = 0) -> Iterator[str]:
    """The stand-in for fal, in a process of its own; gives its origin."""
    command = [sys.executable, "-m", "tests.benchmarks.light_server", str(port), str(megabytes)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
