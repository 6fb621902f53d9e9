"""An ordered list of anything: texts, numbers, groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.ui.form.context import Place
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.editors.list_item import ListItem
from kling_desktop.ui.form.parts.grip import Landing, gap_at, landed
from kling_desktop.ui.form.routing import split_by_step
from kling_desktop.ui.form.values import UNSET, Edit, FieldValue, effective, same
from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.problem import Problem

_ANYTHING = FieldSpec(name="", title="", type=FieldType.ANY)


class ListEditor(Editor):
    """Items can be added, removed and moved. A list without items is left out if it may be."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        item = spec.items or _ANYTHING
        title = item.title or spec.title or spec.name
        self._item_spec = replace(item, title=title)
        self._items: list[ListItem] = []
        self._landing = Landing(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._add = QPushButton(icon("plus"), self.tr("Add {item}").format(item=self._item_title()))
        self._add.setAutoDefault(False)
        self._add.setAccessibleName(self._add.text())
        set_role(self._add, "quiet")
        self._add.clicked.connect(self._on_add)
        self._column.addWidget(self._add)

    def secondary(self) -> str:
        count, most = len(self._items), self.spec.max_items
        if most is not None:
            return self.tr("{count} of {most}").format(count=count, most=most)
        return str(count) if count else ""

    def secondary_is_alarm(self) -> bool:
        return self.spec.max_items is not None and len(self._items) > self.spec.max_items

    def focus_target(self) -> QWidget:
        return self._items[0].editor.focus_target() if self._items else self._add

    def described_widget(self) -> QWidget:
        return self

    def label_target(self) -> QWidget | None:
        return None

    def inner_problems(self) -> tuple[Problem, ...]:
        return tuple(
            problem.at(place, *problem.loc)
            for place, item in enumerate(self._items)
            for problem in item.row.own_problems()
        )

    def place_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        for_items, rest = split_by_step(problems, range(len(self._items)))
        for place, item in enumerate(self._items):
            item.row.show_problems(for_items.get(place, ()))
        return rest

    def items(self) -> tuple[ListItem, ...]:
        """What is shown, in order."""
        return tuple(self._items)

    def wrong_target(self) -> QWidget | None:
        found = (item.row.wrong_target() for item in self._items)
        return next((target for target in found if target is not None), None)

    def takers(self) -> tuple[Editor, ...]:
        return tuple(one for item in self._items for one in item.editor.takers())

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, list | tuple)

    def _show(self, value: FieldValue) -> None:
        values = list(value) if isinstance(value, list | tuple) else []
        while len(self._items) > len(values):
            self._drop_last()
        while len(self._items) < len(values):
            self._append()
        for place, (item, one) in enumerate(zip(self._items, values, strict=True)):
            item.show_place(place, len(values))
            if not same(item.row.value(), one):
                item.row.set_value(one)
        most = self.spec.max_items
        self._add.setVisible(most is None or len(values) < most)
        self.secondary_changed.emit()

    def _item_title(self) -> str:
        return self._item_spec.title

    def _append(self) -> None:
        place = len(self._items)
        item = ListItem(self._item_spec, Place(self.context, (*self.loc, place), self))
        item.row.changed.connect(lambda edit: self._on_inner(place, edit))
        item.moved.connect(lambda step: self._on_move(place, step))
        item.removed.connect(lambda: self._on_remove(place))
        item.grip.pulled.connect(self._on_pulled)
        item.grip.let_go.connect(lambda height: self._on_let_go(place, height))
        self._items.append(item)
        self._column.insertWidget(place, item)
        # At once, and not with the next turn of the loop: it may get the keyboard now.
        item.show()
        self.context.signals.parts_changed.emit()

    def _drop_last(self) -> None:
        item = self._items.pop()
        self._column.removeWidget(item)
        item.hide()
        item.deleteLater()

    def _values(self) -> list[JsonValue]:
        whole = effective(self._value, self.spec)
        return list(whole) if isinstance(whole, list | tuple) else []

    def _replace(self, values: list[JsonValue]) -> None:
        is_left_out = not values and not self.spec.required and not self.spec.has_default
        self.set_value(UNSET if is_left_out else values)
        self._edited(self._value)

    def _on_add(self) -> None:
        self._replace([*self._values(), first_value(self._item_spec)])
        self._items[-1].editor.focus_target().setFocus()

    def _on_remove(self, place: int) -> None:
        values = self._values()
        del values[place]
        self._replace(values)
        near = min(place, len(self._items) - 1)
        (self._items[near].remove_button if near >= 0 else self._add).setFocus()

    def _on_move(self, place: int, step: int) -> None:
        values, new = self._values(), place + step
        if step and 0 <= new < len(values):
            values.insert(new, values.pop(place))
            self._replace(values)
            self._items[new].focus_move_button(step)

    def _on_pulled(self, height: int) -> None:
        self._landing.show_before(self._items, gap_at(self._items, height))

    def _on_let_go(self, place: int, height: int) -> None:
        self._landing.hide()
        if height >= 0:
            self._on_move(place, landed(place, gap_at(self._items, height)) - place)

    def _on_inner(self, place: int, edit: Edit) -> None:
        values = self._values()
        value = self._items[place].row.value()
        values[place] = _emptied(self._item_spec) if value is UNSET else value
        outer = edit.inside(place)
        self._edited(values, flowing=outer.flowing, loc=outer.loc)


def first_value(spec: FieldSpec) -> JsonValue:  # noqa: PLR0911 - one match says it all
    """What a new item begins with."""
    if spec.has_default:
        return spec.default
    if spec.enum:
        return spec.enum[0]
    match spec.type:
        case FieldType.OBJECT:
            return {}
        case FieldType.ARRAY:
            return []
        case FieldType.BOOLEAN:
            return False
        case FieldType.INTEGER | FieldType.NUMBER:
            least = spec.minimum or 0
            return int(least) if float(least).is_integer() else least
        case FieldType.STRING:
            return ""
        case FieldType.ANY:
            return None


def _emptied(spec: FieldSpec) -> JsonValue:
    return "" if spec.type is FieldType.STRING else None
