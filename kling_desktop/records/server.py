"""The server that makes real clips, by the name that people know it by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_FALS_OWN = ("fal.run", "fal.ai")
_SAID = re.compile(r"(?<![\w./-])fal(?:\.ai(?:/[\w/]*\w)?)?(?![\w/-]|\.\w)")
"""fal's name in a sentence: "fal", "fal.ai", "fal.ai/dashboard"; not a part of another word."""


@dataclass(frozen=True, slots=True)
class Server:
    """fal itself, or another server that speaks as fal does."""

    name: str = "fal"
    """fal, or host and port of the other one."""
    is_official: bool = True
    """Whether it is fal itself, so that fal's web pages have to do with it."""

    def named(self, text: str) -> str:
        """A sentence about fal, told about this server."""
        return text if self.is_official else _SAID.sub(lambda _found: self.name, text)


FAL = Server()


def server_at(address: str) -> Server:
    """The server behind an origin or address; fal for none at all."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return Server(address, is_official=False)
    if not host or any(host == own or host.endswith(f".{own}") for own in _FALS_OWN):
        return FAL
    return Server(parts.netloc.rpartition("@")[2], is_official=False)
