"""Reads what a server says in its own words, in any of the shapes that fal and others use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.fal.answers import Answer
    from kling_desktop.records.json_values import JsonValue

_LONGEST = 300


def detail_of(answer: Answer) -> JsonValue:
    """fal's `detail`, or what stands in its place; a single object becomes a list of one."""
    for name in ("detail", "errors", "error", "message"):
        found = answer.fields.get(name)
        if found:
            is_item = isinstance(found, Mapping) and ("msg" in found or "message" in found)
            return [found] if is_item else found
    return None


def reason_in(answer: Answer) -> str:
    """One short text for a person: the first thing the server says; empty where it says nothing."""
    return first_text(detail_of(answer))


def first_text(said: JsonValue) -> str:
    """The first sentence in a text, an item with `msg` or `message`, or a list of such."""
    if isinstance(said, str):
        return " ".join(said.split())[:_LONGEST]
    if isinstance(said, Mapping):
        found = (said.get(name) for name in ("msg", "message", "detail", "reason", "type"))
        return next((text for text in map(first_text, found) if text), "")
    if isinstance(said, Sequence):
        return next((text for text in map(first_text, said[:20]) if text), "")
    return ""


def types_in(said: JsonValue) -> tuple[str, ...]:
    """fal's error types in a `detail` list, such as `image_too_small`."""
    if isinstance(said, Mapping):
        kind = said.get("type")
        return (kind,) if isinstance(kind, str) else ()
    if isinstance(said, Sequence) and not isinstance(said, str):
        return tuple(kind for item in said[:50] for kind in types_in(item))
    return ()
