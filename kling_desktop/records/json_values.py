"""Plain JSON, and the local media that stand inside it until they are uploaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from kling_desktop.records.media import MediaRef

JsonValue: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
"""Anything that JSON can say."""

Values: TypeAlias = Mapping[str, JsonValue]
"""What a form holds: the input of a request, with `media://` texts where local files stand, and
beside it what `is_aside`."""

Loc: TypeAlias = tuple[str | int, ...]
"""Path to a value inside an input, without fal's leading "body"; () is the whole."""


ASIDE = "x-"
"""How a name begins whose value is kept with the others, in drafts and recipes, but never posted:
what a person made the values from, such as a painting. No field of fal is called like that."""


def is_aside(name: str) -> bool:
    """Whether what stands under a name among the values is ours alone."""
    return name.startswith(ASIDE)


def media_refs(value: JsonValue, loc: Loc = ()) -> Iterator[tuple[Loc, MediaRef]]:
    """Every local media reference inside a value, with the path to it."""
    if isinstance(value, str):
        ref = MediaRef.parse(value)
        if ref is not None:
            yield loc, ref
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from media_refs(inner, (*loc, name))
    elif isinstance(value, Sequence):
        for index, inner in enumerate(value):
            yield from media_refs(inner, (*loc, index))


def with_media_replaced(value: JsonValue, replace: Callable[[MediaRef], str]) -> JsonValue:
    """The same value with each local media reference replaced, usually by its uploaded URL."""
    if isinstance(value, str):
        ref = MediaRef.parse(value)
        return value if ref is None else replace(ref)
    if isinstance(value, Mapping):
        return {name: with_media_replaced(inner, replace) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [with_media_replaced(inner, replace) for inner in value]
    return value
