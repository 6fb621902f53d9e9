"""A price as data: what the sums are and what they hang on."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """A sum for the first seconds and one for each second more; or one sum for each call."""

    first: Decimal
    """US dollars for the first `first_seconds`, or for the call where `seconds_field` is empty."""
    first_seconds: int = 0
    per_second: Decimal = Decimal(0)
    seconds_field: str = ""
    """The field that says how long the clip becomes."""
    usual_seconds: int = 0
    """How long it becomes where that field is not sent."""
    variants: tuple[PriceVariant, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceVariant:
    """Other sums, where the values are as `when` says."""

    first: Decimal
    per_second: Decimal
    when: Mapping[str, JsonValue] = field(default_factory=dict)
