"""Reads what a media host says about the bytes it is going to send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from kling_desktop.fal.answers import answer_of
from kling_desktop.fal.errors import FalError, LinkGone
from kling_desktop.fal.part_file import Origin
from kling_desktop.fal.problems import LINK_GONE
from kling_desktop.fal.verdicts import error_of, facts, host_in, without_query

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429})
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """The bytes that are about to come."""

    url: str
    offset: int
    """Where in the file they begin."""
    total: int | None
    """The whole file's size, where the host says it."""
    content_type: str
    coding: str
    """How they are compressed; empty for not at all, which is what was asked for."""
    validator: str
    proven: bool
    """False where only the end of the connection will tell the end of the file."""

    @property
    def origin(self) -> Origin:
        """What has to be the same when going on later."""
        return Origin(without_query(self.url), self.validator, self.total)


def arrival_of(response: httpx.Response, url: str) -> Arrival | None:
    """What a 200 or 206 announces; None for any other answer, or a range that says not which."""
    if response.status_code not in {200, 206}:
        return None
    headers = response.headers
    offset, total = range_of(response) if response.status_code == 206 else (0, None)
    if offset is None:
        return None
    coding = headers.get("content-encoding", "").strip().lower()
    coding = "" if coding == "identity" else coding
    length = _number(headers.get("content-length", ""))
    if response.status_code == 200 and not coding:
        total = length
    framed = headers.get("transfer-encoding", "").lower() == "chunked"
    return Arrival(
        url=url,
        offset=offset,
        total=total,
        content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        coding=coding,
        validator="" if coding else _validator(headers),
        proven=length is not None or framed or response.http_version == "HTTP/2",
    )


def range_of(response: httpx.Response) -> tuple[int | None, int | None]:
    """The first byte and the whole size in `Content-Range`, each None where it is not said."""
    found = _CONTENT_RANGE.match(response.headers.get("content-range", "").strip().lower())
    return (_number(found[1] or ""), _number(found[2])) if found else (None, None)


def range_headers(origin: Origin | None, url: str, size: int) -> dict[str, str]:
    """What asks for the rest of a file of which `size` bytes are there from the same address."""
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    if origin is None or size == 0 or origin.url != without_query(url):
        return headers
    if not origin.validator and origin.total is None:
        return headers
    headers["Range"] = f"bytes={size}-"
    if origin.validator:
        headers["If-Range"] = origin.validator
    return headers


def goes_on(arrival: Arrival, origin: Origin | None, size: int) -> bool:
    """Whether these bytes belong right behind the ones that are there."""
    if origin is None or arrival.offset != size or arrival.coding:
        return False
    return None in {arrival.total, origin.total} or arrival.total == origin.total


def redirect_target(response: httpx.Response) -> str | None:
    """Where a redirect points, or None."""
    if response.status_code not in _REDIRECTS:
        return None
    target: str | None = response.headers.get("location")
    return target


def raw_chunks(response: httpx.Response) -> AsyncIterable[bytes]:
    """The bytes as they come; `aiter_raw` puts two more layers round each chunk."""
    stream = response.stream
    if not isinstance(stream, httpx.AsyncByteStream):
        raise TypeError("an answer of an asynchronous client is needed")
    return stream


def refusal_of(response: httpx.Response, body: bytes, now: float) -> FalError:
    """The error in an answer that brings no file."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    answer = answer_of(response.status_code, headers, body, str(response.url))
    if 400 <= answer.status < 500 and answer.status not in _PASSING:
        return LinkGone(
            LINK_GONE(host=host_in(answer.url), status=answer.status, details=facts(answer))
        )
    return error_of(answer, now)


def _validator(headers: httpx.Headers) -> str:
    tag: str = headers.get("etag", "").strip()
    date: str = headers.get("last-modified", "").strip()
    return tag if tag and not tag.startswith("W/") else date


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 25 else None
