"""From an endpoint id to the addresses of the queue, and which of fal's own addresses are used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kling_desktop.fal.hosts import parse_address, url_of
from kling_desktop.records.job import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.fal.hosts import Hosts
    from kling_desktop.records.json_values import JsonValue

_NAMESPACES = frozenset({"workflows", "comfy"})
_OLD_NAME = re.compile(r"(\d+)-(.+)\Z")
_SEGMENT = re.compile(r"[\w.@:+~-]+\Z")


def submit_url(hosts: Hosts, endpoint_id: str) -> str | None:
    """Where a job for an endpoint is posted; None where the id is no endpoint id."""
    parts = _parts(endpoint_id)
    return None if parts is None else "/".join((hosts.queue, *(quote(part) for part in parts)))


def rebuilt(hosts: Hosts, endpoint_id: str, request_id: str) -> Request:
    """The addresses of a request, from nothing but its ids.

    The sub-path of an endpoint belongs to the submit only (fal queue API docs).
    """
    parts = _parts(endpoint_id) or tuple(endpoint_id.split("/"))
    app = parts[: 3 if parts[0] in _NAMESPACES else 2]
    response = "/".join(
        (hosts.queue, *(quote(part) for part in app), "requests", quote(request_id, safe=""))
    )
    return Request(
        request_id=request_id,
        status_url=f"{response}/status",
        response_url=response,
        cancel_url=f"{response}/cancel",
    )


def adopted(
    hosts: Hosts, endpoint_id: str, request_id: str, said: Mapping[str, JsonValue]
) -> Request:
    """The addresses that fal gave, each as it is where it may be used, else rebuilt."""
    ours = rebuilt(hosts, endpoint_id, request_id)
    base = f"{hosts.queue}/"
    return Request(
        request_id=request_id,
        status_url=_usable(hosts, said.get("status_url"), request_id, base) or ours.status_url,
        response_url=_usable(hosts, said.get("response_url"), request_id, base)
        or ours.response_url,
        cancel_url=_usable(hosts, said.get("cancel_url"), request_id, base) or ours.cancel_url,
    )


def below_mount(hosts: Hosts, address: str) -> str | None:
    """The same address below the path that the server was given with, where it is not.

    A server behind a path often does not know of it and gives addresses without.
    """
    mount = hosts.mount
    if not mount:
        return None
    url = url_of(address)
    if url.path == mount or url.path.startswith(f"{mount}/"):
        return None
    return str(url.copy_with(raw_path=mount.encode() + url.raw_path))


def _usable(hosts: Hosts, address: JsonValue, request_id: str, base: str) -> str | None:
    url = parse_address(address, relative_to=base) if isinstance(address, str) else None
    if url is None or not hosts.takes_key(url) or url.fragment:
        return None
    in_path = f"/{request_id}/" in f"{unquote(url.path)}/"
    return str(url) if in_path or request_id in url.params.values() else None


def _parts(endpoint_id: str) -> tuple[str, ...] | None:
    """Owner, app and path, with a namespace in front where there is one."""
    parts = tuple(endpoint_id.strip("/").split("/"))
    if len(parts) == 1:
        old = _OLD_NAME.match(parts[0])
        parts = (old[1], old[2]) if old else parts
    least = 3 if parts[0] in _NAMESPACES else 2
    sound = all(_SEGMENT.match(part) and part.strip(".") for part in parts)
    return parts if sound and len(parts) >= least else None
