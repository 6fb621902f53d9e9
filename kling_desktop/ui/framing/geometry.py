"""How a frame gives way: pulled, moved and resized within what the picture allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST_SIDE = 16.0
"""Pixels of the picture that a frame cannot be made smaller than."""
_MOST_TIMES = 4.0
"""How often the longer side of the picture goes into a padded side, at most."""

Handle = tuple[int, int]
"""Which part of the frame is pulled: -1, 0 or 1 across and down. (0, 0) is the inside."""
HANDLES: tuple[Handle, ...] = (
    (-1, -1), (1, -1), (1, 1), (-1, 1), (0, -1), (1, 0), (0, 1), (-1, 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the picture, with fractions while it is being moved."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its center."""
        return self.left + self.width / 2, self.top + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A frame that crops lies inside the picture; one that pads has all of the picture inside."""

    size: tuple[int, int]
    pads: bool = False
    ratio: float | None = None
    """Width by height; None is free."""

    @property
    def most_side(self) -> float:
        """Of a frame that pads."""
        return max(self.size) * _MOST_TIMES


def moved(box: Box, rules: Rules, across: float, down: float) -> Box:
    """As a whole, as far as it may."""
    return _placed(replace(box, left=box.left + across, top=box.top + down), rules)


def pulled(box: Box, rules: Rules, handle: Handle, across: float, down: float) -> Box:
    """By one handle; the opposite side stays, or the middle where the handle has no such side."""
    if handle == (0, 0):
        return moved(box, rules, across, down)
    widths = _span(rules, handle[0], (box.left, box.width), 0)
    heights = _span(rules, handle[1], (box.top, box.height), 1)
    width, height = box.width + handle[0] * across, box.height + handle[1] * down
    if rules.ratio is None:
        # A side that is not pulled stays as it is.
        width = _kept(width, widths) if handle[0] else box.width
        height = _kept(height, heights) if handle[1] else box.height
    else:
        wished = _wished_width(handle, width, height, rules.ratio)
        width = _kept(wished, _joined(widths, heights, rules.ratio))
        height = width / rules.ratio
    return Box(
        _begin(handle[0], box.left, box.width, width),
        _begin(handle[1], box.top, box.height, height),
        width,
        height,
    )


def resized(box: Box, rules: Rules, wider: float, higher: float) -> Box:
    """About its middle, pushed aside where an edge is in the way."""
    width, height = box.width + wider, box.height + higher
    widths, heights = _whole_span(rules, 0), _whole_span(rules, 1)
    if rules.ratio is None:
        width, height = _kept(width, widths), _kept(height, heights)
    else:
        wished = width if wider else height * rules.ratio
        width = _kept(wished, _joined(widths, heights, rules.ratio))
        height = width / rules.ratio
    x, y = box.middle
    return _placed(Box(x - width / 2, y - height / 2, width, height), rules)


def reshaped(box: Box, rules: Rules) -> Box:
    """As large as it can be, or as small where it pads, about the same middle."""
    if rules.ratio is None:
        return _placed(_within(box, rules), rules)
    widths, heights = _whole_span(rules, 0), _whole_span(rules, 1)
    least, most = _joined(widths, heights, rules.ratio)
    width = least if rules.pads else most
    height = width / rules.ratio
    x, y = (rules.size[0] / 2, rules.size[1] / 2) if rules.pads else box.middle
    return _placed(Box(x - width / 2, y - height / 2, width, height), rules)


def whole_pixels(box: Box, rules: Rules) -> tuple[int, int, int, int]:
    """Left, top, width and height; still allowed, and of the ratio within a pixel."""
    picture_width, picture_height = rules.size
    nearer = max if rules.pads else min
    width = max(1, nearer(round(box.width), picture_width))
    if rules.ratio is None:
        height = max(1, nearer(round(box.height), picture_height))
    else:
        height = max(1, round(width / rules.ratio))
        if nearer(height, picture_height) != height:
            height = picture_height
            width = max(1, nearer(round(height * rules.ratio), picture_width))
    left = _place(round(box.left), width, picture_width, pads=rules.pads)
    top = _place(round(box.top), height, picture_height, pads=rules.pads)
    return int(left), int(top), width, height


def _within(box: Box, rules: Rules) -> Box:
    return replace(
        box,
        width=_kept(box.width, _whole_span(rules, 0)),
        height=_kept(box.height, _whole_span(rules, 1)),
    )


def _placed(box: Box, rules: Rules) -> Box:
    return replace(
        box,
        left=_place(box.left, box.width, rules.size[0], pads=rules.pads),
        top=_place(box.top, box.height, rules.size[1], pads=rules.pads),
    )


def _place(begin: float, length: float, side: int, *, pads: bool) -> float:
    free = side - length
    low, high = (min(free, 0.0), 0.0) if pads else (0.0, max(free, 0.0))
    return min(max(begin, low), high)


def _span(rules: Rules, pull: int, now: tuple[float, float], axis: int) -> tuple[float, float]:
    """Least and most length of one side when it is pulled so."""
    begin, length = now
    side = rules.size[axis]
    end = begin + length
    if pull > 0:
        room = side - begin
    elif pull < 0:
        room = end
    else:
        before, after = (begin + end) / 2, side - (begin + end) / 2
        room = 2 * (max(before, after) if rules.pads else min(before, after))
    if rules.pads:
        return room, max(rules.most_side, room)
    return min(LEAST_SIDE, room), room


def _whole_span(rules: Rules, axis: int) -> tuple[float, float]:
    side = float(rules.size[axis])
    return (side, max(rules.most_side, side)) if rules.pads else (min(LEAST_SIDE, side), side)


def _joined(
    widths: tuple[float, float], heights: tuple[float, float], ratio: float
) -> tuple[float, float]:
    """Widths that suit both sides; where none does, what must fit goes before what should."""
    least = max(widths[0], heights[0] * ratio)
    most = min(widths[1], heights[1] * ratio)
    return (least, most) if least <= most else (most, most)


def _kept(value: float, span: tuple[float, float]) -> float:
    return min(max(value, span[0]), span[1])


def _wished_width(handle: Handle, width: float, height: float, ratio: float) -> float:
    if not handle[1]:
        return width
    return height * ratio if not handle[0] else (width + height * ratio) / 2


def _begin(pull: int, begin: float, before: float, after: float) -> float:
    """Where the side begins now: the end that is not pulled stays."""
    if pull > 0:
        return begin
    return begin + before - after if pull < 0 else begin + (before - after) / 2
