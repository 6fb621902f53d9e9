"""How bytes leave the computer: TLS trust, proxies of the environment, and none for loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias
from urllib.request import getproxies, proxy_bypass

import httpx

from kling_desktop.fal.hosts import is_loopback

if TYPE_CHECKING:
    import ssl

SocketOption: TypeAlias = tuple[int, int, int]

MakeTransport: TypeAlias = Callable[[httpx.Proxy | None], httpx.AsyncBaseTransport]
"""Makes a transport that goes through a proxy, or straight where there is none."""

_UNSENT_AT_MOST = 128 << 10


class Route(httpx.AsyncBaseTransport):
    """Sends each request straight or through the proxy that the environment names for it."""

    def __init__(self, make: MakeTransport, proxies: dict[str, str]) -> None:
        self._make = make
        self._direct = make(None)
        self._addresses = proxies
        self._proxied: dict[str, httpx.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.AsyncBaseTransport."""
        return await self._for(request).handle_async_request(request)

    async def aclose(self) -> None:
        """Closes every connection."""
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    def _for(self, request: httpx.Request) -> httpx.AsyncBaseTransport:
        url = request.url
        address = self._addresses.get(url.scheme) or self._addresses.get("all")
        if not address or is_loopback(url) or proxy_bypass(url.netloc.decode("ascii")):
            return self._direct
        if address not in self._proxied:
            self._proxied[address] = self._through(address, request)
        return self._proxied[address]

    def _through(self, address: str, request: httpx.Request) -> httpx.AsyncBaseTransport:
        try:
            return self._make(httpx.Proxy(address if "://" in address else f"http://{address}"))
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            raise httpx.ProxyError("this kind of proxy is not known", request=request) from error


def environment_proxies(*, trusted: bool) -> dict[str, str]:
    """The proxies that the system names, by scheme; none where the environment is not trusted."""
    return getproxies() if trusted else {}


def trust() -> ssl.SSLContext:
    """The usual public authorities and those of this computer. Takes some 30 ms."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def bounded_sending() -> Iterable[SocketOption]:
    """Keeps little in the socket that is not on its way yet, so that progress tells the truth.

    Linux and macOS bound what is unsent and leave the window to the network; elsewhere the whole
    buffer is bounded.
    """
    unsent = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    if unsent is not None:
        return ((socket.IPPROTO_TCP, unsent, _UNSENT_AT_MOST),)
    return ((socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * _UNSENT_AT_MOST),)
