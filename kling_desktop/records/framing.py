"""Which part of a picture is used, and what stands beside it where it is made larger.

A framing is one rectangle over the upright picture: what lies inside the picture is kept, what
lies outside is filled. So a crop, a pad and the whole picture are the same thing, a point of the
picture has one known place on what is made, and the original is all that is needed to do it anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.records.media import MediaRef
from kling_desktop.records.painting import PictureMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.media import StoredInput

EDGE = "edge"
"""Filled with the color that the picture has along its edges."""
BLUR = "blur"
"""Filled with the picture itself, enlarged and blurred."""
BLACK = "#000000"
WHITE = "#ffffff"
_FILL = re.compile(r"#[0-9a-f]{6}\Z")
_RATIO = re.compile(r"(\d{1,4}(?:\.\d{1,3})?):(\d{1,4}(?:\.\d{1,3})?)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """Whole pixels of the upright picture; a corner outside of it has room around the picture."""

    left: int
    top: int
    width: int
    height: int
    fill: str = EDGE
    """EDGE, BLUR, or a color as `#rrggbb`."""
    most: int = 0
    """Pixels that the longer side may have in the end; 0 is as many as there are."""
    ratio: str = ""
    """The ratio that was asked for, "16:9", which whole pixels only come near; empty is free."""

    @classmethod
    def whole(cls, size: tuple[int, int]) -> Framing:
        """The picture as it is."""
        return cls(left=0, top=0, width=size[0], height=size[1])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels of the picture."""
        return self.width, self.height

    def is_whole(self, size: tuple[int, int]) -> bool:
        """Whether it neither takes from a picture of that size nor adds to it."""
        return (self.left, self.top, *self.size) == (0, 0, *size)

    def adds(self, size: tuple[int, int]) -> bool:
        """Whether something beside the picture has to be filled."""
        right, bottom = self.left + self.width, self.top + self.height
        return self.left < 0 or self.top < 0 or right > size[0] or bottom > size[1]

    def onto(self, made: tuple[int, int]) -> PictureMap:
        """Where points of the picture lie on what was made of it, in that size."""
        across, down = made[0] / self.width, made[1] / self.height
        return PictureMap(across, down, -self.left * across, -self.top * down)

    def to_json(self) -> dict[str, JsonValue]:
        """Plain JSON for the store."""
        return {
            "box": [self.left, self.top, self.width, self.height],
            "fill": self.fill,
            "most": self.most,
            "ratio": self.ratio,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Framing:
        """What to_json wrote. Raises KeyError, TypeError or ValueError for anything else."""
        left, top, width, height = (int(one) for one in data["box"])
        fill = str(data["fill"])
        if width < 1 or height < 1 or not is_fill(fill):
            raise ValueError(f"no framing: {data!r}")
        return cls(
            left=left,
            top=top,
            width=width,
            height=height,
            fill=fill,
            most=int(data["most"]),
            ratio=str(data["ratio"]),
        )


@dataclass(frozen=True, slots=True)
class Made:
    """Where a stored picture comes from that was made here."""

    source: MediaRef
    """The original, which was itself not made of another one."""
    framing: Framing

    def to_json(self) -> dict[str, JsonValue]:
        """Plain JSON for the store."""
        return {"source": str(self.source), **self.framing.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Made:
        """What to_json wrote. Raises KeyError, TypeError or ValueError for anything else."""
        source = MediaRef.parse(data["source"])
        if source is None:
            raise ValueError(f"no picture: {data['source']!r}")
        return cls(source, Framing.from_json(data))


def is_fill(text: str) -> bool:
    """Whether a framing can be filled so."""
    return text in {EDGE, BLUR} or bool(_FILL.match(text))


def ratio_of(text: str) -> float | None:
    """Width by height of a text like "16:9" or "2.39:1"; None where it says none."""
    found = _RATIO.match(text)
    if found is None or not float(found[1]) or not float(found[2]):
        return None
    return float(found[1]) / float(found[2])


def map_between(old: StoredInput, new: StoredInput) -> PictureMap | None:
    """Where points of one stored picture lie on another one of the same original; else None."""
    origins = {one.made.source if one.made else one.ref for one in (old, new)}
    if len(origins) != 1:
        return None
    from_old, onto_new = _from_original(old), _from_original(new)
    return from_old.inverse.then(onto_new) if from_old and onto_new else None


def _from_original(stored: StoredInput) -> PictureMap | None:
    width, height = stored.facts.width, stored.facts.height
    if stored.made is None:
        return PictureMap(1.0, 1.0)
    return stored.made.framing.onto((width, height)) if width and height else None
