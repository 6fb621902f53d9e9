"""The rows of a form in two ranks, made from fields; the second rank only once it is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kling_desktop.catalog.motion_brush import brush_fields
from kling_desktop.ui.form.bounds import FREE, Bound
from kling_desktop.ui.form.context import Place
from kling_desktop.ui.form.editors.motion_brush import MotionBrushEditor
from kling_desktop.ui.form.field_row import FieldRow
from kling_desktop.ui.form.localized import localized
from kling_desktop.ui.form.more import MoreButton, Rank
from kling_desktop.ui.form.values import UNSET, Edit, can_be_reset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.motion_brush import BrushFields
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.form.context import FormContext
    from kling_desktop.ui.form.editors.editor import Editor


FIRST_AT_MOST = 12
"""More than this is a sea of fields, and slow to put together."""


class FormRows(QWidget):
    """Knows the fields; the values and the problems belong to the form."""

    changed = Signal(str, Edit)
    more_toggled = Signal(bool)

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._first: tuple[FieldSpec, ...] = ()
        self._second: tuple[FieldSpec, ...] = ()
        self._brush: BrushFields | None = None
        self._rows: dict[str, FieldRow] = {}
        self._values: Values = {}
        self._bounds: dict[str, Bound] = {}
        self._body: Rank | None = None
        self._button: MoreButton | None = None
        self._is_open = False

    def make(self, fields: Iterable[FieldSpec]) -> None:
        """Other rows in place of all, empty."""
        self._clear()
        known = tuple(fields)
        self._brush = brush_fields(known)
        # One row for all that a painting fills.
        inside = {self._brush.still} if self._brush else set()
        self._first, self._second = ranked(one for one in known if one.name not in inside)
        shown = Rank(self)
        for spec in self._first:
            shown.add(self._make_row(spec, shown))
        self._add_button(shown)
        self._column.addWidget(shown)
        shown.show()
        self._button_state()
        if self._is_open:
            self._open_body()

    def names(self) -> frozenset[str]:
        """Every field that has, or would have, a row."""
        within = self._brush.names if self._brush else ()
        return frozenset((*within, *(spec.name for spec in (*self._first, *self._second))))

    def by_name(self) -> dict[str, FieldRow]:
        """The rows that were made, in the order of display."""
        return dict(self._rows)

    def is_open(self) -> bool:
        """Whether the second rank is shown."""
        return self._is_open

    def set_open(self, *, is_open: bool) -> None:
        """Show it or fold it away."""
        self._is_open = is_open
        if is_open:
            self._open_body()
        elif self._body:
            self._body.hide()
        self._button_state()

    def show_values(self, values: Values, names: Iterable[str]) -> None:
        """These fields got other values."""
        self.show_counts(values)
        for name in names:
            if name in self._rows:
                self._rows[name].set_value(values.get(name, UNSET))
        self._tell_brush()

    def show_counts(self, values: Values) -> None:
        """Count what is set in the second rank."""
        self._values = dict(values)
        self._button_state()
        self._tell_brush()

    def show_problems(self, problems: Mapping[str, tuple[Problem, ...]]) -> None:
        """By field name. One in the second rank opens it."""
        problems = self._brush_gathered(problems)
        second = {spec.name for spec in self._second}
        if not self._is_open and second & problems.keys():
            self.set_open(is_open=True)
        for name, row in self._rows.items():
            row.show_problems(problems.get(name, ()))

    def show_bounds(self, bounds: Mapping[str, Bound]) -> None:
        """By field name; a row that has nothing to do with others any more is told so too."""
        for name, row in self._rows.items():
            bound = bounds.get(name, FREE)
            if bound != self._bounds.get(name, FREE):
                self._bounds[name] = bound
                row.show_bound(bound)

    def wrong_target(self) -> QWidget | None:
        """The control at the first problem."""
        found = (row.wrong_target() for row in self._rows.values())
        return next((target for target in found if target is not None), None)

    def takers(self) -> tuple[Editor, ...]:
        """Every editor that can be given media."""
        return tuple(one for row in self._rows.values() for one in row.editor.takers())

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._rows, self._values, self._bounds = {}, {}, {}
        self._body = self._button = None

    def _make_row(self, spec: FieldSpec, rank: Rank) -> FieldRow:
        context = self._context
        if self._brush and spec.name == self._brush.areas:
            context = replace(context, make_editor=MotionBrushEditor)
        row = FieldRow(localized(spec), Place(context, (spec.name,), rank))
        row.changed.connect(lambda edit: self.changed.emit(spec.name, edit))
        self._rows[spec.name] = row
        self._context.signals.parts_changed.emit()
        return row

    def _tell_brush(self) -> None:
        row = self._rows.get(self._brush.areas) if self._brush else None
        if row is not None and self._brush is not None:
            editor = row.editor
            if isinstance(editor, MotionBrushEditor):
                editor.show_around(self._brush, self._values)

    def _brush_gathered(
        self, problems: Mapping[str, tuple[Problem, ...]]
    ) -> Mapping[str, tuple[Problem, ...]]:
        """What is said of any field that a painting fills stands at the one row for them."""
        brush = self._brush
        if brush is None or brush.still not in problems:
            return problems
        others = {name: one for name, one in problems.items() if name != brush.still}
        both = (*problems.get(brush.areas, ()), *(one.at() for one in problems[brush.still]))
        return {**others, brush.areas: both}

    def _add_button(self, shown: Rank) -> None:
        self._button = MoreButton()
        self._button.toggled_by_person.connect(self.more_toggled)
        last = self._rows[self._first[-1].name] if self._first else None
        if last is not None and last.editor.compact:
            last.put_beside(self._button)
        else:
            shown.add(self._button)

    def _open_body(self) -> None:
        if self._body is None:
            self._body = Rank(self)
            for spec in self._second:
                row = self._make_row(spec, self._body)
                if spec.name in self._values:
                    row.set_value(self._values[spec.name])
                self._body.add(row)
            self._tell_brush()
        if self._column.indexOf(self._body) < 0:
            self._column.addWidget(self._body)
        self._body.show()

    def _button_state(self) -> None:
        if self._button:
            values = self._values
            changed = sum(can_be_reset(values.get(one.name, UNSET), one) for one in self._second)
            self._button.show_open(is_open=self._is_open)
            self._button.show_count(len(self._second), changed)


def ranked(
    fields: Iterable[FieldSpec],
) -> tuple[tuple[FieldSpec, ...], tuple[FieldSpec, ...]]:
    """Those shown at once, and those under More. What must be filled in is never under More."""
    first: list[FieldSpec] = []
    second: list[FieldSpec] = []
    for spec in (one for one in fields if not one.hidden):
        has_room = spec.first_rank and len(first) < FIRST_AT_MOST
        (first if spec.required or has_room else second).append(spec)
    if not first:
        first, second = second[:FIRST_AT_MOST], second[FIRST_AT_MOST:]
    return tuple(first), tuple(second)
