"""What the rendering room is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.simulator.inputs import InputFile


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOrder:
    """A clip to be made. Seconds, frames per second, pixels."""

    prompt: str
    words: str
    """Everything that chooses the move: prompt, seed and take."""
    seconds: int
    frame_rate: int
    short_side: int
    ratio: float
    """Used where there is no picture."""
    pictures: tuple[tuple[InputFile, Path], ...] = ()
    """The start picture, and perhaps the one to end on."""
