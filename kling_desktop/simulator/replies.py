"""What the simulator answers, as plain data that faults can be put on before it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from uuid6 import uuid7

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kling_desktop.records.json_values import JsonValue


@dataclass(frozen=True, slots=True)
class FileSlice:
    """Bytes of a file that are read only while they are sent."""

    path: Path
    start: int
    length: int

    def read(self) -> bytes:
        """All of them at once."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.length)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int
    body: bytes | FileSlice = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return self.body.length if isinstance(self.body, FileSlice) else len(self.body)


def json_reply(status: int, value: JsonValue, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON answer; like every answer of fal's own it carries `x-fal-request-id`."""
    own = {"Content-Type": "application/json", "x-fal-request-id": str(uuid7())}
    return Reply(status, json.dumps(value).encode(), {**own, **(headers or {})})


def detail_reply(status: int, text: str, headers: Mapping[str, str] | None = None) -> Reply:
    """The commonest error shape: a text under `detail`."""
    return json_reply(status, {"detail": text}, headers)


def nginx_page(status: int) -> Reply:
    """An error of the ingress before fal: HTML that names nginx, without `x-fal-request-id`."""
    title = {502: "502 Bad Gateway", 503: "503 Service Temporarily Unavailable"}.get(
        status, f"{status} Gateway Error"
    )
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n"
        "</body>\r\n</html>\r\n"
    )
    return Reply(status, page.encode(), {"Content-Type": "text/html"})
