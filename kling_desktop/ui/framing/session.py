"""The frame as it stands, and what a person may choose about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.media.framing import (
    is_large_enough,
    is_within_ratios,
    least_pixels,
    made_size,
)
from kling_desktop.records.framing import EDGE, Framing, ratio_of
from kling_desktop.ui.framing.geometry import Box, Rules, reshaped, whole_pixels

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldLimits

FREE = ""
ORIGINAL = "original"
"""The picture's own ratio."""
SIDES = (3840, 2560, 1920, 1280)
"""Pixels on the longer side that a picture can be shrunk to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameTask:
    """The picture that is framed, and what is wanted of it."""

    name: str
    size: tuple[int, int]
    framing: Framing
    """To begin with."""
    limits: FieldLimits | None = None
    ratios: tuple[str, ...] = ("16:9", "9:16", "1:1")
    delivery: str = ""
    """The ratio of the project."""


@dataclass(frozen=True, slots=True)
class FrameLook:
    """What is told of the frame while it moves."""

    framed: tuple[int, int]
    made: tuple[int, int]
    is_large_enough: bool
    has_right_shape: bool

    @property
    def is_taken(self) -> bool:
        """Whether the field takes what would be made."""
        return self.is_large_enough and self.has_right_shape


class FrameSession(QObject):
    """Everything that is chosen; `changed` after each step of the mouse as well."""

    changed = Signal()

    def __init__(self, task: FrameTask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.task = task
        first = task.framing
        self.pads = first.adds(task.size)
        self.ratio = first.ratio
        self.fill = first.fill
        self.most = first.most
        self.box = _box(first)

    @property
    def rules(self) -> Rules:
        """What the frame may do now."""
        width, height = self.task.size
        ratio = width / height if self.ratio == ORIGINAL else ratio_of(self.ratio)
        return Rules(size=self.task.size, pads=self.pads, ratio=ratio)

    @property
    def framing(self) -> Framing:
        """As it would be applied."""
        left, top, width, height = whole_pixels(self.box, self.rules)
        return Framing(
            left=left,
            top=top,
            width=width,
            height=height,
            fill=self.fill,
            most=self.most,
            ratio=self.ratio,
        )

    @property
    def is_whole(self) -> bool:
        """Whether the picture would stay as it was given."""
        return not self.most and self.framing.is_whole(self.task.size)

    @property
    def look(self) -> FrameLook:
        """What would come of it."""
        framing, limits = self.framing, self.task.limits
        made = made_size(framing, limits)
        return FrameLook(
            framing.size, made, is_large_enough(made, limits), is_within_ratios(made, limits)
        )

    @property
    def least(self) -> tuple[int, int]:
        """Pixels that the field takes at least."""
        return least_pixels(self.task.limits)

    def use_pad(self, *, pads: bool) -> None:
        """Crop or pad: the frame begins anew, in the middle."""
        self.pads = pads
        self.box = reshaped(_box(Framing.whole(self.task.size)), self.rules)
        self.changed.emit()

    def use_ratio(self, ratio: str) -> None:
        """Another ratio, as large as it can be about the same middle."""
        self.ratio = ratio
        self.box = reshaped(self.box, self.rules)
        self.changed.emit()

    def use_fill(self, fill: str) -> None:
        """What stands beside the picture."""
        self.fill = fill
        self.changed.emit()

    def use_most(self, most: int) -> None:
        """Pixels on the longer side of what is made; 0 is all."""
        self.most = most
        self.changed.emit()

    def use_whole(self) -> None:
        """Nothing is cut, nothing is added."""
        self.pads, self.ratio, self.fill, self.most = False, FREE, EDGE, 0
        self.box = _box(Framing.whole(self.task.size))
        self.changed.emit()

    def put(self, box: Box) -> None:
        """By mouse or key."""
        if box != self.box:
            self.box = box
            self.changed.emit()

    def settle(self) -> None:
        """The mouse let go: what is seen is what is meant, to the pixel."""
        left, top, width, height = whole_pixels(self.box, self.rules)
        self.put(replace(self.box, left=left, top=top, width=width, height=height))


def _box(framing: Framing) -> Box:
    return Box(framing.left, framing.top, framing.width, framing.height)
