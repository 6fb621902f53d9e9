"""What a slot says: to invite, to refuse, and about an upload."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.media_slot.mime import Refusal
from kling_desktop.ui.form.ports import MediaView, UploadPhase

translate = QCoreApplication.translate

_LONGEST = 40
"""Letters of a file's name in a sentence."""


def invitation(kind: MediaKind) -> str:
    """The one line in an empty slot."""
    match kind:
        case MediaKind.IMAGE:
            return translate("MediaSlot", "Drop a picture here")
        case MediaKind.MASK:
            return translate("MediaSlot", "Drop a mask here")
        case MediaKind.VIDEO:
            return translate("MediaSlot", "Drop a video here")
        case MediaKind.AUDIO:
            return translate("MediaSlot", "Drop a sound here")
        case MediaKind.FILE:
            return translate("MediaSlot", "Drop a file here")


def refusal(why: Refusal, kind: MediaKind, name: str = "") -> str:
    """Why a drop or a paste is not taken, and what would be; `name` is that of the file, if any."""
    match why:
        case Refusal.WRONG_KIND:
            words = _not_that_kind(kind)
            return about_file(name, words) if name else words
        case Refusal.EMPTY_FOLDER if name:
            text = translate("MediaSlot", "Nothing in the folder “{name}” fits here.")
            return text.format(name=short_name(name))
        case Refusal.EMPTY_FOLDER:
            return translate("MediaSlot", "Nothing in this folder fits here.")
        case Refusal.TEXT:
            return translate("MediaSlot", "This is text. It belongs in a text field.")
        case Refusal.NOT_HTTPS:
            return translate("MediaSlot", "Only addresses that begin with https:// can be used.")
        case Refusal.NOTHING:
            return translate("MediaSlot", "There is nothing in it that fits here.")


def about_file(name: str, words: str) -> str:
    """A sentence on a file, with its name where the sentence does not say it."""
    if name in words:
        return words
    return translate("MediaSlot", "“{name}”: {words}").format(name=short_name(name), words=words)


def short_name(name: str) -> str:
    """A name that leaves room for what is said of it; its end tells the kind of file."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 13]}…{name[-12:]}"


def upload(view: MediaView) -> str:  # noqa: PLR0911 - one match says it all
    """How far it is on its way, or nothing."""
    match view.phase:
        case UploadPhase.NONE:
            return ""
        case UploadPhase.WAITS_FOR_GENERATE:
            return translate("MediaSlot", "uploads when you generate")
        case UploadPhase.WAITS_FOR_KEY:
            return translate("MediaSlot", "waits for a key")
        case UploadPhase.UPLOADED:
            return translate("MediaSlot", "uploaded")
        case UploadPhase.FAILED:
            return translate("MediaSlot", "not uploaded")
        case UploadPhase.UPLOADING if view.fraction is None:
            return translate("MediaSlot", "uploading")
        case UploadPhase.UPLOADING:
            percent = min(100, int(view.fraction * 100))
            return translate("MediaSlot", "uploading {percent} %").format(percent=percent)


def name_of_address(text: str) -> str:
    """The last part of an address, or its host."""
    parts = urlsplit(text)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return last or parts.netloc or text[:60]


def name_filter(kind: MediaKind, suffixes: tuple[str, ...]) -> str:
    """For the file dialog."""
    everything = translate("MediaSlot", "All files (*)")
    if not suffixes:
        return everything
    names = {
        MediaKind.VIDEO: translate("MediaSlot", "Videos"),
        MediaKind.AUDIO: translate("MediaSlot", "Sounds"),
    }
    title = names.get(kind, translate("MediaSlot", "Pictures"))
    patterns = " ".join(f"*{one} *{one.upper()}" for one in suffixes)
    return f"{title} ({patterns});;{everything}"


def _not_that_kind(kind: MediaKind) -> str:
    match kind:
        case MediaKind.VIDEO:
            return translate("MediaSlot", "This is not a video.")
        case MediaKind.AUDIO:
            return translate("MediaSlot", "This is not a sound.")
        case MediaKind.FILE:
            return translate("MediaSlot", "This does not fit here.")
        case MediaKind.IMAGE | MediaKind.MASK:
            return translate("MediaSlot", "This is not a picture.")
