"""Finds the slot for media that were dropped or pasted beside every slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from kling_desktop.ui.form.editors.editor import Editor


def taker_for(mime: QMimeData, takers: Sequence[Editor], focused: QWidget | None) -> Editor | None:
    """The one pointed at, the one with the keyboard, the first empty one, or the first at all.

    Of those that were not meant by hand, one that the media suit comes first.
    """
    fitting = [one for one in takers if one.accepts(mime)]

    def rank(editor: Editor) -> int:
        if editor.underMouse():
            return 0
        if focused is not None and editor.isAncestorOf(focused):
            return 1
        if not editor.suits(mime):
            return 4
        return 3 if editor.value() else 2

    return min(fitting, key=rank, default=None)
