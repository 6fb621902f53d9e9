"""A server on loopback that misbehaves on order: for what a well-behaved one never does."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import ssl

LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it arrived. Header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    connection: int
    body: bytes = b""

    @property
    def path(self) -> str:
        """Without the query."""
        return self.target.partition("?")[0]

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Line:
    """One connection, as a behavior uses it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    seen: Seen

    async def send(self, data: bytes) -> None:
        """Writes and waits until it is out."""
        self.writer.write(data)
        await self.writer.drain()

    async def head(self, status: int, headers: Mapping[str, str]) -> None:
        """The status line and the headers, as they are and nothing more."""
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{k}: {v}" for k, v in headers.items())]
        await self.send("\r\n".join(lines).encode() + LINE_END * 2)

    def reset(self) -> None:
        """Ends the connection with a RST."""
        plug: socket.socket = self.writer.get_extra_info("socket")
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behavior: TypeAlias = Callable[[Line], Awaitable[bool | None]]
"""Answers one request. True keeps the connection, anything else closes it."""


@dataclass(slots=True)
class AwkwardServer:
    """Answers each (method, path) with its behaviors in turn; the last one stays."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    _plans: dict[tuple[str, str], list[Behavior]] = field(default_factory=dict)
    _unread: set[tuple[str, str]] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def on(self, method: str, path: str, *behaviors: Behavior, reads_body: bool = True) -> None:
        """What to do with a request; `reads_body` False leaves that to the behavior."""
        self._plans[method, path] = list(behaviors)
        if not reads_body:
            self._unread.add((method, path))

    def count(self, method: str, path: str = "") -> int:
        """How many such requests arrived."""
        return len([one for one in self.seen if one.method == method and one.path.endswith(path)])

    @contextlib.asynccontextmanager
    async def running(
        self, tls: ssl.SSLContext | None = None, receive_buffer: int | None = None
    ) -> AsyncIterator[AwkwardServer]:
        """Listens on a free port of loopback until the block ends.

        `receive_buffer` fixes the bytes that the system takes in before anyone here reads them.
        """
        plug = socket.create_server(("127.0.0.1", 0))
        if receive_buffer is not None:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        server = await asyncio.start_server(self._serve, sock=plug, ssl=tls, limit=1 << 16)
        port = plug.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{port}"
        try:
            yield self
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        number = self.connections
        try:
            while await self._one(reader, writer, number):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort() if writer.transport.is_closing() else writer.close()

    async def _one(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> bool:
        seen = await _head(reader, number)
        plan = self._plans.get((seen.method, seen.path), [status(404)])
        if (seen.method, seen.path) not in self._unread:
            length = int(seen.headers.get("content-length", "0"))
            body = await reader.readexactly(length)
            seen = Seen(
                method=seen.method,
                target=seen.target,
                headers=seen.headers,
                connection=number,
                body=body,
            )
        self.seen.append(seen)
        behavior = plan.pop(0) if len(plan) > 1 else plan[0]
        return bool(await behavior(Line(reader, writer, seen)))


def says(code: int, body: Any, headers: Mapping[str, str] | None = None) -> Behavior:
    """A well-formed JSON answer."""
    return sends(code, json.dumps(body).encode(), {"Content-Type": "application/json"}, headers)


def sends(code: int, body: bytes, *headers: Mapping[str, str] | None) -> Behavior:
    """A well-formed answer with these bytes."""

    async def behave(line: Line) -> bool:
        said = {"Content-Length": str(len(body))}
        for more in headers:
            said.update(more or {})
        await line.head(code, said)
        await line.send(body)
        return True

    return behave


def status(code: int) -> Behavior:
    """An answer without a body."""
    return sends(code, b"")


def page(code: int) -> Behavior:
    """What a gateway or a sign-in page says."""
    html = b"<html><head><title>nginx</title></head><body>Sorry</body></html>"
    return sends(code, html, {"Content-Type": "text/html"})


def zipped(code: int, body: Any) -> Behavior:
    """JSON, compressed."""
    data = gzip.compress(json.dumps(body).encode())
    return sends(code, data, {"Content-Type": "application/json", "Content-Encoding": "gzip"})


def in_chunks(code: int, body: Any, size: int = 7) -> Behavior:
    """JSON in many small chunks, without a length."""
    data = json.dumps(body).encode()

    async def behave(line: Line) -> bool:
        await line.head(code, {"Transfer-Encoding": "chunked", "Content-Type": "application/json"})
        for begin in range(0, len(data), size):
            piece = data[begin : begin + size]
            await line.send(f"{len(piece):x}".encode() + LINE_END + piece + LINE_END)
        await line.send(b"0" + LINE_END * 2)
        return True

    return behave


async def hangs_up(_: Line) -> bool:
    """Takes the request and closes without a word."""
    return False


async def resets(line: Line) -> bool:
    """Takes the request and resets the connection."""
    line.reset()
    return False


async def stays_silent(_: Line) -> bool:
    """Takes the request and never answers."""
    await asyncio.sleep(3600)
    return False


async def talks_nonsense(line: Line) -> bool:
    """Answers something that is not HTTP."""
    await line.send(b"220 smtp.example.com ready\r\n")
    return False


def drips(body: bytes, pause: float, head: Mapping[str, str] | None = None) -> Behavior:
    """One byte at a time."""

    async def behave(line: Line) -> bool:
        await line.head(200, {"Content-Length": str(len(body)), **(head or {})})
        for byte in body:
            await line.send(bytes([byte]))
            await asyncio.sleep(pause)
        return True

    return behave


def cuts(body: bytes, at: int, head: Mapping[str, str] | None = None) -> Behavior:
    """Promises all of it where `head` does, and closes after `at` bytes."""

    async def behave(line: Line) -> bool:
        await line.head(200, head or {})
        await line.send(body[:at])
        return False

    return behave


def bomb(megabytes: int) -> Behavior:
    """Little on the wire, much in memory."""
    return sends(
        200,
        gzip.compress(b" " * (megabytes << 20)),
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    )


def redirects(target: str, code: int = 302) -> Behavior:
    """Points elsewhere."""
    return sends(code, b"", {"Location": target})


def serves(data: bytes, *, etag: str = '"one"', breaks_at: int | None = None) -> Behavior:
    """A file with ranges; `breaks_at` closes the connection after that many bytes of an answer."""

    async def behave(line: Line) -> bool:
        asked = line.seen.headers.get("range", "")
        same = line.seen.headers.get("if-range", etag) == etag
        begin = int(asked[6:].partition("-")[0]) if asked and same else 0
        if asked and same and begin >= len(data):
            await line.head(416, {"Content-Range": f"bytes */{len(data)}", "Content-Length": "0"})
            return True
        head = {"Content-Length": str(len(data) - begin), "Content-Type": "video/mp4"}
        head.update({"ETag": etag} if etag else {})
        if asked and same:
            head["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
        await line.head(206 if asked and same else 200, head)
        rest = data[begin:]
        await line.send(rest if breaks_at is None else rest[:breaks_at])
        return breaks_at is None or len(rest) <= breaks_at

    return behave


@dataclass(slots=True)
class SlowReader:
    """Takes an upload slowly and knows how much of it it has."""

    pause: float
    piece: int = 1 << 16
    taken: int = 0
    finished: bool = False

    async def __call__(self, line: Line) -> bool:
        """Reads the body piece by piece, then says yes."""
        length = int(line.seen.headers["content-length"])
        while self.taken < length:
            self.taken += len(await line.reader.read(min(self.piece, length - self.taken)))
            await asyncio.sleep(self.pause)
        self.finished = True
        return bool(await status(200)(line))


async def _head(reader: asyncio.StreamReader, number: int) -> Seen:
    raw = await reader.readuntil(LINE_END * 2)
    first, *lines = raw.decode("latin-1").rstrip().split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    return Seen(method=method, target=target, headers=headers, connection=number)
