"""What the rendering room is asked for, as plain data that knows of no endpoint."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kling_desktop.simulator.inputs import InputFile


class ClipUse(Enum):
    """What becomes of a clip that is given."""

    SHOW = "show"
    """It is shown as it is, under another sound."""
    CHANGE = "change"
    """It is shown in another look."""
    FOLLOW = "follow"
    """A picture moves as it does."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A file of the input and where its bytes are."""

    wanted: InputFile
    path: Path


@dataclass(frozen=True, slots=True)
class Area:
    """A masked region and the points it passes, in pixels from the bottom left of the mask."""

    mask: Supplied
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """A part of a clip with words and a length of its own."""

    prompt: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Words to be said."""

    text: str
    voice: str = ""
    speed: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Which files are to come out."""

    video: bool = True
    sound: str = ""
    """Format of a sound file, "mp3" or "wav", or none."""
    pictures: int = 0
    picture_form: str = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOrder:
    """Something to be made. Seconds, frames per second, pixels."""

    prompt: str
    words: str
    """Everything that chooses the move: prompt, seed and take."""
    product: Product = field(default_factory=Product)
    seconds: float | None
    """None takes as long as the clip or the sound that is given."""
    frame_rate: int
    short_side: int
    most_short_side: int = 1080
    """What is given as a clip is not shown larger than this."""
    ratio: float | None
    """None takes that of the first picture or clip."""
    start: Supplied | None = None
    end: Supplied | None = None
    cards: tuple[Supplied, ...] = ()
    """Pictures and clips of things that are to be seen, in order."""
    clip: Supplied | None = None
    clip_use: ClipUse = ClipUse.CHANGE
    sound: Supplied | None = None
    still: Supplied | None = None
    """The mask of what holds still."""
    areas: tuple[Area, ...] = ()
    shots: tuple[Shot, ...] = ()
    camera: Mapping[str, float] = field(default_factory=dict)
    """Axes of the camera with how far it moves along them, -1 to 1."""
    scene: str = ""
    """The name of an effect."""
    voice: Voice | None = None
    keeps_sound: bool = False
    """Whether the sound of the clip stays."""
    makes_sound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came out of an order. Seconds, pixels."""

    video: Path | None = None
    sound: Path | None = None
    pictures: tuple[Path, ...] = ()
    seconds: float = 0.0
    frame_rate: int = 0
    width: int = 0
    height: int = 0
