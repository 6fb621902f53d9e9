"""What is known of a media file, and how a stored one is named inside plain JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.records.framing import Made

_REF = re.compile(r"media://([0-9a-f]{64})(\.[a-z0-9]{1,5})\Z")


class MediaKind(StrEnum):
    """What sort of file a field takes or a result holds."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    MASK = "image_mask"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A file in the store of inputs, named by the hash of its bytes.

    Inside plain JSON it is the text `media://<64 hex digits><suffix>`.
    """

    sha256: str
    suffix: str
    """Lower case with the dot: `.jpg`."""

    @classmethod
    def parse(cls, text: str) -> MediaRef | None:
        """The reference that a text stands for, or None for any other text."""
        found = _REF.match(text)
        return cls(found[1], found[2]) if found else None

    @property
    def file_name(self) -> str:
        """The name of the stored file."""
        return f"{self.sha256}{self.suffix}"

    def __str__(self) -> str:
        return f"media://{self.file_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """What was found out by looking into a file. Sizes in pixels as shown (after rotation)."""

    kind: MediaKind
    content_type: str
    size: int
    """Bytes."""
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds."""
    frame_rate: float | None = None
    frames: int | None = None
    has_audio: bool = False
    mode: str = ""
    """Pillow's word for the pixels of a picture: RGB, RGBA, CMYK, I;16, P, L."""
    rotated: bool = False
    """True where EXIF asks for a turn that is not in the pixels."""
    animated: bool = False

    @property
    def ratio(self) -> float | None:
        """Width by height."""
        if not self.width or not self.height:
            return None
        return self.width / self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInput:
    """A file that a person gave, kept under its hash with the name it came with."""

    ref: MediaRef
    name: str
    facts: MediaFacts
    added_at: float
    """Unix seconds."""
    made: Made | None = None
    """Of which picture it was made here, and how; None where it was given as it is."""

    @property
    def size(self) -> tuple[int, int]:
        """Pixels as shown, width and height; at least 1 each."""
        return self.facts.width or 1, self.facts.height or 1
