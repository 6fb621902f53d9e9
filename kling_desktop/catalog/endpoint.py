"""An endpoint: one model at one address of fal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.catalog.hearing import Hearing
    from kling_desktop.catalog.price import Pricing


INTENTIONS = (
    "from_picture",
    "from_text",
    "start_end",
    "references",
    "edit",
    "lip_sync",
    "effects",
    "more",
)
"""What a person can want, in the usual order. A catalogue may know further ones."""


class EndpointStatus(StrEnum):
    """Whether fal still offers it. The order is that of display."""

    CURRENT = "current"
    DEPRECATED = "deprecated"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One row of the catalogue."""

    endpoint_id: str
    title: str
    family: str
    tier: str
    intention: str
    """What a person wants of it first: one of INTENTIONS."""
    request_type: str
    status: EndpointStatus = EndpointStatus.CURRENT
    makes: MediaKind = MediaKind.VIDEO
    also: tuple[str, ...] = ()
    """Further intentions that it serves."""
    short_side: int | None = None
    """Pixels."""
    frame_rate: float | None = None
    price: Pricing | None = None
    summary: str = ""
    usual_seconds: tuple[int, int] | None = None
    lacks: tuple[str, ...] = ()
    """One phrase for each thing that its sisters can do and it cannot."""
    purpose: str = ""
    """What it is for among those that serve `more`, in two words: "Motion brush"."""

    hearing: Hearing | None = None
    """How its words can be heard beforehand."""
    voice_at: str = ""
    """The name in its result under which the id of a voice stands that it made."""
    price_told_at: float | None = None
    """When the server said that this is its price (Unix seconds); None for the table's own word."""
    price_doubt: Decimal | None = None
    """The base price that it told where that agrees with none of the known rates."""
    added: bool = False
    """Brought in by the person, not by the program."""
    offered: bool = True
    """False where the person took it away: old work still opens, nothing new begins with it."""

    @property
    def intentions(self) -> tuple[str, ...]:
        """All that it is offered for, the first one first."""
        return (self.intention, *self.also) if self.offered else ()
