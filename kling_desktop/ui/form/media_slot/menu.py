"""The context menu of a slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from kling_desktop.records.problem import Remedy
from kling_desktop.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from kling_desktop.ui.form.media_slot.slot import MediaSlot

_LONGEST = 48


def open_menu(slot: MediaSlot, point: QPoint) -> QMenu:
    """Open it there. It does not wait, and is gone once it closes."""
    menu = QMenu(slot)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    view = slot.view()
    path = view.path if view else None
    is_filled = bool(slot.text())
    can_paste = slot.can_take(QGuiApplication.clipboard().mimeData())
    _add(menu, "folder-open", _say("Browse…"), slot.browse)
    _add(menu, "clipboard-paste", _say("Paste"), slot.paste, enabled=can_paste)
    _add_clips(menu, slot)
    menu.addSeparator()
    _add(menu, "copy", _say("Copy"), slot.copy, enabled=is_filled)
    if view and view.can_frame:
        _add(menu, "crop", _say("Frame…"), lambda: slot.remedy_wanted.emit(Remedy.FRAME))
    _add(
        menu,
        "folder-search",
        _say("Show in folder"),
        lambda: slot.reveal_wanted.emit(path),
        enabled=path is not None,
    )
    menu.addSeparator()
    _add(menu, "x", _say("Remove"), slot.cleared.emit, enabled=is_filled)
    menu.popup(point)
    return menu


def _add_clips(menu: QMenu, slot: MediaSlot) -> None:
    inner = menu.addMenu(icon("film"), _say("Use a clip from the library"))
    clips = slot.clips()
    inner.setEnabled(bool(clips))
    for clip in clips:
        # A single & would underline the letter behind it.
        action = inner.addAction(_shortened(clip.title).replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, clip=clip: slot.take_clip(clip))


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"


def _say(text: str) -> str:
    return QCoreApplication.translate("MediaSlot", text)


def _add(
    menu: QMenu, name: str, text: str, act: Callable[[], object], *, enabled: bool = True
) -> None:
    action = menu.addAction(icon(name), text)
    action.setEnabled(enabled)
    action.triggered.connect(lambda: act())
