"""Finds what stands at a path such as `masks.mask_url`, which goes through lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.records.json_values import JsonValue, Loc


def values_at(value: JsonValue, path: str) -> Iterator[tuple[Loc, JsonValue]]:
    """Each value at the path that is not None, with its place; entries of a list one by one."""
    return _found(value, tuple(path.split(".")) if path else (), ())


def _found(value: JsonValue, path: tuple[str, ...], loc: Loc) -> Iterator[tuple[Loc, JsonValue]]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for index, one in enumerate(value):
            yield from _found(one, path, (*loc, index))
    elif not path:
        if value is not None:
            yield loc, value
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _found(value[path[0]], path[1:], (*loc, path[0]))
