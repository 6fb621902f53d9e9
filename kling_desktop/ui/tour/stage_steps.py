"""The clip on the stage: it moves, it stops at exact frames, and it is saved as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kling_desktop.ui.player.canvas import Canvas
from kling_desktop.ui.tour.pictures import unlike
from kling_desktop.ui.tour.walk import TourStopped, Until, pause

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kling_desktop.ui.tour.sight import Sight
    from kling_desktop.ui.tour.walk import Steps

_SAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_SIGN = b"ftyp"
"""The first box of an MP4 file, after four bytes of length."""


def playing(sight: Sight) -> Steps:
    """Two unlike pictures on the stage, one after the other."""
    yield Until(sight.eyes.stage, 30, "a picture on the stage")
    first, time = sight.eyes.stage(), sight.eyes.time_shown()
    moved = "two unlike pictures on the stage, one after the other"
    yield Until(lambda: _is_unlike(first, sight.eyes.stage()), 15, moved)
    sight.record.moves()
    sight.saw("playing", f"the pictures at {time} and {sight.eyes.time_shown()} are unlike")


def frame_step(sight: Sight) -> Steps:
    """One frame back stops it; then one on, one back and on again: time and picture follow."""
    press = sight.hands.press
    press(Qt.Key.Key_Comma)
    yield from _settled(sight)
    here, time_here = sight.eyes.stage(), sight.eyes.time_shown()
    press(Qt.Key.Key_Period)
    yield Until(lambda: sight.eyes.time_shown() != time_here, 10, "the time of the next frame")
    yield Until(lambda: sight.eyes.stage() != here, 10, "the next frame's picture")
    yield from _settled(sight)
    there, time_there = sight.eyes.stage(), sight.eyes.time_shown()
    sight.saw("frame step", f"{time_here} to {time_there}")
    press(Qt.Key.Key_Comma)
    yield Until(lambda: sight.eyes.time_shown() == time_here, 10, f"{time_here} again")
    yield Until(lambda: sight.eyes.stage() != there, 10, "the picture before it")
    press(Qt.Key.Key_Period)
    yield Until(lambda: sight.eyes.time_shown() == time_there, 10, f"{time_there} again")
    yield Until(lambda: sight.eyes.stage() == there, 10, f"the very picture of {time_there}")
    sight.record.step("frame back", f"{time_here}, and {time_there} again, the same picture")


def save(sight: Sight) -> Steps:
    """Save as…, with the file dialog driven by keys."""
    target = sight.record.clip
    sight.hands.press(Qt.Key.Key_S, _SAVE)
    yield Until(lambda: sight.eyes.dialog(QFileDialog), 10, "a dialog to save the clip")
    dialog = sight.eyes.dialog(QFileDialog)
    if dialog is None:
        raise TourStopped("The dialog to save the clip went away.")
    yield Until(dialog.isActiveWindow, 10, "the dialog in front")
    sight.hands.write_over(target)
    yield pause(0.2)
    sight.saw("save as", target)
    sight.hands.press(Qt.Key.Key_Return)
    yield Until(lambda: sight.eyes.dialog(QFileDialog) is None, 10, "the dialog closed")
    yield Until(lambda: is_whole_clip(Path(target)), 30, f"a whole clip at {target}")
    sight.record.saved()
    sight.saw("saved", f"{Path(target).stat().st_size} bytes")


def is_whole_clip(path: Path) -> bool:
    """Whether a file holds the boxes of an MP4 to its very end."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            at, names = 0, []
            while at + 8 <= size:
                file.seek(at)
                head = file.read(16)
                length = int.from_bytes(head[:4], "big")
                if length == 1:
                    length = int.from_bytes(head[8:16], "big")
                names.append(head[4:8])
                if length < 8:
                    return False
                at += length
    except OSError:
        return False
    return at == size and names[:1] == [_SIGN] and b"moov" in names and b"mdat" in names


def _is_unlike(first: object, now: QImage | None) -> bool:
    from PySide6.QtGui import QImage

    return isinstance(first, QImage) and now is not None and unlike(first, now)


def _settled(sight: Sight) -> Steps:
    """The picture and its time stand still."""
    canvas = sight.eyes.first(Canvas)
    if canvas is None:
        raise TourStopped("There is no stage.")
    before: tuple[object, object] = (None, None)
    for _look in range(40):
        yield pause(0.12)
        now = (sight.eyes.time_shown(), sight.eyes.stage())
        if now == before:
            return
        before = now
    raise TourStopped("The picture does not stand still after a frame step.")
