"""File names for clips: from the prompt or the dropped picture, never from a server."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.records.job import Job

DEFAULT_TEMPLATE = "{title}_{take}"
LONGEST_TITLE = 60
"""Characters of a title in a file name."""
LONGEST_NAME = 180
"""UTF-8 bytes of a file name without its suffix: leaves room for counters and `.part`."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"}
)
_FIELD = re.compile(r"\{(title|take|model|date|project)\}")
_HASHED = re.compile(r"[0-9a-fA-F]{32,}")


def title_of(prompt: str, picture_name: str = "") -> str:
    """A short title for a job: the beginning of the prompt, else the picture's name."""
    words = " ".join(prompt.split())
    if words:
        return _cut_at_word(words, LONGEST_TITLE)
    stem = " ".join(re.sub(r"[_\-.]+", " ", PurePath(picture_name).stem).split())
    if stem and not _HASHED.fullmatch(stem):
        return _cut_at_word(stem, LONGEST_TITLE)
    return "Clip"


def slug(text: str, longest: int = LONGEST_TITLE) -> str:
    """A text as part of a file name that every system takes; letters of all scripts stay."""
    normal = unicodedata.normalize("NFC", text)
    kept = "".join(one if _is_plain(one) else " " for one in normal)
    joined = "-".join(kept.split())[:longest]
    return _trimmed(_of_bytes(joined, LONGEST_NAME // 2)) or "clip"


def file_stem(template: str, job: Job, project: str = "", date: str = "") -> str:
    """The name without suffix that a template gives for a job. Safe whatever stands in either."""
    fields = {
        "title": slug(job.title),
        "take": job.take_letter,
        "model": slug(job.endpoint_id.rsplit("/", 1)[0], 40),
        "date": slug(date, 20),
        "project": slug(project, 40),
    }
    filled = _FIELD.sub(lambda found: fields[found[1]], template or DEFAULT_TEMPLATE)
    plain = "".join(one if _is_plain(one) or one == " " else "-" for one in filled)
    return _safe(plain)


def folder_name(text: str) -> str:
    """A project's name as the name of its folder: spaces stay."""
    normal = unicodedata.normalize("NFC", text)
    plain = " ".join("".join(one if _is_plain(one) else " " for one in normal).split())
    return _safe(plain[:LONGEST_TITLE])


def numbered(stem: str) -> Iterator[str]:
    """The stem, then with a counter: `name`, `name (2)`, `name (3)` …"""
    yield stem
    number = 2
    while True:
        yield f"{stem} ({number})"
        number += 1


def _is_plain(character: str) -> bool:
    if character in "_-()":
        return True
    return unicodedata.category(character)[0] in "LMN"


def _safe(name: str) -> str:
    trimmed = _trimmed(_of_bytes(name, LONGEST_NAME)) or "clip"
    first = trimmed.split(".", 1)[0].rstrip().lower()
    return f"_{trimmed}" if first in _RESERVED else trimmed


def _trimmed(name: str) -> str:
    """Without the ends that a shell or Windows takes wrongly, and without a mark that hangs."""
    left = name.strip(" .-_")
    while left and unicodedata.category(left[0])[0] == "M":
        left = left[1:].strip(" .-_")
    return left


def _of_bytes(text: str, longest: int) -> str:
    return text.encode("utf-8", "ignore")[:longest].decode("utf-8", "ignore")


def _cut_at_word(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head
    return at_word.rstrip(" ,.;:-") + "…"
