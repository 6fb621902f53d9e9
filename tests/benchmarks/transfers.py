"""Upload and download of a large file over loopback against curl, in the same run.

Run it as a script. It prints speed as a ratio to curl's, the processor time per gigabyte, and how
much memory the client's process grew by. Ratios hold on any machine, times do not.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.table import machine, show

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """One transfer: seconds, processor seconds, and growth in bytes."""

    seconds: float
    cpu: float
    growth: int


@dataclass(frozen=True, slots=True)
class Row:
    """One way of moving the file, measured several times."""

    name: str
    direction: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(run.seconds for run in self.runs)


class Host:
    """A plain HTTP server in threads, as fast as Python can be: it is not what is measured."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._plug = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._plug.getsockname()[1]}"

    def run(self) -> None:
        """Serves for ever."""
        while True:
            line, _ = self._plug.accept()
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line:
            while head := self._head(line):
                self._answer(line, *head)

    def _head(self, line: socket.socket) -> tuple[str, int, bytes] | None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = line.recv(1 << 16)
            if not more:
                return None
            data += more
        head, _, rest = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): text.strip() for name, _, text in (x.partition(":") for x in lines)
        }
        if headers.get("expect"):
            line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return first, int(headers.get("content-length", "0")), rest

    def _answer(self, line: socket.socket, first: str, length: int, rest: bytes) -> None:
        buffer = bytearray(1 << 20)
        left = length - len(rest)
        while left > 0:
            left -= line.recv_into(buffer, min(left, len(buffer)))
        if first.startswith("GET"):
            size = self._source.stat().st_size
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode())
            with self._source.open("rb") as file:
                line.sendfile(file)
            return
        slot = f'{{"upload_url": "{self.url}/put", "file_url": "{self.url}/get"}}'
        body = slot.encode() if first.startswith("POST") else b""
        line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def main(megabytes: int = 200, rounds: int = 5) -> None:
    """Measures and prints the table."""
    with tempfile.TemporaryDirectory() as name:
        show_rows(measure(Path(name), megabytes, rounds), megabytes)


def measure(folder: Path, megabytes: int, rounds: int) -> list[Row]:
    """All transfers, interleaved, so that a busy machine is unfair to all alike."""
    source = folder / "source.bin"
    with source.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(1 << 20))
    host = Host(source)
    server = multiprocessing.get_context("fork").Process(target=host.run, daemon=True)
    server.start()
    try:
        return _interleaved(host.url, source, folder, rounds)
    finally:
        server.kill()
        server.join()


def show_rows(rows: list[Row], megabytes: int) -> None:
    """Speed, ratio to curl in the same direction, processor time and memory, one line a row."""
    curl = {row.direction: row.seconds for row in rows if row.name == "curl"}
    lines = []
    for row in rows:
        cpu = statistics.median(run.cpu for run in row.runs) * 1024 / megabytes
        growth = max(run.growth for run in row.runs) / (1 << 20)
        ours = row.name != "curl"
        goal = ("0.9" if row.direction == "upload" else "0.6") if ours else ""
        ratio = curl[row.direction] / row.seconds
        speed = round(megabytes / row.seconds)
        name = f"{row.direction}, {row.name}"
        lines.append((name, speed, ratio, goal, cpu, growth, "16" if ours else ""))
    show(
        f"Transfer of {megabytes} MB over loopback, median of {len(rows[0].runs)} ({machine()})",
        ("what", "MB/s", "× curl", "goal", "CPU s/GB", "+MB", "goal"),
        lines,
    )


def _interleaved(url: str, source: Path, folder: Path, rounds: int) -> list[Row]:
    target = folder / "target.part"
    ways = {
        ("curl", "upload"): lambda: _curl("-T", str(source), f"{url}/put"),
        ("ours", "upload"): lambda: _ours("upload", url, source),
        ("curl", "download"): lambda: _curl("-o", str(target), f"{url}/get"),
        ("ours", "download"): lambda: _ours("download", url, target),
    }
    runs: dict[tuple[str, str], list[Run]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, transfer in ways.items():
            target.unlink(missing_ok=True)
            runs[way].append(transfer())
    return [Row(name, direction, tuple(runs[name, direction])) for name, direction in ways]


def _curl(*arguments: str) -> Run:
    curl = shutil.which("curl")
    if curl is None:
        raise SystemExit("curl is needed to compare with")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    written = "%{time_total}"
    done = subprocess.run(
        [curl, "-s", "-w", written, *arguments], check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(float(done.stdout.strip()), cpu, 0)


def _ours(direction: str, url: str, path: Path) -> Run:
    """In a process of its own, since a peak of memory never comes down again."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.transfers",
        "--inside",
        direction,
        url,
        str(path),
    ]
    said = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    seconds, cpu, growth = said.stdout.split()
    return Run(float(seconds), float(cpu), int(growth))


async def _inside(direction: str, url: str, path: Path) -> None:
    from kling_desktop.fal.client import Fal
    from kling_desktop.fal.hosts import Hosts

    fal = await Fal.open(Hosts.single(url), lambda: None)
    small = path.parent / "small.bin"
    small.write_bytes(bytes(1 << 20))
    await fal.storage.upload(small, small.name, "video/mp4")
    memory, cpu, since = _peak(), time.process_time(), time.perf_counter()
    if direction == "upload":
        await fal.storage.upload(path, path.name, "video/mp4")
    else:
        await fal.files.download(f"{url}/get", path)
    seconds = time.perf_counter() - since
    sys.stdout.write(f"{seconds} {time.process_time() - cpu} {_peak() - memory}\n")
    await fal.aclose()


def _peak() -> int:
    """The most memory this process ever had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        asyncio.run(_inside(sys.argv[2], sys.argv[3], Path(sys.argv[4])))
    else:
        options = _options()
        main(options.megabytes, options.rounds)
