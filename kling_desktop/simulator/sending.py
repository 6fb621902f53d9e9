"""Puts an answer on the wire, whole or with a fault on it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import web

from kling_desktop.simulator.faults import Drop, Fault
from kling_desktop.simulator.replies import FileSlice, Reply, nginx_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

_CHUNK = 256 * 1024


def reply_instead(fault: Fault) -> Reply | None:
    """The answer that a fault gives before anything is done, if it gives one."""
    if fault.nginx is not None:
        return nginx_page(fault.nginx)
    if fault.redirect:
        return Reply(302, b"", {"Location": fault.redirect})
    if fault.status is not None:
        return Reply(fault.status, (fault.body or "").encode(), _type_of(fault))
    return None


def reply_with(fault: Fault, reply: Reply) -> Reply:
    """The true answer with the parts of a fault that change what is said."""
    if fault.status_after is not None:
        reply = Reply(fault.status_after, (fault.body or "").encode(), _type_of(fault))
    elif fault.body is not None and fault.status is None:
        reply = replace(reply, body=fault.body.encode())
    gone = {name.lower() for name in fault.remove_headers}
    kept = {name: value for name, value in reply.headers.items() if name.lower() not in gone}
    return replace(reply, headers={**kept, **(fault.headers or {})})


async def send(request: web.Request, reply: Reply, fault: Fault) -> web.StreamResponse:
    """Sends an answer, as badly as the fault says."""
    if fault.drop is not Drop.NEVER:
        return hang_up(request)
    if fault.no_length:
        return await _send_without_length(request, reply, fault)
    response = web.StreamResponse(status=reply.status, headers=dict(reply.headers))
    head_only = request.method == "HEAD" or reply.status in {204, 304}
    if not head_only or "Content-Length" not in reply.headers:
        response.content_length = max(0, reply.length + fault.longer)
    await response.prepare(request)
    if head_only:
        return response
    async for chunk in _paced(reply, fault):
        await response.write(chunk)
    if fault.truncate is not None or fault.longer:
        return hang_up(request, gently=True)
    await response.write_eof()
    return response


def hang_up(request: web.Request, *, gently: bool = False) -> web.Response:
    """Cuts the connection: at once, or after what was written has gone out."""
    if request.transport is not None:
        if gently:
            request.transport.close()
        else:
            request.transport.abort()
    return web.Response(status=499)


async def _send_without_length(request: web.Request, reply: Reply, fault: Fault) -> web.Response:
    """By hand, because the library would send chunks, whose end is seen when it is missing."""
    lines = [f"{name}: {value}" for name, value in reply.headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {reply.status} OK", *lines, "Connection: close"])
    if request.transport is not None:
        request.transport.write(f"{head}\r\n\r\n".encode())
    async for chunk in _paced(reply, fault):
        if request.transport is not None:
            request.transport.write(chunk)
    return hang_up(request, gently=True)


async def _paced(reply: Reply, fault: Fault) -> AsyncIterator[bytes]:
    left = reply.length if fault.truncate is None else min(fault.truncate, reply.length)
    left += min(0, fault.longer)
    size = _CHUNK if fault.drip is None else max(1, int(fault.drip / 10))
    for chunk in _chunks(reply.body, left, size):
        yield chunk
        if fault.drip is not None:
            await asyncio.sleep(len(chunk) / fault.drip)


def _chunks(body: bytes | FileSlice, length: int, size: int) -> Iterator[bytes]:
    if isinstance(body, bytes):
        for at in range(0, length, size):
            yield body[at : min(at + size, length)]
        return
    with body.path.open("rb") as file:
        file.seek(body.start)
        while length > 0 and (chunk := file.read(min(size, length))):
            length -= len(chunk)
            yield chunk


def _type_of(fault: Fault) -> dict[str, str]:
    guess = "application/json" if (fault.body or "").lstrip().startswith(("{", "[")) else ""
    kind = fault.content_type or guess
    return {"Content-Type": kind} if kind else {}
