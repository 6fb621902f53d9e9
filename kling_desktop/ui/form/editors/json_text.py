"""Plain JSON, for whatever no other editor knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from kling_desktop.ui.form.editors.long_text import LongTextEditor
from kling_desktop.ui.form.problems import NOT_JSON
from kling_desktop.ui.form.values import UNSET, FieldValue, same

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.form.context import Place


class JsonEditor(LongTextEditor):
    """Keeps what was typed. While it is no JSON the last value stands, and a problem says so."""

    least_lines = 2

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._broken: Problem | None = None
        # Only the family: the size goes on following the program's own.
        font = QFont()
        font.setFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
        self._text.setFont(font)
        self._text.setPlaceholderText(self.tr("JSON"))

    def secondary(self) -> str:
        return self.tr("JSON")

    def secondary_is_alarm(self) -> bool:
        return False

    def own_problems(self) -> tuple[Problem, ...]:
        return (self._broken,) if self._broken else ()

    def _draws(self, _value: FieldValue) -> bool:
        return True

    def _show(self, value: FieldValue) -> None:
        if not self._broken and self._says(value):
            return
        self._broken = None
        super()._show("" if value is UNSET else json.dumps(value, ensure_ascii=False, indent=2))

    def _says(self, value: FieldValue) -> bool:
        """Whether the text stands for the value already, in the person's own layout."""
        text = self.text().strip()
        try:
            return same(json.loads(text), value) if text else value is UNSET
        except ValueError:
            return False

    def _on_text(self) -> None:
        if self._is_showing:
            return
        self._edited(self._parsed(), flowing=True)

    def _parsed(self) -> FieldValue:
        text = self.text()
        self._broken = None
        if not text.strip():
            return UNSET
        try:
            parsed: JsonValue = json.loads(text, parse_constant=_no_constant)
        except json.JSONDecodeError as wrong:
            self._broken = NOT_JSON(line=wrong.lineno, column=wrong.colno)
        except ValueError:
            self._broken = NOT_JSON(line=1, column=1)
        except RecursionError:
            self._broken = NOT_JSON(line=1, column=1)
        else:
            return parsed
        return self._value


def _no_constant(name: str) -> JsonValue:
    raise ValueError(name)
