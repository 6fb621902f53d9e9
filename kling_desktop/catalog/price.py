"""A price as data: what the sums are and what they hang on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kling_desktop.records.json_values import JsonValue

TOLD_BY_FAL = "fal platform API"
"""The source of a price that fal told and that nobody looked into further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """A sum for the first seconds and one for each second more; or one sum for each call.

    The seconds are those of the clip that is made: from the shots, else from a file that goes in,
    else from a field. Where none of the three is named, each call costs `first`.
    """

    rate: Rate | None
    """None where only the variants have a price."""
    first_seconds: int = 0
    seconds_field: str = ""
    """The field that says how long the clip becomes."""
    seconds_of: str = ""
    """The path of the sound or video that the clip becomes as long as."""
    shots: str = ""
    """The path of the lengths of shots, which together are the length where there are any."""
    round_up_to: int = 0
    """Seconds are rounded up to a multiple of this; 0 bills them as they are."""
    usual_seconds: int = 0
    """How long it becomes where nothing says so yet."""
    count_field: str = ""
    """The field that says how many are made; each of them costs the same."""
    usual_count: int = 1
    """How many are made where nothing says so."""
    variants: tuple[PriceVariant, ...] = ()
    """The first that fits the values stands in place of `rate`."""
    source: str = ""
    base_only: bool = False
    """What comes on top of it, such as for sound or more pixels, is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """US dollars."""

    first: Decimal
    """For the first `first_seconds`, or for the call."""
    per_second: Decimal
    plus_seconds_of: str = ""
    """The path of files whose seconds are billed too, at least as many as are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceVariant:
    """Another rate, where the values are as `when` says and something stands at each path."""

    rate: Rate
    when: Mapping[str, JsonValue] = field(default_factory=dict)
    having: tuple[str, ...] = ()
