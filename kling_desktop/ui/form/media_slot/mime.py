"""Reads what was dragged or pasted: files, folders, pixels, addresses, or a reason to refuse.

A drag out of a browser carries many forms at once. Chromium and Firefox put the address of the
*link* round a picture into text/uri-list and the picture itself into text/html, so the <img> of
the HTML is asked first. "Copy image" adds the pixels, which need no network and no log-in.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QImage, QPixmap

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.media_slot.data_uri import bytes_of_data_uri
from kling_desktop.ui.form.media_slot.suffixes import could_be
from kling_desktop.ui.form.ports import Offered, OfferedBytes, OfferedFile, OfferedUrl

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

FOLDER_LIMIT = 50
_RAW_PICTURES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/gif": ".gif",
}
_IMG = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s>]+))", re.IGNORECASE)


class Refusal(StrEnum):
    """Why a slot does not take what hovers over it."""

    NOTHING = "nothing"
    WRONG_KIND = "wrong_kind"
    EMPTY_FOLDER = "empty_folder"
    TEXT = "text"
    NOT_HTTPS = "not_https"


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture that came as pixels alone. It is slow to pack into a file: never do it in the GUI
    thread.
    """

    image: QImage


Read: TypeAlias = "tuple[Offered | Pixels, ...] | Refusal"


def glance(mime: QMimeData, kind: MediaKind, *, exactly: bool = False) -> Refusal | None:
    """While it hovers: is there any hope? Opens no folder and decodes nothing.

    `exactly` leaves out what only holds the kind beside something else.
    """
    paths = _local_paths(mime)
    if paths:
        fits = any(path.is_dir() or could_be(path.name, kind, exactly=exactly) for path in paths)
        return None if fits else Refusal.WRONG_KIND
    if _is_picture(kind) and (mime.hasImage() or _raw_format(mime)):
        return None
    return _glance_at_text(mime, kind)


def read(mime: QMimeData, kind: MediaKind) -> Read:
    """Everything in it that a slot of this kind can be given, in order."""
    paths = _local_paths(mime)
    if paths:
        return _files(paths, kind)
    if _is_picture(kind):
        pixels = _pixels(mime)
        if pixels:
            return (pixels,)
    return _addresses(mime, kind)


def name_in(mime: QMimeData) -> str:
    """The name of the file or folder in it; nothing where there is none, or several."""
    paths = _local_paths(mime)
    return paths[0].name if len(paths) == 1 else ""


def pictures_in(folder: Path, kind: MediaKind) -> tuple[Path, ...]:
    """The first fitting files right inside a folder, by name; hidden ones and folders left out."""
    try:
        with os.scandir(folder) as entries:
            names = [
                one.name
                for one in entries
                if _is_plain_file(one) and could_be(one.name, kind, exactly=True)
            ]
    except OSError:
        return ()
    return tuple(folder / name for name in sorted(names, key=str.casefold)[:FOLDER_LIMIT])


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and "." in entry.name and entry.is_file()


def _is_picture(kind: MediaKind) -> bool:
    return kind in {MediaKind.IMAGE, MediaKind.MASK}


def _local_paths(mime: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def _files(paths: tuple[Path, ...], kind: MediaKind) -> Read:
    found: list[Offered | Pixels] = []
    for path in paths:
        if path.is_dir():
            found += [OfferedFile(one) for one in pictures_in(path, kind)]
        elif could_be(path.name, kind):
            found.append(OfferedFile(path))
    if found:
        return tuple(found)
    return Refusal.EMPTY_FOLDER if any(path.is_dir() for path in paths) else Refusal.WRONG_KIND


def _raw_format(mime: QMimeData) -> str | None:
    return next((name for name in _RAW_PICTURES if mime.hasFormat(name)), None)


def _pixels(mime: QMimeData) -> Offered | Pixels | None:
    raw = _raw_format(mime)
    if raw:
        data = mime.data(raw).data()
        if data:
            return OfferedBytes(bytes(data), f"picture{_RAW_PICTURES[raw]}")
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QPixmap):
        image = image.toImage()
    return Pixels(image) if isinstance(image, QImage) and not image.isNull() else None


def _texts(mime: QMimeData) -> tuple[str, ...]:
    """Every address in it, the picture's own before the one of the page round it."""
    html = _IMG.findall(mime.html()) if mime.hasHtml() else []
    links = [unescape("".join(groups)) for groups in html]
    links += [url.toString() for url in mime.urls() if not url.isLocalFile()]
    plain = mime.text().strip() if mime.hasText() else ""
    if plain and not any(mark.isspace() for mark in plain):
        links.append(plain)
    return tuple(dict.fromkeys(links))


def _glance_at_text(mime: QMimeData, kind: MediaKind) -> Refusal | None:
    texts = _texts(mime)
    if any(_is_address(one) or _is_data_of(one, kind) for one in texts):
        return None
    if any(one.startswith("http://") for one in texts):
        return Refusal.NOT_HTTPS
    if any(one.startswith("data:") for one in texts):
        return Refusal.WRONG_KIND
    return Refusal.TEXT if mime.hasText() and mime.text().strip() else Refusal.NOTHING


def _addresses(mime: QMimeData, kind: MediaKind) -> Read:
    for one in _texts(mime):
        if _is_address(one):
            return (OfferedUrl(one),)
        if _is_data_of(one, kind):
            offered = bytes_of_data_uri(one)
            if offered:
                return (offered,)
    refusal = _glance_at_text(mime, kind)
    return Refusal.NOTHING if refusal is None else refusal


def _is_address(text: str) -> bool:
    return bool(re.match(r"https://[^\s/]+", text, re.IGNORECASE))


def _is_data_of(text: str, kind: MediaKind) -> bool:
    if kind is MediaKind.FILE:
        return text.startswith("data:")
    family = "image" if _is_picture(kind) else kind.value
    return text[:64].lower().startswith(f"data:{family}/")
