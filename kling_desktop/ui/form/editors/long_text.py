"""Several lines of plain text, with a counter where there is a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from kling_desktop.catalog.mentions import mentions
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.parts.mentioning import Mentioning
from kling_desktop.ui.form.parts.undo_keys import PlainText
from kling_desktop.ui.form.values import UNSET, FieldValue
from kling_desktop.ui.style import set_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place

_MOST_LINES = 10
_OF_OFFER = frozenset(
    {
        Qt.Key.Key_Enter,
        Qt.Key.Key_Return,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
    }
)


class LongTextEditor(Editor):
    """Keeps every character, also those over the limit."""

    least_lines = 3

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._text = GrowingText(self.least_lines)
        self._text.stray.connect(self.context.take_stray)
        self._text.textChanged.connect(self._on_text)
        self._target = self._text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        self._is_showing = False
        if spec.mentions:
            self._offer_mentions()

    def text(self) -> str:
        """What stands in the box."""
        return self._text.toPlainText()

    def secondary(self) -> str:
        limit = self.spec.max_length
        if limit is None:
            return ""
        return self.tr("{count} / {limit}").format(count=len(self.text()), limit=limit)

    def secondary_is_alarm(self) -> bool:
        limit = self.spec.max_length
        return limit is not None and len(self.text()) > limit

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._text, "problem", wrong)

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, str)

    def _show(self, value: FieldValue) -> None:
        text = value if isinstance(value, str) else ""
        if text != self.text():
            self._is_showing = True
            self._text.replace_text(text)
            self._is_showing = False
            self.secondary_changed.emit()

    def _on_text(self) -> None:
        if not self._is_showing:
            text = self.text()
            is_left_out = not text and not self.spec.has_default and not self.spec.required
            self._edited(UNSET if is_left_out else text, flowing=True)
            if self._text.mentioning is not None and self._text.hasFocus():
                self._text.mentioning.look()

    def _offer_mentions(self) -> None:
        self._text.mentioning = Mentioning(self._text, self._words)
        sign = _sign(self.spec.mentions[0][1])
        self._text.setPlaceholderText(
            self.tr("Type {sign} to name what you add.").format(sign=sign)
        )

    def _words(self) -> tuple[str, ...]:
        return tuple(one.word for one in mentions(self.spec, self.context.values()))


class GrowingText(PlainText):
    """As high as its text, between a least and a most number of lines."""

    stray = Signal(QMimeData)
    """Media that were pasted here."""

    def __init__(self, least_lines: int) -> None:
        super().__init__()
        self.mentioning: Mentioning | None = None
        self._least_lines = least_lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def replace_text(self, text: str) -> None:
        """Another text, with the cursor where the old and the new one part."""
        at = _end_of_change(self.toPlainText(), text)
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, _utf16(text[:at])
        )
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return _is_text(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if _is_text(source):
            self.insertPlainText(source.text())
        else:
            self.stray.emit(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_offering() and event.key() in _OF_OFFER:
            # The list of words takes it from here.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own words
        return not self._is_offering() and super().focusNextPrevChild(next)

    def _is_offering(self) -> bool:
        return self.mentioning is not None and self.mentioning.is_open()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        super().changeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = int(self.document().size().height())
        shown = min(max(lines, self._least_lines), _MOST_LINES)
        # Under a stylesheet the frame width is border and padding together.
        frame = 2 * self.frameWidth() + round(2 * self.document().documentMargin())
        height = shown * self.fontMetrics().lineSpacing() + frame
        if height != self.height():
            self.setFixedHeight(height)


def _is_text(source: QMimeData) -> bool:
    """Text that a person means as text: not the path of a dragged file, not a copied picture."""
    return (
        source.hasText()
        and not source.hasImage()
        and not any(url.isLocalFile() for url in source.urls())
    )


def _sign(word: str) -> str:
    """What a word that names something begins with: @, or several such characters."""
    name = next((place for place, one in enumerate(word) if one.isalnum()), 1)
    return word[: max(1, name)]


def _end_of_change(old: str, new: str) -> int:
    tail = 0
    most = min(len(old), len(new))
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return len(new) - tail


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
