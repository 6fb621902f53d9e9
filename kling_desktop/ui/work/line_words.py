"""What stands below a line that is spoken: pure, from what is known now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.form.parts.line_strip import LineLook
from kling_desktop.ui.words import money, say

if TYPE_CHECKING:
    from kling_desktop.catalog.hearing import Line
    from kling_desktop.records.server import Server

translate = QCoreApplication.translate


def look_of(
    line: Line,
    made_by: MadeBy,
    *,
    is_heard: bool,
    is_coming: bool,
    can_use: bool,
    server: Server,
) -> LineLook:
    """The words of both buttons, and the sentence below them."""
    if is_heard:
        return LineLook(
            hear=translate("Line", "Play the line"),
            hear_tip=translate("Line", "It was spoken before, so playing it costs nothing."),
            can_hear=True,
            is_heard=can_use,
            use=translate("Line", "Use this sound"),
            use_tip=translate("Line", "The lips follow this very sound, on the same video."),
            note=_about_length(line, can_use=can_use),
        )
    if is_coming:
        words = translate("Line", "The line is being spoken. It plays when it is there.")
        # It stays enabled: the keyboard is on it, and would be lost.
        hear = translate("Line", "Speaking…")
        return LineLook(hear=hear, hear_tip=words, can_hear=True, note=words)
    reason = say(line.obstacle).text if line.obstacle else ""
    return LineLook(
        hear=translate("Line", "Hear the line · {price}").format(price=_price(line, made_by)),
        hear_tip=reason or _tip(made_by, server),
        can_hear=line.obstacle is None,
        note=_about_length(line, can_use=can_use) or (reason if line.text.strip() else ""),
    )


def _price(line: Line, made_by: MadeBy) -> str:
    return translate("Line", "free") if made_by is MadeBy.REHEARSAL else money(line.price)


def _tip(made_by: MadeBy, server: Server) -> str:
    if made_by is MadeBy.REHEARSAL:
        return translate("Line", "Only the voice, made on this computer: it shows how long it is.")
    words = translate("Line", "Only the voice, made at fal. Hearing it again costs nothing.")
    return server.named(words)


def _about_length(line: Line, *, can_use: bool) -> str:
    """Where the words are too many for the lips, though not for the voice."""
    if not line.is_only_heard or not can_use:
        return ""
    words = translate(
        "Line",
        "This form takes {most} characters. A sound takes {heard}: hear the line, then use it.",
    )
    heard = line.most_heard if line.most_heard is not None else "∞"
    return words.format(most=line.most, heard=heard)
