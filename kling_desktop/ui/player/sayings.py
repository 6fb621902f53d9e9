"""What the stage says about its clip, on it and to a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.player.trouble import Trouble

if TYPE_CHECKING:
    from kling_desktop.records.clip import Clip

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, and what is offered with it."""

    text: str
    offer: str = ""


def elsewhere() -> str:
    """The offer to leave a clip to the system."""
    return translate("Stage", "Open in another program")


def of_trouble(trouble: Trouble, clip: Clip) -> Saying:
    """Why it does not play, and what can be done."""
    match trouble:
        case Trouble.MISSING:
            words = translate("Stage", "{name} is not where it was saved.")
            return Saying(words.format(name=clip.path.name))
        case Trouble.BROKEN:
            words = translate(
                "Stage", "This file is damaged or not complete, so it cannot be shown."
            )
            return Saying(words, elsewhere())
        case Trouble.NOT_HERE:
            words = translate(
                "Stage", "This clip does not play here. You can step through its frames."
            )
            return Saying(words, elsewhere())


def description(clip: Clip, *, playing: bool, frame: int, count: int) -> str:
    """The clip in one sentence."""
    if clip.kind not in {MediaKind.VIDEO, MediaKind.AUDIO}:
        return clip.title
    if playing:
        words = translate("Stage", "{title}, playing, {count} frames")
    elif clip.kind is MediaKind.AUDIO:
        words = translate("Stage", "{title}, paused")
    else:
        words = translate("Stage", "{title}, paused, frame {number} of {count}")
    return words.format(title=clip.title, number=frame, count=count)
