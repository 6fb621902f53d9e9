"""A whole answer of an API, read within a cap and taken apart once."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.fal.errors import Unintelligible
from kling_desktop.fal.problems import UNINTELLIGIBLE
from kling_desktop.fal.redaction import redacted, redacted_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

    from kling_desktop.records.json_values import JsonValue

STATUS_CAP = 1 << 20
RESULT_CAP = 4 << 20
HISTORY_CAP = 32 << 20
"""Bytes after decoding."""

ACCEPTED_CODINGS = "gzip"
_GZIP_OR_ZLIB = 47
_CODINGS = frozenset({"gzip", "x-gzip", "deflate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers (names in lower case) and the JSON of the body, if it was JSON."""

    status: int
    headers: Mapping[str, str]
    json: JsonValue = None
    is_json: bool = False
    text: str = ""
    """The beginning of the body."""
    url: str = ""

    @property
    def fields(self) -> Mapping[str, JsonValue]:
        """The JSON object, or an empty one where the answer is anything else."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def is_object(self) -> bool:
        """Whether the body is a JSON object."""
        return isinstance(self.json, dict)

    @property
    def is_page(self) -> bool:
        """Whether it is a page for people."""
        begins = self.text[:200].lstrip().lower()
        is_html = "html" in self.headers.get("content-type", "").lower()
        return is_html or begins.startswith(("<!doctype html", "<html"))

    @property
    def request_id(self) -> str:
        """fal's id of this exchange, from the header."""
        return self.headers.get("x-fal-request-id", "")

    @property
    def succeeded(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    def word(self, name: str) -> str:
        """A text field of the JSON object, or an empty text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""


def answer_of(
    status: int, headers: Mapping[str, str], body: bytes, url: str, secrets: Sequence[str] = ()
) -> Answer:
    """Takes a body apart. Never raises: what is no JSON is kept as text.

    An error's JSON may echo what was sent, so it is redacted at once; a success is left as it is.
    """
    value, is_json = _json_of(body)
    return Answer(
        status=status,
        headers=headers,
        json=value if 200 <= status < 300 else redacted_json(value, secrets),
        is_json=is_json,
        text=redacted(body[:2000].decode("utf-8", "replace"), secrets),
        url=url,
    )


async def read_within(chunks: AsyncIterator[bytes], *, coding: str, cap: int, host: str) -> bytes:
    """The decoded body, or Unintelligible where it is longer than `cap` or wrongly coded.

    The decoder is our own because httpx inflates a whole chunk before anyone can count.
    """
    inflate = Inflate(coding, host)
    body = bytearray()
    async for chunk in chunks:
        for piece in inflate.pieces(chunk):
            body += piece
            if len(body) > cap:
                raise _not_understood(host, f"more than {cap} bytes")
    return bytes(body)


class Inflate:
    """Undoes gzip and deflate in small pieces, so that a bomb is noticed before it goes off."""

    PIECE = 1 << 18

    def __init__(self, coding: str, host: str) -> None:
        self._host = host
        names = [name for name in coding.lower().replace(" ", "").split(",") if name]
        names = [name for name in names if name != "identity"]
        if len(names) > 1 or not _CODINGS.issuperset(names):
            raise _not_understood(host, f"content coding {coding[:60]}")
        self._coded = bool(names)
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """The decoded bytes of one chunk, at most PIECE at a time."""
        if not self._coded:
            yield chunk
            return
        piece, rest = b"", chunk
        while rest or len(piece) == self.PIECE:
            piece, rest = self._some(rest)
            yield piece

    def _some(self, data: bytes) -> tuple[bytes, bytes]:
        """One decoded piece and what is left to decode."""
        try:
            piece = self._inflate.decompress(data, self.PIECE)
        except zlib.error:
            raise _not_understood(self._host, "broken compression") from None
        if not self._inflate.eof:
            return piece, self._inflate.unconsumed_tail
        rest, self._inflate = self._inflate.unused_data, zlib.decompressobj(_GZIP_OR_ZLIB)
        return piece, rest


def _not_understood(host: str, details: str) -> Unintelligible:
    return Unintelligible(UNINTELLIGIBLE(host=host, details=details))


def _json_of(body: bytes) -> tuple[JsonValue, bool]:
    try:
        text = body.decode("utf-8-sig")
        value = json.loads(text, parse_constant=lambda _: None)
        # A lone surrogate is legal in JSON and can be neither stored nor sent again.
        return (_without_surrogates(value) if "\\ud" in text.lower() else value), True
    except (ValueError, RecursionError):
        return None, False


def _without_surrogates(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _without_surrogates(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(inner) for inner in value]
    return value
