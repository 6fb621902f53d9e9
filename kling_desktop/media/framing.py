"""Arithmetic of framings: which one to begin with, and what comes out of it. Touches no picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.records.framing import EDGE, Framing, ratio_of

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldLimits

MOST_SIDE = 65_500
"""Pixels that a JPEG can be wide or high."""
_SAME = 0.01
"""How far two ratios may be apart, as a part of one, and still count as the same."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The ratio that a picture should get."""

    ratio: float
    """Width by height."""
    name: str = ""
    """As the person says it, "16:9"; empty where it is only the end of what a model takes."""


def is_of_ratio(size: tuple[int, int], ratio: float) -> bool:
    """Whether a picture of that size has that ratio, as whole pixels and eyes have it."""
    width, height = size
    return (
        abs(width / height / ratio - 1) <= _SAME
        or abs(width - height * ratio) < 1
        or abs(height - width / ratio) < 1
    )


def wanted_ratio(size: tuple[int, int], limits: FieldLimits | None, delivery: str) -> Wanted | None:
    """The ratio to bring a picture to in one click; None where it may stay as it is.

    That of the delivery where the model takes it, else the nearest one that the model takes.
    """
    wished = ratio_of(delivery)
    least, most = _ratios(limits)
    if wished is not None and least <= wished <= most:
        return None if is_of_ratio(size, wished) else Wanted(wished, delivery)
    ratio = size[0] / size[1]
    nearest = min(max(ratio, least), most)
    return None if nearest == ratio else Wanted(nearest)


def suggested(size: tuple[int, int], wanted: Wanted, *, pads: bool, fill: str = EDGE) -> Framing:
    """In the middle: the most of the picture that has the ratio, or the least around it."""
    width, height = (_padded if pads else _cropped)(size, wanted.ratio)
    return Framing(
        left=_shift(size[0], width),
        top=_shift(size[1], height),
        width=width,
        height=height,
        fill=fill,
        ratio=wanted.name,
    )


def made_size(framing: Framing, limits: FieldLimits | None) -> tuple[int, int]:
    """What comes out, in pixels, as long as it is not too heavy: never more than there were."""
    most_width, most_height = most_pixels(limits)
    if framing.most:
        most_width, most_height = min(most_width, framing.most), min(most_height, framing.most)
    scale = min(most_width / framing.width, most_height / framing.height, 1.0)
    return max(1, int(framing.width * scale)), max(1, int(framing.height * scale))


def most_pixels(limits: FieldLimits | None) -> tuple[int, int]:
    """Width and height that a field takes at most."""
    width = limits.max_width if limits else None
    height = limits.max_height if limits else None
    return min(width or MOST_SIDE, MOST_SIDE), min(height or MOST_SIDE, MOST_SIDE)


def least_pixels(limits: FieldLimits | None) -> tuple[int, int]:
    """Width and height that a field takes at least."""
    return (limits and limits.min_width) or 1, (limits and limits.min_height) or 1


def is_large_enough(size: tuple[int, int], limits: FieldLimits | None) -> bool:
    """Whether a field takes so few pixels."""
    least = least_pixels(limits)
    return size[0] >= least[0] and size[1] >= least[1]


def is_within_ratios(size: tuple[int, int], limits: FieldLimits | None) -> bool:
    """Whether a field takes that shape."""
    least, most = _ratios(limits)
    return least <= size[0] / size[1] <= most


def _ratios(limits: FieldLimits | None) -> tuple[float, float]:
    least = limits.min_ratio if limits else None
    most = limits.max_ratio if limits else None
    return least or 0.0, most or math.inf


def _cropped(size: tuple[int, int], ratio: float) -> tuple[int, int]:
    """Rounded so that an end of what a model takes is never passed."""
    width, height = size
    if width > height * ratio:
        return max(1, _floor(height * ratio)), height
    return width, max(1, _floor(width / ratio))


def _padded(size: tuple[int, int], ratio: float) -> tuple[int, int]:
    width, height = size
    if width > height * ratio:
        return width, _ceil(width / ratio)
    return _ceil(height * ratio), height


def _shift(side: int, framed: int) -> int:
    """Where the frame begins so that it lies in the middle."""
    return (side - framed) // 2


def _floor(value: float) -> int:
    """What is a whole number but for the last digit of a fraction stays that number."""
    return math.floor(value + 1e-9)


def _ceil(value: float) -> int:
    return math.ceil(value - 1e-9)
