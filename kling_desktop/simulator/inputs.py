"""The files that an input names: found by the schema, fetched as fal would fetch them."""

from __future__ import annotations

import asyncio
import base64
import binascii
import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import aiohttp

from kling_desktop.simulator.complaints import Complaint, InputRefusedError
from kling_desktop.simulator.endpoints import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kling_desktop.records.json_values import JsonValue, Loc
    from kling_desktop.simulator.endpoints import Endpoint
    from kling_desktop.simulator.files import Files

_PICTURE_LIMITS: Mapping[str, float] = {
    "max_file_size": 10 * 1024 * 1024,
    "min_width": 300,
    "min_height": 300,
    "min_aspect_ratio": 0.4,
    "max_aspect_ratio": 2.5,
}
"""Kling's limits for pictures (Kling API docs), where a schema names none."""
_WORDS = {
    "mask": "image_mask",
    "image": "image",
    "video": "video",
    "audio": "audio",
    "voice": "audio",
}
"""What the names of fields say of their files, where the schema does not."""
_MOST_BYTES = 200 * 1024 * 1024
_PATIENCE = 20.0
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One address inside an input."""

    loc: Loc
    name: str
    kind: str
    """image, image_mask, video, audio or file."""
    url: str
    limits: Mapping[str, float]


def input_files(endpoint: Endpoint, body: Mapping[str, Any]) -> tuple[InputFile, ...]:
    """Every file that an input names, in the order in which the fields are shown."""
    order = endpoint.input_schema.get("x-fal-order-properties") or list(endpoint.properties)
    names = sorted(body, key=lambda name: order.index(name) if name in order else len(order))
    found: list[InputFile] = []
    for name in names:
        schema = endpoint.properties.get(name, {})
        found.extend(_files_in(body[name], name, schema, endpoint.root, (name,)))
    return tuple(found)


def _files_in(
    value: JsonValue, name: str, schema: Mapping[str, Any], root: Mapping[str, Any], loc: Loc
) -> Iterator[InputFile]:
    schema = _real_option(schema, root)
    if isinstance(value, str):
        kind = _kind_of(name, schema)
        if kind:
            limits = schema.get("x-fal") or (_PICTURE_LIMITS if kind == "image" else {})
            yield InputFile(loc=loc, name=name, kind=kind, url=value, limits=limits)
    elif isinstance(value, list):
        inner = {**_hints(schema), **_real_option(schema.get("items", {}), root)}
        for index, one in enumerate(value):
            yield from _files_in(one, name, inner, root, (*loc, index))
    elif isinstance(value, dict):
        for key, one in value.items():
            below = schema.get("properties", {}).get(key, {})
            yield from _files_in(one, key, below, root, (*loc, key))


def _hints(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: schema[key] for key in ("ui", "_fal_ui_field", "x-fal") if key in schema}


def _real_option(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    schema = resolve(schema, root)
    for option in schema.get("anyOf", ()):
        inner = resolve(option, root)
        if inner.get("type") != "null":
            return {**_hints(schema), **inner}
    return schema


def _kind_of(name: str, schema: Mapping[str, Any]) -> str:
    hint = (schema.get("ui") or {}).get("field") or schema.get("_fal_ui_field") or ""
    if hint in {"image", "image_mask", "video", "audio", "file"}:
        return str(hint)
    if not name.endswith(("_url", "_urls")):
        return ""
    return next((kind for word, kind in _WORDS.items() if word in name), "file")


class Fetcher:
    """Gets the bytes behind an address: one of our own files, a data URI or the public web."""

    def __init__(self, files: Files, *, private_allowed: bool) -> None:
        self._files, self._private_allowed = files, private_allowed

    async def fetch(self, wanted: InputFile, target: Path) -> Path:
        """The file with the bytes. Raises InputRefusedError as fal complains."""
        own = self._own(wanted.url)
        if own is None:
            try:
                await self._download(wanted, target)
            except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
                raise _not_downloaded(wanted) from error
        path = target if own is None else own
        if path.stat().st_size > (most := _most(wanted)):
            raise _too_large(wanted, most)
        return path

    def _own(self, url: str) -> Path | None:
        parts = urlsplit(url)
        near = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
        # An address without a host is a path on the media host.
        if not near and (parts.scheme or parts.netloc):
            return None
        stored = self._files.find_by_path(parts.path)
        return None if stored is None else self._files.path(stored.file_id)

    async def _download(self, wanted: InputFile, target: Path) -> None:
        if wanted.url.startswith("data:"):
            _write_whole(target, _of_data_uri(wanted.url))
            return
        url = wanted.url
        async with (
            asyncio.timeout(wanted.limits.get("timeout", _PATIENCE)),
            aiohttp.ClientSession() as session,
        ):
            for _ in range(4):
                await self._check_address(url)
                async with session.get(url, allow_redirects=False) as answer:
                    if answer.status in {301, 302, 303, 307, 308}:
                        url = urljoin(url, answer.headers["Location"])
                        continue
                    answer.raise_for_status()
                    await _write(answer, wanted, target)
                    return
        raise _not_downloaded(wanted)

    async def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("not an address of the web")
        if self._private_allowed:
            return
        found = await asyncio.get_running_loop().getaddrinfo(
            parts.hostname, parts.port or 443, type=socket.SOCK_STREAM
        )
        if not all(ipaddress.ip_address(one[4][0]).is_global for one in found):
            raise ValueError("not a public address")


async def _write(answer: aiohttp.ClientResponse, wanted: InputFile, target: Path) -> None:
    most, size = _most(wanted), 0
    file = target.open("wb")
    try:
        async for chunk in answer.content.iter_chunked(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_large(wanted, most)
            file.write(chunk)
    finally:
        file.close()


def _write_whole(target: Path, data: bytes) -> None:
    target.write_bytes(data)


def _of_data_uri(url: str) -> bytes:
    head, comma, data = url.partition(",")
    if not comma:
        raise ValueError("no data")
    if not head.endswith(";base64"):
        return unquote_to_bytes(data)
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error


def _most(wanted: InputFile) -> int:
    return int(wanted.limits.get("max_file_size", _MOST_BYTES))


def _not_downloaded(wanted: InputFile) -> InputRefusedError:
    text = "Failed to download the file. Please check if the URL is accessible and try again."
    return InputRefusedError(Complaint(wanted.loc, "file_download_error", text, wanted.url))


def _too_large(wanted: InputFile, most: int) -> InputRefusedError:
    text = (
        f"File size exceeds the maximum allowed size of {most} bytes. Please upload a smaller file."
    )
    facts = {"max_size": most}
    return InputRefusedError(Complaint(wanted.loc, "file_too_large", text, wanted.url, facts))
