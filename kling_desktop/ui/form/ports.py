"""What the form asks of the world outside: to keep a file, and to say what it knows of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.media import MediaKind
    from kling_desktop.records.problem import Problem, Remedy
    from kling_desktop.records.sound import Part, Waveform


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file on this computer. It was not opened yet."""

    path: Path


@dataclass(frozen=True, slots=True)
class OfferedBytes:
    """The bytes of a file that has no path: pasted, or dragged out of another program."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class OfferedUrl:
    """An https address of a file."""

    url: str


Offered: TypeAlias = "OfferedFile | OfferedBytes | OfferedUrl"
"""What a person dropped, pasted or chose for a slot."""


@dataclass(frozen=True, slots=True)
class LibraryClip:
    """A finished clip that a slot can take."""

    title: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """A voice that the person had made, in words that are already translated."""

    voice_id: str
    title: str
    note: str = ""
    """What there is to say of it where it is chosen."""
    is_offered: bool = True
    """False where it is only known by name: it cannot be used as things are."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What stands in the slot from now on: a `media://` text or an https address."""

    text: str


@dataclass(frozen=True, slots=True)
class SlotToken:
    """Which slot asks. Equal for the same field, also after the form was built anew."""

    loc: Loc
    spec: FieldSpec

    @property
    def kind(self) -> MediaKind | None:
        """What sort of file the field takes."""
        return self.spec.media


class UploadPhase(StrEnum):
    """How far the upload of a file is, as far as a person cares."""

    NONE = ""
    WAITS_FOR_GENERATE = "waits_for_generate"
    WAITS_FOR_KEY = "waits_for_key"
    UPLOADING = "uploading"
    UPLOADED = "uploaded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaView:
    """All that a slot shows of one file, in words that are already translated."""

    name: str
    facts: str = ""
    """Size, or size and length: "4032 × 2688"."""
    outcome: str = ""
    """What the model makes of it: "comes out about 3:2, 720p"."""
    kind: MediaKind | None = None
    path: Path | None = None
    """Where the kept file lies, to copy it or to show it; None for an address."""
    thumbnail: QImage | None = None
    """Where one is at hand already; otherwise the slot asks for one."""
    phase: UploadPhase = UploadPhase.NONE
    fraction: float | None = None
    """Of the upload, 0 to 1; None is unknown."""
    problem: Problem | None = None
    can_frame: bool = False
    """Whether a person can choose what of it is used."""
    offers: tuple[Remedy, ...] = ()
    """One-click ways to another shape, where this one is not what is wanted."""
    seconds: float | None = None
    """How long a sound or video lasts."""
    is_in_work: bool = False
    """Another file is being made of it, to take its place."""


Answer: TypeAlias = "Taken | Problem | None"
"""None: the person thought better of it, or the files went elsewhere."""

OfferDone: TypeAlias = Callable[[Answer], bool]
"""Says whether the answer landed. It does not where the slot is gone or has another file by now."""


class MediaPort(Protocol):
    """Keeps files and knows about them. Every call comes from, and is answered on, the GUI thread.

    `offer` answers once, at once or later. `thumbnail` decodes away from the GUI thread; `longest`
    is in device pixels, and None means that there is no picture. `clips` are the newest of the
    library that are of a kind. `waveform` listens in the same way, and returns the call that ends
    it. `listen` plays a part of a sound: it tells the place in seconds as it goes on, and None once
    when that is over; `hush` ends it. `subscribe` tells the text of each file whose view changed,
    and returns the call that ends it.
    """

    def offer(self, slot_token: object, offered: Sequence[Offered], done: OfferDone) -> None: ...

    def describe(self, ref_or_url: str) -> MediaView | None: ...

    def thumbnail(
        self, ref_or_url: str, longest: int, callback: Callable[[QImage | None], None]
    ) -> None: ...

    def waveform(
        self, ref_or_url: str, callback: Callable[[Waveform | None], None]
    ) -> Callable[[], None]: ...

    def listen(self, ref_or_url: str, part: Part, told: Callable[[float | None], None]) -> None: ...

    def hush(self) -> None: ...

    def browse_folder(self) -> Path | None: ...

    def clips(self, kind: MediaKind, most: int) -> Sequence[LibraryClip]: ...

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]: ...
