"""One line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.parts.undo_keys import Line
from kling_desktop.ui.form.values import UNSET, FieldValue
from kling_desktop.ui.style import set_mark

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place


class ShortTextEditor(Editor):
    """Keeps every character, also those over the limit."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._line = Line()
        self._line.textEdited.connect(self._on_text)
        self._target = self._line
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)

    def secondary(self) -> str:
        limit = self.spec.max_length
        if limit is None:
            return ""
        return self.tr("{count} / {limit}").format(count=len(self._line.text()), limit=limit)

    def secondary_is_alarm(self) -> bool:
        limit = self.spec.max_length
        return limit is not None and len(self._line.text()) > limit

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._line, "problem", wrong)

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, str) and "\n" not in value

    def _show(self, value: FieldValue) -> None:
        text = value if isinstance(value, str) else ""
        if text != self._line.text():
            self._line.setText(text)

    def _on_text(self, text: str) -> None:
        is_left_out = not text and not self.spec.has_default and not self.spec.required
        self._edited(UNSET if is_left_out else text, flowing=True)
