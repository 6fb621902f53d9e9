"""A server that speaks just enough of fal's protocol, and costs almost nothing.

It stands in a process of its own for what is measured in the program, where the simulator would
measure itself. Run it with a port and the size of its files; its first line says that it listens.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.helpers.media_zoo import ClipPlan, numbered_clip

_CHUNK = 1 << 18
DONE = "done-"
"""Requests whose name begins so are completed after a GET of `/go`; all others stay queued."""


class Line(asyncio.Protocol):
    """One connection, kept alive."""

    def __init__(self, origin: str, film: Path, go: asyncio.Event) -> None:
        self._origin, self._film, self._go = origin, film, go
        self._data = b""
        self._body_left = 0
        self._transport: asyncio.Transport | None = None
        self._sending: asyncio.Task[None] | None = None
        self._flows = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.set_write_buffer_limits(high=2 * _CHUNK)
        self._transport = transport
        self._flows.set()

    def pause_writing(self) -> None:
        self._flows.clear()

    def resume_writing(self) -> None:
        self._flows.set()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._sending is not None:
            self._sending.cancel()

    def data_received(self, data: bytes) -> None:
        if self._body_left:
            taken = min(self._body_left, len(data))
            self._body_left -= taken
            data = data[taken:]
            if not self._body_left:
                self._say(b"{}")
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            self._heard(head.decode("latin-1"))

    def _heard(self, head: str) -> None:
        method, target, _ = head.partition("\r\n")[0].split(" ", 2)
        length = 0
        for line in head.split("\r\n")[1:]:
            name, _, text = line.partition(":")
            if name.lower() == "content-length":
                length = int(text)
        path = target.partition("?")[0]
        if method == "PUT":
            self._body_left = length - len(self._data)
            self._data = b""
            return
        self._data = self._data[length:]
        if path.startswith("/film/"):
            self._sending = asyncio.ensure_future(self._send_film())
        elif path == "/go":
            self._go.set()
            self._say(b"{}")
        elif path.endswith("/initiate"):
            file = f"{self._origin}/files/{id(self)}"
            self._say(json.dumps({"upload_url": file, "file_url": file}).encode())
        else:
            self._say(self._status(path))

    def _status(self, path: str) -> bytes:
        """fal's answer for `…/requests/ID/status` and `…/requests/ID`."""
        root = path.removesuffix("/status")
        name = root.rpartition("/")[2]
        if not path.endswith("/status"):
            size = self._film.stat().st_size
            video = {"url": f"{self._origin}/film/{name}.mp4", "file_size": size}
            return json.dumps({"video": {**video, "content_type": "video/mp4"}}).encode()
        url = f"{self._origin}{root}"
        said = {
            "status": "COMPLETED" if name.startswith(DONE) and self._go.is_set() else "IN_QUEUE",
            "request_id": name,
            "queue_position": 7,
            "response_url": url,
            "status_url": f"{url}/status",
            "cancel_url": f"{url}/cancel",
            "logs": None,
        }
        return json.dumps(said).encode()

    def _say(self, body: bytes) -> None:
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        if self._transport is not None:
            self._transport.write(head.encode() + body)

    async def _send_film(self) -> None:
        assert self._transport is not None
        size = self._film.stat().st_size
        head = f"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: {size}\r\n\r\n"
        self._transport.write(head.encode())
        with self._film.open("rb") as file:
            while chunk := file.read(_CHUNK):
                self._transport.write(chunk)
                await self._flows.wait()


def large_film(path: Path, megabytes: int) -> Path:
    """A clip that plays, and holds so many megabytes of nothing behind its frames."""
    numbered_clip(path, ClipPlan())
    room = (megabytes << 20) - path.stat().st_size
    if room >= 8:
        with path.open("ab") as file:
            file.write(room.to_bytes(4, "big") + b"free")
            file.truncate(path.stat().st_size + room)
    return path


async def serve(port: int, megabytes: int) -> None:
    """Until the process is ended."""
    with tempfile.TemporaryDirectory() as folder:
        film = large_film(Path(folder) / "film.mp4", megabytes)
        origin = f"http://127.0.0.1:{port}"
        go = asyncio.Event()
        server = await asyncio.get_running_loop().create_server(
            lambda: Line(origin, film, go), "127.0.0.1", port, backlog=256
        )
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
