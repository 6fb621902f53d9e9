"""The media host: whole files and parts of them, to anybody who has the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kling_desktop.simulator.replies import FileSlice, Reply, detail_reply

if TYPE_CHECKING:
    from aiohttp import web

    from kling_desktop.simulator.context import Context

_RANGE = re.compile(r"bytes=(?!-\Z)(\d*)-(\d*)\Z")
"""One range. Whoever asks for several, or in another unit, gets the whole."""


class MediaRoutes:
    """The answers of the media host."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def file(self, request: web.Request) -> Reply:
        """200, 206 for a range, 416 for one that is not there, 404."""
        stored = self._context.files.find_by_path(request.path)
        if stored is None:
            return detail_reply(404, "File not found")
        etag = f'"{stored.sha256}"'
        headers = {
            "Content-Type": stored.content_type,
            "ETag": etag,
            "Accept-Ranges": "bytes",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        path = self._context.files.path(stored.file_id)
        wanted = _RANGE.match(request.headers.get("Range", ""))
        if wanted is None or request.headers.get("If-Range", etag) != etag:
            return _whole_or_head(request, FileSlice(path, 0, stored.size), headers, 200)
        part = part_of(wanted[1], wanted[2], stored.size)
        if part is None:
            return Reply(416, b"", {**headers, "Content-Range": f"bytes */{stored.size}"})
        start, length = part
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{stored.size}"
        return _whole_or_head(request, FileSlice(path, start, length), headers, 206)


def part_of(first: str, last: str, size: int) -> tuple[int, int] | None:
    """Start and length of a range `first-last`, or None where nothing of it exists."""
    if not first:
        length = min(int(last), size)
        return (size - length, length) if length else None
    start = int(first)
    end = min(int(last) if last else size - 1, size - 1)
    return (start, end - start + 1) if start <= end else None


def _whole_or_head(
    request: web.Request, body: FileSlice, headers: dict[str, str], status: int
) -> Reply:
    if request.method != "HEAD":
        return Reply(status, body, headers)
    return Reply(status, b"", {**headers, "Content-Length": str(body.length)})
