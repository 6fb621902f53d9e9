"""The only place where the key enters a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from kling_desktop.fal.errors import KeyRefused
from kling_desktop.fal.problems import KEY_MALFORMED

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kling_desktop.fal.hosts import Hosts


class KeyAuth(httpx.Auth):
    """Adds `Authorization: Key …` to requests for our own origins, and to no other.

    The key is asked for at each request and kept nowhere. A request that already has the header is
    a mistake in this program and ends in a RuntimeError.
    """

    def __init__(self, key: Callable[[], str | None], hosts: Hosts) -> None:
        self._key = key
        self._hosts = hosts

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Raises KeyRefused where the key could not stand in a header."""
        if "authorization" in request.headers:
            raise RuntimeError("only KeyAuth may set the Authorization header")
        key = (self._key() or "").strip()
        if key and self._hosts.takes_key(request.url):
            if not is_sendable(key):
                raise KeyRefused(KEY_MALFORMED())
            request.headers["Authorization"] = f"Key {key}"
        yield request


def is_sendable(key: str) -> bool:
    """Whether it is one word of plain printable ASCII, as a header needs."""
    return key.isascii() and key.isprintable() and " " not in key
