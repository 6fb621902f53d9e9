"""Values with one thing in them replaced or taken out; nothing is changed in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kling_desktop.records.json_values import JsonValue, Loc, Values


class _Nothing:
    """Stands for what is taken out."""


NOTHING: Final = _Nothing()


def value_at(values: JsonValue, loc: Loc) -> JsonValue:
    """What stands at a place; None where nothing does."""
    found = values
    for step in loc:
        if isinstance(step, str) and isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(step, int) and step < len(items := _items(found)):
            found = items[step]
        else:
            return None
    return found


def changed(values: Values, loc: Loc, new: JsonValue | _Nothing) -> dict[str, JsonValue]:
    """The whole field in which that place is, as it is then; None where it is left out.

    A list or group that becomes empty by it is left out as well.
    """
    name = str(loc[0])
    whole = _with(values.get(name), loc[1:], new)
    is_empty = isinstance(whole, Mapping | Sequence) and not whole
    return {name: None if isinstance(whole, _Nothing) or is_empty else whole}


def applied(values: Values, changes: Values) -> dict[str, JsonValue]:
    """The values with the fields changed; one that is None is left out."""
    both = {**values, **changes}
    return {name: one for name, one in both.items() if not (name in changes and one is None)}


def _with(value: JsonValue | _Nothing, loc: Loc, new: JsonValue | _Nothing) -> JsonValue | _Nothing:
    if not loc:
        return new
    step, rest = loc[0], loc[1:]
    if isinstance(step, int):
        items = _items(value)
        if step >= len(items):
            return value
        inner = _with(items[step], rest, new)
        items[step : step + 1] = [] if isinstance(inner, _Nothing) else [inner]
        return items
    group = dict(value) if isinstance(value, Mapping) else {}
    inner = _with(group.get(step), rest, new)
    if isinstance(inner, _Nothing):
        group.pop(step, None)
    else:
        group[step] = inner
    return group


def _items(value: object) -> list[JsonValue]:
    """The entries of a list; none of anything else."""
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []
