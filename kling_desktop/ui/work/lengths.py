"""What the ruler below the form says: lengths, what is billed, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kling_desktop.catalog.lengths import lengths_of
from kling_desktop.catalog.media_limits import neat
from kling_desktop.records.media import MediaKind
from kling_desktop.records.sound import Part
from kling_desktop.ui.form.localized import localized
from kling_desktop.ui.length_ruler import Bar, Offer, RulerLook
from kling_desktop.ui.words import fine_clock, money

if TYPE_CHECKING:
    from kling_desktop.catalog.lengths import Lengths, TimedFile
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.server import Server
    from kling_desktop.ui.length_ruler import LengthRuler
    from kling_desktop.ui.work.making import Making

translate = QCoreApplication.translate

_SAME = 0.1
"""Seconds by which two lengths may differ without anybody noticing."""
_CUT, _SAVE = "cut", "save"


class LengthsDesk(QObject):
    """Keeps the ruler in step with the draft."""

    part_wished = Signal(object, object)
    """(loc, Part): the part of a file that is to take its place."""

    def __init__(self, ruler: LengthRuler, making: Making) -> None:
        super().__init__(making)
        self._ruler, self._making = ruler, making
        self._studio: Studio | None = None
        self._lengths: Lengths | None = None
        ruler.offer_pressed.connect(self._on_offer)
        making.edited.connect(self.show)
        making.ready_changed.connect(lambda _ready: self.show())

    def attach(self, studio: Studio) -> None:
        """The engine is up: what is known of the files can be told."""
        self._studio = studio
        self.show()

    def show(self) -> None:
        """Looks at the draft anew."""
        self._lengths = self._found()
        look = look_of(self._lengths, self._making.server) if self._lengths else RulerLook()
        self._ruler.show_look(look)

    def _found(self) -> Lengths | None:
        studio, draft = self._studio, self._making.draft
        request_type = self._making.request_type()
        endpoint = studio.catalog.endpoint(draft.endpoint_id) if studio else None
        if studio is None or endpoint is None or request_type is None:
            return None
        media = studio.inputs.facts_in(draft.values)
        return lengths_of(endpoint, request_type, draft.values, media)

    def _on_offer(self, key: str) -> None:
        lengths = self._lengths
        if lengths is None:
            return
        sound, video = lengths.of(MediaKind.AUDIO), lengths.of(MediaKind.VIDEO)
        if key == _CUT and sound and video:
            self.part_wished.emit((sound.field.name,), Part(0.0, video.seconds))
        elif key == _SAVE and lengths.saving:
            file, seconds = lengths.saving.file, lengths.saving.seconds
            self.part_wished.emit((file.field.name,), Part(0.0, seconds))


def look_of(lengths: Lengths, server: Server) -> RulerLook:
    """All that the ruler shows."""
    return RulerLook(
        bars=tuple(_bar(one, lengths) for one in lengths.files),
        words=server.named(" ".join(_sentences(lengths))),
        billed=server.named(_billed(lengths)),
        offers=tuple(_offers(lengths)),
    )


def _bar(file: TimedFile, lengths: Lengths) -> Bar:
    is_sound = file.field.media is MediaKind.AUDIO
    beyond = lengths.beyond or 0.0
    is_billed = lengths.billed is not None and file.field.name == lengths.billed_field
    return Bar(
        title=localized(file.field).title,
        seconds=file.seconds,
        beyond=beyond if is_sound and beyond > _SAME else 0.0,
        billed=float(lengths.billed or 0) if is_billed else 0.0,
    )


def _billed(lengths: Lengths) -> str:
    if lengths.billed is None:
        return ""
    return translate("Lengths", "fal bills {seconds} s · {price}").format(
        seconds=neat(float(lengths.billed)), price=money(lengths.price)
    )


def _sentences(lengths: Lengths) -> list[str]:
    found = []
    if lengths.beyond is not None:
        found.append(_apart(lengths.beyond))
    if lengths.words is not None:
        text = translate("Lengths", "A voice says up to {most} characters over it.")
        found.append(text.format(most=lengths.words.max_length))
    if lengths.step and lengths.billed is not None:
        text = translate("Lengths", "fal counts in whole steps of {seconds} s.")
        found.append(text.format(seconds=lengths.step))
    return found


def _apart(beyond: float) -> str:
    if abs(beyond) <= _SAME:
        return translate("Lengths", "Sound and video end together.")
    if beyond < 0:
        text = translate("Lengths", "The video goes on for {seconds} s after the sound has ended.")
        return text.format(seconds=neat(-beyond, 1))
    text = translate(
        "Lengths",
        "The sound goes on for {seconds} s after the video has ended. "
        "fal does not say what becomes of that.",
    )
    return text.format(seconds=neat(beyond, 1))


def _offers(lengths: Lengths) -> list[Offer]:
    sound, video = lengths.of(MediaKind.AUDIO), lengths.of(MediaKind.VIDEO)
    offers = []
    if sound and video and (lengths.beyond or 0) > _SAME:
        limits = sound.field.limits
        if video.seconds >= ((limits.min_duration if limits else None) or 0):
            text = translate("Lengths", "Use the first {length} of the sound")
            offers.append(Offer(_CUT, text.format(length=fine_clock(video.seconds))))
    if lengths.saving:
        text = translate("Lengths", "Use the first {seconds} s of the video · {price}")
        seconds, price = neat(lengths.saving.seconds), money(lengths.saving.price)
        offers.append(Offer(_SAVE, text.format(seconds=seconds, price=price)))
    return offers
