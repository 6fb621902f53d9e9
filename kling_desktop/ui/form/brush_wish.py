"""What a person wants of the painting that some values of the form were made from."""

from __future__ import annotations

from enum import StrEnum


class BrushWish(StrEnum):
    """OPEN paints on; KEEP lays it over another picture, scaled; DROP lets go of it."""

    OPEN = "open"
    KEEP = "keep"
    DROP = "drop"
