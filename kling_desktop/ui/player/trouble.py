"""Why a clip does not play."""

from __future__ import annotations

from enum import Enum, auto


class Trouble(Enum):
    """What the player and the exact decoder found out together."""

    MISSING = auto()
    BROKEN = auto()
    NOT_HERE = auto()
    """This player cannot; its frames can be stepped through, and another player may do."""
