"""The simulator as a child process: started when a rehearsal needs it, ended with the program."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING

from kling_desktop.core.problems import SIMULATOR_SILENT, SimulatorSilentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_log = logging.getLogger(__name__)

START_SECONDS = 30.0
"""How long the child may take to say where it listens."""
_SECRETS = ("FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET")


def simulator_command(
    data_dir: Path, speed: float = 1.0, added: Path | None = None
) -> tuple[str, ...]:
    """How to start it, from a checkout, a wheel or a frozen build.

    `added` is a folder of documents of further models, which it looks through as they are asked
    for.
    """
    frozen = bool(getattr(sys, "frozen", False))
    start = ("--simulator",) if frozen else ("-m", "kling_desktop.simulator")
    options = ("--port", "0", "--data-dir", str(data_dir), "--speed", str(speed))
    further = () if added is None else ("--added", str(added))
    return (sys.executable, *start, *options, *further, "--parent-stdin")


class Rehearsal:
    """At most one child at a time. A plain process and not asyncio's, which needs its own loop."""

    def __init__(self, command: Sequence[str], log_file: Path | None = None) -> None:
        self._command = tuple(command)
        self._log_file = log_file
        self.child: subprocess.Popen[bytes] | None = None
        """The process as it is now; for looking at."""
        self._address = ""
        self._starting: asyncio.Future[None] | None = None
        self._newborn: list[subprocess.Popen[bytes]] = []
        """Started, and not heard of yet."""
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Whether the child lives."""
        return self.child is not None and self.child.poll() is None

    async def address(self) -> str:
        """Where it listens, `http://127.0.0.1:PORT`; started, or started again if it died.

        Raises SimulatorSilentError where it does not come up.
        """
        if self.is_running:
            return self._address
        if self._starting is None or self._starting.done():
            self._starting = asyncio.ensure_future(self._start())
            self._starting.add_done_callback(_look_at)
        # Whoever wanted it may give up: somebody else wants it soon.
        await asyncio.shield(self._starting)
        return self._address

    async def stop(self) -> None:
        """Ends the child, within a second."""
        await self._until_started()
        child, self.child = self.child, None
        if child is not None:
            await asyncio.to_thread(_end, child)

    async def close(self) -> None:
        """Ends the child for good, also one that is still starting."""
        self._closed = True
        for child in self._newborn:
            child.kill()
        await self.stop()

    async def _until_started(self) -> None:
        if self._starting is not None:
            await asyncio.wait((self._starting,))

    async def _start(self) -> None:
        if self._closed:
            raise SimulatorSilentError(SIMULATOR_SILENT(reason="the program is closing"))
        before, self.child = self.child, None
        if before is not None:
            _log.info("the simulator ended with %s and is started again", before.poll())
            await asyncio.to_thread(_end, before)
        self.child, self._address = await asyncio.to_thread(self._start_now)

    def _start_now(self) -> tuple[subprocess.Popen[bytes], str]:
        try:
            child = _popen(self._command, self._log_file)
        except OSError as error:
            raise SimulatorSilentError(SIMULATOR_SILENT(reason=error.strerror or "")) from error
        self._newborn.append(child)
        try:
            if self._closed:
                child.kill()
            return child, _heard(child)
        finally:
            self._newborn.remove(child)


def _heard(child: subprocess.Popen[bytes]) -> str:
    lines: Queue[bytes] = Queue()
    threading.Thread(
        target=_drain, args=(child, lines.put), name="simulator output", daemon=True
    ).start()
    try:
        return str(json.loads(lines.get(timeout=START_SECONDS))["url"])
    except (Empty, ValueError, KeyError, TypeError) as error:
        _end(child)
        raise SimulatorSilentError(SIMULATOR_SILENT(reason=type(error).__name__)) from error


def _popen(command: Sequence[str], log_file: Path | None) -> subprocess.Popen[bytes]:
    environment = {name: text for name, text in os.environ.items() if name not in _SECRETS}
    home = str(Path(__file__).resolve().parents[2])
    known = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join((home, known) if known else (home,))
    errors = log_file.open("wb") if log_file is not None else None
    try:
        return subprocess.Popen(  # noqa: S603 - our own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors or subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    finally:
        if errors is not None:
            errors.close()


def _drain(child: subprocess.Popen[bytes], first: Callable[[bytes], None]) -> None:
    """Reads until the end, so that the child never blocks; an early end gives an empty line."""
    if child.stdout is None:
        return
    with child.stdout as lines:
        first(lines.readline())
        for _line in lines:
            pass


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        try:
            child.stdin.close()
        except OSError:
            _log.debug("the simulator's input was closed already")
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(0.6)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait(5.0)


def _look_at(starting: asyncio.Future[None]) -> None:
    """What went wrong was told to those who waited; with nobody there asyncio would complain."""
    if not starting.cancelled():
        starting.exception()
