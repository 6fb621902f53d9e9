"""The border where httpx's errors become ours. Nothing above it knows httpx's error names."""

from __future__ import annotations

import contextlib
import socket
import ssl
from typing import TYPE_CHECKING

import httpcore
import httpx

from kling_desktop.fal.errors import AnswerLost, FalError, NotConnected
from kling_desktop.fal.problems import (
    ADDRESS_NOT_FOUND,
    ANSWER_LOST,
    NOT_CONNECTED,
    NOT_TRUSTED,
    PROXY_TROUBLE,
    TOO_SLOW,
)
from kling_desktop.fal.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kling_desktop.records.problem import Problem

_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.ProxyError,
)
_UNSENDABLE = (httpx.InvalidURL, UnicodeError)
"""Addresses that no look-up takes; a part longer than 63 characters is a UnicodeError."""


class Departure:
    """What is known of a request on its way out. A listener on httpx's trace events."""

    def __init__(self) -> None:
        self.began = False
        """Whether its first byte may have left."""
        self.plug: socket.socket | None = None
        """The socket it leaves through, where a new connection was made for it."""

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Notes the connection, and the moment before the head is written (not a CONNECT's)."""
        if event == "connection.connect_tcp.complete":
            stream = info.get("return_value")
            if isinstance(stream, httpcore.AsyncNetworkStream):
                self.plug = stream.get_extra_info("socket")
        elif event.endswith("send_request_headers.started"):
            request = info.get("request")
            self.began = self.began or getattr(request, "method", b"") != b"CONNECT"


@contextlib.contextmanager
def border(host: str, departure: Departure) -> Iterator[None]:
    """Turns every httpx error and time-out raised inside into NotConnected or AnswerLost."""
    try:
        yield
    except httpx.HTTPError as error:
        raise _translated(error, host, departure) from error
    except TimeoutError as error:
        problem = TOO_SLOW(host=host)
        raise (AnswerLost if departure.began else NotConnected)(problem) from error
    except _UNSENDABLE as error:
        raise NotConnected(NOT_CONNECTED(host=host, details=_words(error))) from error


def _translated(error: httpx.HTTPError, host: str, departure: Departure) -> FalError:
    if isinstance(error, _BEFORE_SENDING) and not departure.began:
        return NotConnected(_why_not_connected(error, host))
    kind = TOO_SLOW if isinstance(error, httpx.TimeoutException) else ANSWER_LOST
    return AnswerLost(kind(host=host, details=_words(error)))


def _why_not_connected(error: httpx.HTTPError, host: str) -> Problem:
    causes = tuple(_causes(error))
    if isinstance(error, httpx.ProxyError):
        kind = PROXY_TROUBLE
    elif any(_is_distrust(cause) for cause in causes):
        kind = NOT_TRUSTED
    elif any(isinstance(cause, socket.gaierror) for cause in causes):
        kind = ADDRESS_NOT_FOUND
    else:
        kind = NOT_CONNECTED
    return kind(host=host, details=_words(error))


def _is_distrust(cause: BaseException) -> bool:
    """A handshake that merely waits for more is an SSLError as well."""
    waits = (ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLZeroReturnError)
    return isinstance(cause, ssl.SSLError) and not isinstance(cause, waits)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it, through groups as well."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def _words(error: BaseException) -> str:
    return redacted(f"{type(error).__name__}: {error}"[:300])
