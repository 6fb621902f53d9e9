"""Offers the words that name things, such as @Image1, where one of them is begun in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QPlainTextEdit

_LONGEST = 24


class Mentioning(QObject):
    """Enter or Tab takes a word, Escape leaves the text as it is."""

    def __init__(self, text: QPlainTextEdit, words: Callable[[], Sequence[str]]) -> None:
        super().__init__(text)
        self._text, self._words = text, words
        self._begun = ""
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list = popup = QListView()
        popup.setAccessibleName(self.tr("What the text can name"))
        self._completer.setPopup(popup)
        self._completer.setWidget(text)
        self._completer.activated.connect(self._put)

    def is_open(self) -> bool:
        """Whether words are on offer right now."""
        return self._list.isVisible()

    def look(self) -> None:
        """The text changed by typing: offer what fits, or nothing."""
        self._begun, found = begun_word(self._before(), self._words())
        popup = self._list
        if not found:
            popup.hide()
            return
        self._model.setStringList(list(found))
        rect = self._text.cursorRect()
        wide = max(map(popup.fontMetrics().horizontalAdvance, found)) + 40
        rect.setWidth(min(wide, self._text.width()))
        self._completer.complete(rect)
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _before(self) -> str:
        cursor = self._text.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _put(self, word: str) -> None:
        cursor = self._text.textCursor()
        left, keep = QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(left, keep, len(self._begun))
        cursor.insertText(f"{word} ")
        self._text.setTextCursor(cursor)
        self._text.setFocus(Qt.FocusReason.PopupFocusReason)


def begun_word(before: str, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """What stands of a word right before the cursor, and all that it may become."""
    near = before[-_LONGEST:]
    for start in range(len(near)):
        begun = near[start:].casefold()
        found = tuple(one for one in words if one.casefold().startswith(begun))
        if found:
            done = len(found) == 1 and len(found[0]) == len(begun)
            return ("", ()) if done else (near[start:], found)
    return "", ()
