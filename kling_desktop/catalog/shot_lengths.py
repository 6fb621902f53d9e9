"""Makes the lengths of shots fit into what they may be together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue


def shortened(shots: Sequence[JsonValue], length: FieldSpec, most: float) -> list[JsonValue] | None:
    """The shots with the longest ones shorter, at most `most` together; None where none can be.

    `length` is the field of a shot that holds its length, and whose values stand in the schema.
    """
    found = [dict(one) if isinstance(one, Mapping) else {} for one in shots]
    allowed = _allowed(length)
    numbers = [_seconds(one.get(length.name, length.default)) for one in found]
    if not allowed or None in numbers:
        return None
    seconds = [one for one in numbers if one is not None]
    while sum(seconds) > most:
        longest = max(range(len(seconds)), key=lambda place: (seconds[place], place))
        shorter = [one for one in allowed if one < seconds[longest]]
        if not shorter:
            return None
        seconds[longest] = max(shorter)
        found[longest][length.name] = allowed[seconds[longest]]
    return list(found)


def _allowed(length: FieldSpec) -> dict[float, JsonValue]:
    """Every length by its seconds."""
    if length.enum:
        return {number: one for one in length.enum if (number := _seconds(one)) is not None}
    if length.minimum is None or length.maximum is None:
        return {}
    return {float(one): one for one in range(int(length.minimum), int(length.maximum) + 1)}


def _seconds(value: JsonValue) -> float | None:
    is_number = isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal())
    return float(value) if is_number and not isinstance(value, bool) else None  # type: ignore[arg-type]  # is_number
