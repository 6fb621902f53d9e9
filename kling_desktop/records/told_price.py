"""What a server says that an endpoint costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPrice:
    """The base price of an endpoint, without its surcharges (fal platform API docs, pricing)."""

    endpoint_id: str
    amount: Decimal
    unit: str
    """fal's word: `seconds`, `videos`, `images`, `1000 characters`, …"""
    currency: str
    told_at: float
    """Unix seconds."""
