"""The three clients through which everything leaves, one per purpose and no more."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

import httpx

import kling_desktop
from kling_desktop.fal.key_auth import KeyAuth
from kling_desktop.fal.routes import Route, bounded_sending, environment_proxies, trust

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    from kling_desktop.fal.hosts import Hosts
    from kling_desktop.fal.routes import SocketOption

API_CONNECTIONS = 4
"""httpx's pool costs grow with the square of its connections."""
SUBMIT_CONNECTIONS = 4
MEDIA_CONNECTIONS = 10

_KEPT_FOR = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOptions:
    """What a person may change about the network."""

    http2: bool = False
    """For the API's client alone."""
    trust_env: bool = True
    """Whether the system's proxies are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transports:
    """Replacements for the real network, for tests."""

    api: httpx.AsyncBaseTransport | None = None
    submit: httpx.AsyncBaseTransport | None = None
    media: httpx.AsyncBaseTransport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """`api` polls and asks, `submit` posts each job on a fresh connection, `media` has no key."""

    api: httpx.AsyncClient
    submit: httpx.AsyncClient
    media: httpx.AsyncClient

    async def aclose(self) -> None:
        """Closes all three."""
        for client in (self.api, self.submit, self.media):
            await client.aclose()


def open_connections(
    hosts: Hosts,
    key: Callable[[], str | None],
    options: NetworkOptions,
    transports: Transports,
) -> Connections:
    """Builds the clients. Reads certificates, so call it in a worker thread."""
    wire = _Wire(trust(), environment_proxies(trusted=options.trust_env))
    auth = KeyAuth(key, hosts)
    api = httpx.Limits(max_connections=API_CONNECTIONS, keepalive_expiry=_KEPT_FOR)
    fresh = httpx.Limits(max_connections=SUBMIT_CONNECTIONS, max_keepalive_connections=0)
    media = httpx.Limits(max_connections=MEDIA_CONNECTIONS, keepalive_expiry=_KEPT_FOR)
    return Connections(
        api=_client(transports.api or wire.route(api, http2=options.http2), auth),
        submit=_client(transports.submit or wire.route(fresh), auth),
        media=_client(transports.media or wire.route(media, sockets=bounded_sending()), None),
    )


class _Wire:
    """Makes the real transports of all three clients from one TLS context."""

    def __init__(self, tls: ssl.SSLContext, proxies: dict[str, str]) -> None:
        self._tls = tls
        self._proxies = proxies

    def route(
        self, limits: httpx.Limits, *, http2: bool = False, sockets: Iterable[SocketOption] = ()
    ) -> Route:
        def make(proxy: httpx.Proxy | None) -> httpx.AsyncBaseTransport:
            return httpx.AsyncHTTPTransport(
                verify=self._tls,
                http2=http2,
                limits=limits,
                proxy=proxy,
                retries=0,
                socket_options=tuple(sockets),
            )

        return Route(make, self._proxies)


def _client(transport: httpx.AsyncBaseTransport, auth: KeyAuth | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=transport,
        auth=auth,
        cookies=httpx.Cookies(CookieJar(DefaultCookiePolicy(allowed_domains=()))),
        headers={"User-Agent": f"kling-desktop/{kling_desktop.__version__}"},
        timeout=httpx.Timeout(30.0, connect=10.0),
        follow_redirects=False,
        trust_env=False,
    )
