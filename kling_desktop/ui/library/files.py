"""Clips as files for other programs: dragged out or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QUrl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.records.clip import Clip


def files_mime(clips: Sequence[Clip]) -> QMimeData:
    """The files of these clips as a drag or the clipboard carries them; missing files are left
    out, and without any file there is nothing in it."""
    mime = QMimeData()
    paths = [clip.path for clip in clips if clip.path.is_file()]
    if paths:
        mime.setUrls([QUrl.fromLocalFile(str(path.absolute())) for path in paths])
    return mime


def copied_files_mime(clips: Sequence[Clip]) -> QMimeData:
    """The same for the clipboard, said also in the words of GNOME's and KDE's file managers."""
    mime = files_mime(clips)
    if not mime.hasUrls():
        return mime
    encoded = [bytes(url.toEncoded().data()) for url in mime.urls()]
    mime.setData("x-special/gnome-copied-files", QByteArray(b"\n".join([b"copy", *encoded])))
    mime.setData("application/x-kde-cutselection", QByteArray(b"0"))
    mime.setText("\n".join(str(clip.path) for clip in clips if clip.path.is_file()))
    return mime
