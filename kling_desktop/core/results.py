"""The files in what a model gave back, whatever shape it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.records.json_values import JsonValue

_ADDRESS_NAME = re.compile(
    r"(?:(?:\A|_)(?:url|urls|uri)|\A(?:video|image|audio|file|clip|media|output|result)s?)\Z",
    re.IGNORECASE,
)
"""Names under which a plain text is the address of a file; fal itself writes `{"url": …}`."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """One file to fetch."""

    url: str
    content_type: str = ""
    size: int | None = None
    """What was announced; sometimes wrong, so never trusted (fal model API docs: optional)."""


def result_files(output: JsonValue) -> tuple[ResultFile, ...]:
    """Every file named in an output, each once, in the order they stand there."""
    found: dict[str, ResultFile] = {}
    for one in _walk(output, ""):
        found.setdefault(one.url, one)
    return tuple(found.values())


def _walk(value: JsonValue, name: str) -> Iterator[ResultFile]:
    if isinstance(value, Mapping):
        url = value.get("url")
        if isinstance(url, str) and _is_address(url):
            yield _file_of(url, value)
        for inner_name, inner in value.items():
            if inner_name != "url":
                yield from _walk(inner, inner_name)
    elif isinstance(value, str):
        if _ADDRESS_NAME.search(name) and _is_address(value):
            yield ResultFile(value)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _walk(inner, name)


def _file_of(url: str, described: Mapping[str, JsonValue]) -> ResultFile:
    content_type, size = described.get("content_type"), described.get("file_size")
    return ResultFile(
        url,
        content_type if isinstance(content_type, str) else "",
        size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else None,
    )


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))
