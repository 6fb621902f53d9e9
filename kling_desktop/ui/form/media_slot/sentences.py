"""What a slot says: to invite, to refuse, and about an upload."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.media_slot.mime import Refusal
from kling_desktop.ui.form.ports import MediaView, UploadPhase

translate = QCoreApplication.translate
_CONTEXT = "MediaSlot"


def invitation(kind: MediaKind) -> str:
    """The one line in an empty slot."""
    match kind:
        case MediaKind.IMAGE:
            return translate(_CONTEXT, "Drop a picture here")
        case MediaKind.MASK:
            return translate(_CONTEXT, "Drop a mask here")
        case MediaKind.VIDEO:
            return translate(_CONTEXT, "Drop a video here")
        case MediaKind.AUDIO:
            return translate(_CONTEXT, "Drop a sound here")
        case MediaKind.FILE:
            return translate(_CONTEXT, "Drop a file here")


def refusal(why: Refusal, kind: MediaKind) -> str:
    """Why a drop or a paste is not taken, and what would be."""
    match why:
        case Refusal.WRONG_KIND:
            return _not_that_kind(kind)
        case Refusal.EMPTY_FOLDER:
            return translate(_CONTEXT, "Nothing in this folder fits here.")
        case Refusal.TEXT:
            return translate(_CONTEXT, "This is text. It belongs in a text field.")
        case Refusal.NOT_HTTPS:
            return translate(_CONTEXT, "Only addresses that begin with https:// can be used.")
        case Refusal.NOTHING:
            return translate(_CONTEXT, "There is nothing in it that fits here.")


def upload(view: MediaView) -> str:  # noqa: PLR0911 - one match says it all
    """How far it is on its way, or nothing."""
    match view.phase:
        case UploadPhase.NONE:
            return ""
        case UploadPhase.WAITS_FOR_GENERATE:
            return translate(_CONTEXT, "uploads when you generate")
        case UploadPhase.WAITS_FOR_KEY:
            return translate(_CONTEXT, "waits for a key")
        case UploadPhase.UPLOADED:
            return translate(_CONTEXT, "uploaded")
        case UploadPhase.FAILED:
            return translate(_CONTEXT, "not uploaded")
        case UploadPhase.UPLOADING if view.fraction is None:
            return translate(_CONTEXT, "uploading")
        case UploadPhase.UPLOADING:
            percent = min(100, int(view.fraction * 100))
            return translate(_CONTEXT, "uploading {percent} %").format(percent=percent)


def name_of_address(text: str) -> str:
    """The last part of an address, or its host."""
    parts = urlsplit(text)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return last or parts.netloc or text[:60]


def name_filter(kind: MediaKind, suffixes: tuple[str, ...]) -> str:
    """For the file dialog."""
    everything = translate(_CONTEXT, "All files (*)")
    if not suffixes:
        return everything
    names = {
        MediaKind.VIDEO: translate(_CONTEXT, "Videos"),
        MediaKind.AUDIO: translate(_CONTEXT, "Sounds"),
    }
    title = names.get(kind, translate(_CONTEXT, "Pictures"))
    patterns = " ".join(f"*{one} *{one.upper()}" for one in suffixes)
    return f"{title} ({patterns});;{everything}"


def _not_that_kind(kind: MediaKind) -> str:
    match kind:
        case MediaKind.VIDEO:
            return translate(_CONTEXT, "This is not a video.")
        case MediaKind.AUDIO:
            return translate(_CONTEXT, "This is not a sound.")
        case MediaKind.FILE:
            return translate(_CONTEXT, "This does not fit here.")
        case MediaKind.IMAGE | MediaKind.MASK:
            return translate(_CONTEXT, "This is not a picture.")
