"""Where fal is: the base address of each of its APIs, and which addresses may be used for what."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import lru_cache

import httpx

from kling_desktop.fal.errors import AddressRefused
from kling_desktop.fal.problems import ADDRESS_REFUSED, SERVER_ADDRESS_REFUSED

_PORTS = range(1, 1 << 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Base addresses without a slash at the end, and the only origins that ever see the key."""

    queue: str
    rest: str
    """Storage."""
    platform: str
    site: str
    """Documents of models."""
    api_origins: frozenset[str]

    @classmethod
    def official(cls) -> Hosts:
        """fal's own hosts, as its API reference names them."""
        return cls(
            queue="https://queue.fal.run",
            rest="https://rest.fal.ai",
            platform="https://api.fal.ai/v1",
            site="https://fal.ai",
            api_origins=frozenset(
                {
                    "https://queue.fal.run",
                    "https://queue.falrun.com",
                    "https://fal.run",
                    "https://rest.fal.ai",
                    "https://api.fal.ai",
                }
            ),
        )

    @classmethod
    def single(cls, address: str) -> Hosts:
        """One server for everything, at an origin with or without a path in front.

        Raises AddressRefused for anything but https, or http on this computer.
        """
        url = _parsed(address.strip())
        if url is None or url.query or url.fragment or not _is_safe(url, plain=is_loopback(url)):
            raise AddressRefused(SERVER_ADDRESS_REFUSED(address=_shown(address)))
        path = url.path.rstrip("/")
        server = f"{origin_of(url)}{path}"
        return cls(
            queue=server,
            rest=server,
            platform=f"{server}/v1",
            site=server,
            api_origins=frozenset({origin_of(url)}),
        )

    @property
    def origin(self) -> str:
        """What a job remembers as the place it was sent to."""
        return origin_of(self.queue)

    @property
    def mount(self) -> str:
        """The path in front of everything, without a slash at the end; mostly empty."""
        return url_of(self.queue).path.rstrip("/")

    def takes_key(self, url: httpx.URL) -> bool:
        """Whether the key may be sent there: exactly one of our origins and nothing odd."""
        return origin_of(url) in self.api_origins and _is_safe(url, plain=is_loopback(url))

    def media_address(self, address: str, *, relative_to: str = "") -> httpx.URL:
        """An address of a file, or AddressRefused.

        https to the internet is fine. This computer and private networks are only reached where
        the server itself is there, so that no answer can point the program at a neighbor.
        """
        url = _parsed(address, relative_to)
        if url is not None and self._is_reachable(url):
            return url
        raise AddressRefused(ADDRESS_REFUSED(address=_shown(address)))

    def _is_reachable(self, url: httpx.URL) -> bool:
        own = url_of(self.queue)
        if is_loopback(url):
            return is_loopback(own) and _is_safe(url, plain=True)
        return _is_safe(url, plain=False) and (url.host == own.host or not _is_private(url))


@lru_cache(maxsize=1000)
def url_of(address: str) -> httpx.URL:
    """The address taken apart, once: that takes httpx 0.1 ms, and polls use the same ones again.

    Raises httpx.InvalidURL.
    """
    return httpx.URL(address)


def origin_of(url: httpx.URL | str) -> str:
    """scheme://host[:port] in normal form, the port left out where it is the scheme's own."""
    parsed = url_of(url) if isinstance(url, str) else url
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"


def is_loopback(url: httpx.URL) -> bool:
    """Whether it points to this very computer."""
    if url.host == "localhost" or url.host.endswith(".localhost"):
        return True
    address = _ip(url)
    return address is not None and address.is_loopback


def parse_address(text: str, relative_to: str = "") -> httpx.URL | None:
    """The address that a server wrote, made absolute; None where it is none."""
    return _parsed(text, relative_to)


def _parsed(text: str, relative_to: str = "") -> httpx.URL | None:
    try:
        url = url_of(relative_to).join(text) if relative_to else url_of(text)
        url.netloc.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    return url


def _is_safe(url: httpx.URL, *, plain: bool) -> bool:
    schemes = ("https", "http") if plain else ("https",)
    is_plain = bool(url.host) and not url.userinfo and (url.port or 1) in _PORTS
    return url.scheme in schemes and is_plain


def _ip(url: httpx.URL) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    return _ip_of(url.host)


@lru_cache(maxsize=1000)
def _ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _is_private(url: httpx.URL) -> bool:
    address = _ip(url)
    if address is None:
        return "." not in url.host or url.host.endswith((".local", ".internal"))
    return not address.is_global


def _shown(address: str) -> str:
    """Short, and without what may be secret in it."""
    url = _parsed(address)
    if url is None or not url.host:
        return address[:80].partition("?")[0].rpartition("@")[2]
    return f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}"[:200]
