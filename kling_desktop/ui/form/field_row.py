"""One field in the form: its label, its editor, and what is to be said about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kling_desktop.records.problem import Problem, Severity
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.form.parts.problem_lines import ProblemLines
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.problems import KEPT
from kling_desktop.ui.form.values import UNSET, Edit, FieldValue, can_be_reset, effective
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.problem import Way
    from kling_desktop.ui.form.bounds import Bound
    from kling_desktop.ui.form.context import Place

_LABEL_CHARACTERS = 12
_COUNTER_CHARACTERS = 10
_HEADER_HEIGHT = 18


class FieldRow(QWidget):
    """Label above control, a quiet text at the label's right, words below."""

    changed = Signal(object)
    """An Edit, seen from the editor."""

    def __init__(self, spec: FieldSpec, place: Place, *, headless: bool = False) -> None:
        """`headless` leaves the label to whoever holds the row, as a list does."""
        super().__init__(place.parent)
        editor = place.context.make_editor(spec, place.within(self))
        self.editor = editor
        self.title = spec.title or spec.name
        self._problems: tuple[Problem, ...] = ()
        self._lines: ProblemLines | None = None
        self._note: QLabel | None = None
        self._apart = ""
        self._line: QWidget = editor
        self._secondary: ElidedLabel | None = None
        self._reset: TinyButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._headless = headless
        self._header = QHBoxLayout()
        if not headless or editor.own_label:
            self._add_header()
        if not editor.own_label:
            self._column.addWidget(editor)
        self._show_note()
        self.set_value(UNSET)
        self._describe()
        editor.changed.connect(self._on_edit)
        editor.secondary_changed.connect(self._show_secondary)
        editor.looks_changed.connect(self._show_lines)

    def value(self) -> FieldValue:
        """What the editor holds."""
        return self.editor.value()

    def set_value(self, value: FieldValue) -> None:
        """Show a value that no person typed just now."""
        self.editor.set_value(value)
        self._after_value()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each with its `loc` seen from this field."""
        self._problems = tuple(problems)
        self._show_lines()

    def problems(self) -> tuple[Problem, ...]:
        """What stands below this very field."""
        return self._lines.problems() if self._lines else ()

    def own_problems(self) -> tuple[Problem, ...]:
        """What this field, or one inside it, cannot turn into a value."""
        return (*self.editor.own_problems(), *self.editor.inner_problems())

    def wrong_target(self) -> QWidget | None:
        """The control that the first problem in here stands at."""
        if any(one.severity is Severity.ERROR for one in self.problems()):
            return self.editor.focus_target()
        return self.editor.wrong_target()

    def put_beside(self, widget: QWidget) -> None:
        """Let something share the editor's line, where there is room."""
        line = QWidget()
        flow = FlowLayout(line, across=12)
        self._column.replaceWidget(self.editor, line)
        flow.addWidget(self.editor)
        flow.addWidget(widget)
        self._line = line

    def show_bound(self, bound: Bound) -> None:
        """What other fields mean for this one right now."""
        self.editor.show_bound(bound)
        self._apart = ""
        if bound.rival:
            self._apart = self.tr("“{other}” is set. A choice here takes its place.").format(
                other=bound.rival
            )
        self._show_note()
        self._show_secondary()
        self._show_lines()

    def focus_editor(self) -> None:
        """Bring the keyboard here."""
        self.editor.focus_target().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_header(self) -> None:
        self._header.setSpacing(8)
        if self.editor.own_label:
            self._header.addWidget(self.editor, 1)
        else:
            self._header.addWidget(self._label())
            self._header.addStretch(1)
            self._header.addStrut(_HEADER_HEIGHT)
        self._column.addLayout(self._header)
        self._show_secondary()

    def _label(self) -> QLabel:
        label = ElidedLabel(self.title, least=_LABEL_CHARACTERS)
        set_role(label, "label")
        target = self.editor.label_target()
        if target is not None:
            label.setBuddy(target)
        return label

    def _show_note(self) -> None:
        text = " ".join(part for part in (self.editor.spec.note, self._apart) if part)
        if text and self._note is None:
            self._note = QLabel()
            self._note.setTextFormat(Qt.TextFormat.PlainText)
            self._note.setWordWrap(True)
            self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            set_role(self._note, "tertiary")
            self._column.addWidget(self._note)
        if self._note:
            self._note.setText(text)
            self._note.setVisible(bool(text))

    def _describe(self) -> None:
        spec, target = self.editor.spec, self.editor.described_widget()
        need = self.tr("Required.") if spec.required else ""
        words = self._lines.words() if self._lines else ""
        parts = (need, spec.help, spec.note, words)
        if not target.accessibleName():
            target.setAccessibleName(self.title)
        target.setAccessibleDescription(" ".join(part for part in parts if part))
        self.editor.setToolTip(spec.help)

    def _show_secondary(self) -> None:
        text = "" if self._headless else self.editor.secondary()
        if not text and self._secondary is None:
            return
        if self._secondary is None:
            self._secondary = ElidedLabel(text, least=_COUNTER_CHARACTERS)
            after = 1 if self.editor.own_label else 2
            self._header.insertWidget(after, self._secondary)
        self._secondary.setText(text)
        set_role(self._secondary, "problem" if self.editor.secondary_is_alarm() else "tertiary")

    def _on_edit(self, edit: Edit) -> None:
        self._after_value()
        self.changed.emit(edit)

    def _after_value(self) -> None:
        self._show_reset()
        self._show_secondary()
        self._show_lines()

    def _show_reset(self) -> None:
        wanted = can_be_reset(self.value(), self.editor.spec) and self.editor.spec.media is None
        wanted = wanted and not self._headless and self.editor.can_reset
        if wanted and self._reset is None:
            self._reset = self._make_reset()
            self._header.addWidget(self._reset)
        if self._reset is not None:
            self._reset.setVisible(wanted)

    def _make_reset(self) -> TinyButton:
        has_default = self.editor.spec.has_default
        text = self.tr("Back to the default") if has_default else self.tr("Leave it out")
        button = TinyButton("rotate-ccw", text)
        button.setAccessibleName(self.tr("{action}: {field}").format(action=text, field=self.title))
        button.clicked.connect(self._on_reset)
        return button

    def _on_reset(self) -> None:
        self.editor.set_value(UNSET)
        self.focus_editor()
        self._on_edit(Edit())

    def _show_lines(self) -> None:
        own = self.editor.own_problems()
        left = self.editor.place_problems(self._problems)
        every = (*own, *self.editor.passing_problems(), *left, *self._kept())
        # The port and the validation may both know what is wrong with a file.
        shown = tuple({(one.code, one.said()): one for one in every}.values())
        if shown and self._lines is None:
            self._lines = ProblemLines()
            self._lines.remedy_wanted.connect(self._on_remedy)
            self._lines.way_wanted.connect(self._on_way)
            self._column.insertWidget(self._below_editor(), self._lines)
        if self._lines is None:
            return
        self.editor.mark_wrong(wrong=any(one.severity is Severity.ERROR for one in shown))
        self._lines.show_problems(shown)
        self._describe()

    def _below_editor(self) -> int:
        if self.editor.own_label:
            return 1
        return self._column.indexOf(self._line) + 1

    def _kept(self) -> tuple[Problem, ...]:
        shown = effective(self.value(), self.editor.spec)
        if self.editor.can_show(shown):
            return ()
        text = json.dumps(shown, ensure_ascii=False)
        return (KEPT(value=text if len(text) <= 60 else f"{text[:59]}…"),)

    def _on_remedy(self, problem: Problem) -> None:
        loc = (*self.editor.loc, *problem.loc)
        self.editor.context.signals.remedy_wanted.emit(loc, problem.remedy, problem)

    def _on_way(self, way: Way) -> None:
        # The button goes with its problem, and the keyboard must not go with it.
        self.focus_editor()
        self.editor.context.signals.way_wanted.emit(way)


def row_of(widget: QWidget) -> QWidget:
    """The row that a control stands in; itself where it stands in none."""
    around: QWidget | None = widget
    while around is not None and not isinstance(around, FieldRow):
        around = around.parentWidget()
    return around or widget
