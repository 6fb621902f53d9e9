"""The words on and about one clip's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.words import clock

if TYPE_CHECKING:
    from kling_desktop.records.clip import Clip

translate = QCoreApplication.translate


def meta_of(clip: Clip, model_name: str) -> str:
    """ "B · 2.1 Std"."""
    return f"{clip.take_letter} · {model_name}" if model_name else clip.take_letter


def is_rehearsal(clip: Clip) -> bool:
    """Whether the simulator made it, for nothing."""
    return clip.made_by is MadeBy.REHEARSAL


def length_of(clip: Clip) -> str:
    """ "0:05", or nothing for a picture."""
    return clock(clip.duration) if clip.duration else ""


def spoken(clip: Clip, model_name: str) -> str:
    """A card for a screen reader: title, take, model, length, what is special about it."""
    parts = [
        translate("Library", "{title}, take {letter}").format(
            title=clip.title, letter=clip.take_letter
        ),
        model_name,
        translate("Library", "rehearsal") if is_rehearsal(clip) else "",
        translate("Library", "length {length}").format(length=length_of(clip))
        if clip.duration
        else "",
        translate("Library", "{stars} of 5 stars").format(stars=clip.stars) if clip.stars else "",
        "" if clip.seen else translate("Library", "new"),
    ]
    return ", ".join(part for part in parts if part)


def tooltip_of(clip: Clip, model_name: str) -> str:
    """The whole title and prompt, and what the file is. Plain text."""
    size = f"{clip.width} × {clip.height}" if clip.width and clip.height else ""
    made = translate("Library", "rehearsal") if is_rehearsal(clip) else ""
    parts = (meta_of(clip, model_name), made, size, clip.path.name)
    facts = " · ".join(part for part in parts if part)
    prompt = clip.prompt if len(clip.prompt) <= 400 else clip.prompt[:400] + "…"
    return "\n".join(part for part in (clip.title, prompt, facts) if part)
