"""A media port for tests: it keeps what it is offered in a list, and answers when it is told to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton, QWidget

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.catalog.request_type import RequestType
from kling_desktop.ui.form.media_slot.slot import MediaSlot
from kling_desktop.ui.form.ports import (
    Answer,
    LibraryClip,
    MediaView,
    OfferDone,
    Offered,
    Taken,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kling_desktop.records.media import MediaKind
    from kling_desktop.records.sound import Part, Waveform


@dataclass(frozen=True, slots=True)
class Question:
    """One call of `offer`."""

    token: object
    offered: tuple[Offered, ...]
    done: OfferDone


class KeepingPort:
    """Takes the first of what is offered, under a reference that counts up."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.at_once = at_once
        self.answer: Answer = None
        self.asked: list[Question] = []
        self.views: dict[str, MediaView] = {}
        self.folder: Path | None = None
        self.library: dict[MediaKind, tuple[LibraryClip, ...]] = {}
        self.wanted: list[tuple[str, int]] = []
        self.waves: dict[str, Waveform] = {}
        self.played: list[tuple[str, Part]] = []
        self.tell: Callable[[float | None], None] = lambda _place: None
        self._subscribers: list[Callable[[str], None]] = []

    def offer(self, slot_token: object, offered: Sequence[Offered], done: OfferDone) -> None:
        """Note it; answer at once unless told otherwise."""
        self.asked.append(Question(slot_token, tuple(offered), done))
        if self.at_once:
            done(self.answer or Taken(ref(len(self.asked))))

    def describe(self, ref_or_url: str) -> MediaView | None:
        """What the test put there."""
        return self.views.get(ref_or_url)

    def thumbnail(
        self, ref_or_url: str, longest: int, callback: Callable[[QImage | None], None]
    ) -> None:
        """A plain picture."""
        self.wanted.append((ref_or_url, longest))
        callback(plain_picture(60, 40))

    def waveform(
        self, ref_or_url: str, callback: Callable[[Waveform | None], None]
    ) -> Callable[[], None]:
        """What the test put there."""
        callback(self.waves.get(ref_or_url))
        return lambda: None

    def listen(self, ref_or_url: str, part: Part, told: Callable[[float | None], None]) -> None:
        """Note it; the test tells how it goes on."""
        self.hush()
        self.played.append((ref_or_url, part))
        self.tell = told

    def hush(self) -> None:
        """It is over."""
        told, self.tell = self.tell, lambda _place: None
        told(None)

    def browse_folder(self) -> Path | None:
        """Where the test wants it."""
        return self.folder

    def clips(self, kind: MediaKind, most: int) -> Sequence[LibraryClip]:
        """What the test put there."""
        return self.library.get(kind, ())[:most]

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Note it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def change(self, text: str, **facts: object) -> None:
        """Something else is known of a file."""
        self.views[text] = replace(self.views[text], **facts)  # type: ignore[arg-type]
        for callback in self._subscribers:
            callback(text)

    @property
    def subscribers(self) -> int:
        """How many listen."""
        return len(self._subscribers)


def ref(number: int, suffix: str = ".png") -> str:
    """A reference that no real file has."""
    return f"media://{number:064x}{suffix}"


def plain_picture(width: int, height: int) -> QImage:
    """One color."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#8a5d00"))
    return image


def request_type(*fields: FieldSpec, name: str = "Invented") -> RequestType:
    """A request type with these fields."""
    return RequestType(name=name, schema={}, fields=fields)


def spec(name: str, kind: FieldType = FieldType.STRING, **more: object) -> FieldSpec:
    """A field that is shown at once."""
    facts: dict[str, object] = {"title": name.replace("_", " ").capitalize(), "first_rank": True}
    return FieldSpec(name=name, type=kind, **{**facts, **more})  # type: ignore[arg-type]


def slots_of(form: QWidget) -> list[MediaSlot]:
    """The media slots of a form, in order."""
    return form.findChildren(MediaSlot)


def button_of(form: QWidget, text: str) -> QPushButton:
    """The button that says a text."""
    return next(one for one in form.findChildren(QPushButton) if one.text() == text)
