"""Several fields that belong together as one object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kling_desktop.ui.form.context import Place
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.field_row import FieldRow
from kling_desktop.ui.form.parts.indented import Indented
from kling_desktop.ui.form.routing import split_by_step
from kling_desktop.ui.form.values import UNSET, Edit, FieldValue, effective, same
from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.problem import Problem


class GroupEditor(Editor):
    """An optional group that is left out is one button; its fields are made when it is opened."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._rows: dict[str, FieldRow] = {}
        self._body: Indented | None = None
        self._add: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def focus_target(self) -> QWidget:
        if self._rows and self._body and not self._body.isHidden():
            return next(iter(self._rows.values())).editor.focus_target()
        return self._add or self

    def described_widget(self) -> QWidget:
        return self

    def label_target(self) -> QWidget | None:
        return None

    def inner_problems(self) -> tuple[Problem, ...]:
        return tuple(
            problem.at(name, *problem.loc)
            for name, row in self._rows.items()
            for problem in row.own_problems()
        )

    def place_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        for_rows, rest = split_by_step(problems, self._rows)
        for name, row in self._rows.items():
            row.show_problems(for_rows.get(name, ()))
        return rest

    def rows(self) -> tuple[FieldRow, ...]:
        """The fields inside, as far as they were made."""
        return tuple(self._rows.values())

    def wrong_target(self) -> QWidget | None:
        found = (row.wrong_target() for row in self._rows.values())
        return next((target for target in found if target is not None), None)

    def takers(self) -> tuple[Editor, ...]:
        return tuple(one for row in self._rows.values() for one in row.editor.takers())

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, Mapping)

    def _show(self, value: FieldValue) -> None:
        is_open = isinstance(value, Mapping) or self.spec.required
        if is_open:
            self._open().show()
        elif self._body:
            self._body.hide()
        self._show_add(wanted=not is_open)
        inner = value if isinstance(value, Mapping) else {}
        for name, row in self._rows.items():
            one = inner.get(name, UNSET)
            if not same(row.value(), one):
                row.set_value(one)

    def _open(self) -> QWidget:
        if self._body is None:
            # A list sets its items in already.
            is_item = bool(self.loc) and isinstance(self.loc[-1], int)
            self._body = Indented(self, plain=is_item)
            for spec in self.spec.properties:
                if not spec.hidden:
                    self._body.column.addWidget(self._make_row(spec))
            self.context.signals.parts_changed.emit()
            self._column.addWidget(self._body)
        return self._body

    def _make_row(self, spec: FieldSpec) -> FieldRow:
        row = FieldRow(spec, Place(self.context, (*self.loc, spec.name), self._body))
        row.changed.connect(lambda edit, name=spec.name: self._on_inner(name, edit))
        self._rows[spec.name] = row
        return row

    def _show_add(self, *, wanted: bool) -> None:
        if wanted and self._add is None:
            title = self.spec.title or self.spec.name
            self._add = QPushButton(icon("plus"), self.tr("Add {field}").format(field=title))
            self._add.setAutoDefault(False)
            self._add.setAccessibleName(self._add.text())
            set_role(self._add, "quiet")
            self._add.clicked.connect(self._on_add)
            self._column.addWidget(self._add)
            self.context.signals.parts_changed.emit()
        if self._add:
            self._add.setVisible(wanted)

    def first_value(self) -> dict[str, JsonValue]:
        """What an optional group begins with."""
        return {}

    def _on_add(self) -> None:
        first = self.first_value()
        self.set_value(first)
        self.focus_target().setFocus()
        self._edited(first)

    def _on_inner(self, name: str, edit: Edit) -> None:
        whole = effective(self._value, self.spec)
        inner = dict(whole) if isinstance(whole, Mapping) else {}
        value = self._rows[name].value()
        if value is UNSET:
            inner.pop(name, None)
        else:
            inner[name] = value
        outer = edit.inside(name)
        self._edited(inner, flowing=outer.flowing, loc=outer.loc)
