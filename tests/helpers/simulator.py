"""The real simulator for tests: in this process on a port, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kling_desktop.simulator.server import Simulator
from kling_desktop.simulator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

    from kling_desktop.simulator.context import Context

KEY = "rehearsal:rehearsal"
"""A key that every simulator takes."""
SMALL = 96
"""Pixels of the shorter side of clips in tests; they render in a tenth of a second."""
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class RunningSimulator:
    """A simulator in this process: its origin and, through `context`, all its parts.

    `context.faults.add(Fault(route="submit", drop=Drop.AFTER))`, `context.ledger.all("submit")`,
    `context.queue.hold(Status.IN_QUEUE)`, `context.accounts.accept_only([...])` and so on.
    """

    url: str
    simulator: Simulator

    @property
    def context(self) -> Context:
        """All parts of it."""
        return self.simulator.context


@asynccontextmanager
async def simulator_here(
    data_dir: Path, *, port: int = 0, **changes: Any
) -> AsyncIterator[RunningSimulator]:
    """The real server on the running loop. `changes` are fields of Settings.

    By default clips are small and waits short: `short_side=96`, `queue_seconds=0.05`.
    """
    usual = {"short_side": SMALL, "queue_seconds": 0.05}
    simulator = Simulator(Settings(data_dir=data_dir, **{**usual, **changes}))
    url = await simulator.start(port)
    try:
        yield RunningSimulator(url, simulator)
    finally:
        await simulator.stop()


class SimulatorProcess:
    """A simulator that runs as the program runs it: `python -m kling_desktop.simulator`."""

    def __init__(self, process: subprocess.Popen[bytes], url: str) -> None:
        self.process, self.url = process, url

    def seen(self, route: str = "") -> list[dict[str, Any]]:
        """The requests that came in so far, of one route or of all."""
        found: list[dict[str, Any]] = self.ask("GET", f"requests?route={route}")
        return found

    def queue(self) -> list[dict[str, Any]]:
        """Everything that was ever submitted to this data folder."""
        found: list[dict[str, Any]] = self.ask("GET", "queue")
        return found

    def fault(self, **fault: Any) -> None:
        """Switches a fault on; the fields are those of `Fault`."""
        self.ask("POST", "faults", fault)

    def hold(self, at: str | None) -> None:
        """Keeps all requests in "IN_QUEUE" or "IN_PROGRESS"; None lets them go."""
        self.ask("POST", "hold", {"at": at})

    def end_next(self, status: int, body: Mapping[str, Any]) -> None:
        """The next request ends with this answer to its result."""
        self.ask("POST", "endings", {"status": status, "body": body})

    def ask(self, method: str, what: str, body: Mapping[str, Any] | None = None) -> Any:
        """Uses the control address."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(
            f"{self.url}/_simulator/{what}", data=data, headers=headers, method=method
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def stop(self) -> int:
        """Closes its stdin, as the end of the program does, and waits for it."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        return self.process.wait(timeout=5)

    def kill(self) -> None:
        """Ends it without warning."""
        self.process.kill()
        self.process.wait(timeout=5)


@contextmanager
def simulator_process(
    data_dir: Path, *, arguments: Sequence[str] = (), small: bool = True
) -> Iterator[SimulatorProcess]:
    """Starts the real program; `small` makes quick clips and short waits."""
    quick = ["--short-side", str(SMALL), "--queue-seconds", "0.05"] if small else []
    process = start_process(data_dir, [*quick, *arguments])
    try:
        yield SimulatorProcess(process, read_url(process))
    finally:
        process.kill()
        process.wait(timeout=5)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def start_process(data_dir: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """The process with its stdin and stdout as pipes."""
    command = [sys.executable, "-m", "kling_desktop.simulator", "--parent-stdin"]
    return subprocess.Popen(
        [*command, "--data-dir", str(data_dir), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )


def read_url(process: subprocess.Popen[bytes]) -> str:
    """The origin that it says on its first line."""
    out: IO[bytes] | None = process.stdout
    if out is None:
        raise ValueError("the process has no pipe to read from")
    said: dict[str, str] = json.loads(out.readline())
    return said["url"]


def openapi_document(
    endpoint_id: str,
    properties: Mapping[str, Any],
    *,
    required: Sequence[str] = (),
    output: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A document in the shape that fal publishes, for an invented endpoint."""
    file = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}}
    schemas = {
        "Input": {
            "title": "InventedRequest",
            "type": "object",
            "required": list(required),
            "properties": dict(properties),
            "x-fal-order-properties": list(properties),
        },
        "Output": {
            "title": "InventedOutput",
            "type": "object",
            "required": list(output or ["video"]),
            "properties": dict(output or {"video": {"$ref": "#/components/schemas/File"}}),
        },
        "File": {"title": "File", **file},
    }
    result = f"/{endpoint_id}/requests/{{request_id}}"
    return {
        "openapi": "3.0.4",
        "info": {
            "title": f"Queue OpenAPI for {endpoint_id}",
            "version": "1.0.0",
            "x-fal-metadata": {"endpointId": endpoint_id, "category": "image-to-video"},
        },
        "components": {"schemas": schemas},
        "paths": {
            f"/{endpoint_id}": {"post": {"requestBody": _json("Input")}},
            result: {"get": {"responses": {"200": _json("Output")}}},
        },
        "servers": [{"url": "https://queue.fal.run"}],
    }


def write_documents(folder: Path, *documents: Mapping[str, Any]) -> Path:
    """Puts documents where `--schemas` (`schemas=`) reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, document in enumerate(documents):
        (folder / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def _json(name: str) -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{name}"}
    return {"content": {"application/json": {"schema": ref}}}
