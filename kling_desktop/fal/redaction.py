"""Takes secrets out of a text before it is logged, stored or shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.records.json_values import JsonValue

HIDDEN = "[hidden]"

_SCHEMES = re.compile(r"\b(Key|Bearer|Basic)(\s+)(?!\[hidden\])[^\s\"',;<>]+", re.IGNORECASE)
_KEY_SHAPE = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{16,}\b", re.IGNORECASE
)
_QUERY = re.compile(r"(\bhttps?://[^\s?#\"'<>]*)\?[^\s\"'<>]*", re.IGNORECASE)
_USER_INFO = re.compile(r"(\bhttps?://)[^\s/?#\"'<>@]*@", re.IGNORECASE)
_DATA_URI = re.compile(r"\bdata:[\w.+/-]*(?:;[\w=.+-]+)*;base64,[A-Za-z0-9+/=_-]*", re.IGNORECASE)
_SHORTEST = 6
"""A shorter secret half would blank out ordinary words."""


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the secrets, their halves, anything that looks like a key, the queries of
    URLs, and the bytes of data URIs."""
    for part in sorted(_parts(secrets), key=len, reverse=True):
        text = text.replace(part, HIDDEN)
    text = _DATA_URI.sub(HIDDEN, text)
    text = _KEY_SHAPE.sub(HIDDEN, text)
    text = _USER_INFO.sub(rf"\1{HIDDEN}@", text)
    text = _QUERY.sub(rf"\1?{HIDDEN}", text)
    return _SCHEMES.sub(_hide_token, text)


def redacted_json(
    value: JsonValue, secrets: Sequence[str] = (), longest: int = 2000, depth: int = 12
) -> JsonValue:
    """The same JSON with every text redacted and cut at `longest` characters."""
    if isinstance(value, str):
        return redacted(value[:longest], secrets)
    if depth == 0:
        return None
    if isinstance(value, Mapping):
        return {
            redacted(str(name)[:longest], secrets): redacted_json(
                inner, secrets, longest, depth - 1
            )
            for name, inner in value.items()
        }
    if isinstance(value, Sequence):
        return [redacted_json(inner, secrets, longest, depth - 1) for inner in value]
    return value


def _hide_token(found: re.Match[str]) -> str:
    # "Key frame" and "basic light" are plain words: a token has a digit or a sign, or is long.
    token = found[0][len(found[1]) + len(found[2]) :]
    if found[1].lower() == "bearer" or len(token) > 24 or re.search(r"[\d:=]", token):
        return f"{found[1]}{found[2]}{HIDDEN}"
    return found[0]


def _parts(secrets: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for secret in secrets:
        whole = secret.strip()
        halves = whole.split(":", 1) if ":" in whole else []
        found.update(part for part in (whole, *halves) if len(part) >= _SHORTEST)
    return found
