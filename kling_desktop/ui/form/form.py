"""The form of a request type: made from its fields, and from nothing else."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QUndoStack
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from kling_desktop.ui.form.bounds import bounds, rivals
from kling_desktop.ui.form.context import FormContext
from kling_desktop.ui.form.editor_for import editor_for
from kling_desktop.ui.form.field_row import row_of
from kling_desktop.ui.form.form_rows import FormRows
from kling_desktop.ui.form.parts.problem_lines import ProblemLines
from kling_desktop.ui.form.routing import split_by_step
from kling_desktop.ui.form.stray import taker_for
from kling_desktop.ui.form.tab_order import chain
from kling_desktop.ui.form.undo import Fields, FormStep, Step
from kling_desktop.ui.form.values import UNSET, Edit, FieldValue, same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.form.parts.line_strip import LineLook
    from kling_desktop.ui.form.ports import MediaPort, VoiceChoice


class Form(QWidget):
    """Shows values and problems, and says what a person did.

    Fields that the request type does not show are kept in `values()` as they came.
    """

    changed = Signal()
    """A person edited, undid or redid something; never for a call from outside."""
    more_toggled = Signal(bool)
    """A person opened or closed the fields of second rank."""
    remedy_wanted = Signal(object, object, object)
    """(loc, Remedy, Problem or None)"""
    way_wanted = Signal(object)
    """The Way out of a problem."""
    part_wanted = Signal(object, object)
    """(loc, Part) of a sound."""
    files_read = Signal(bool)
    """No file is on its way into the form any more; whether all of them arrived."""
    reveal_wanted = Signal(object)
    """Path of a kept file."""
    line_asked = Signal(str)
    """HEAR or USE, below words that are spoken."""
    brush_wanted = Signal(object)
    """A BrushWish."""

    def __init__(
        self,
        media: MediaPort,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = monotonic,
        voices: Callable[[], Sequence[VoiceChoice]] = tuple,
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._clock = clock
        self._request_type: RequestType | None = None
        self._all_arrived = True
        self._values: dict[str, JsonValue] = {}
        self._problems: tuple[Problem, ...] = ()
        self._context = FormContext(
            media, editor_for, take_stray=self.take_mime, values=self.values, voices=voices
        )
        self._strip = ProblemLines()
        self._rows = FormRows(self._context)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._strip)
        column.addWidget(self._rows)
        column.addStretch(1)
        self.setAcceptDrops(True)
        self._order_is_old = False
        self._connect(media)

    def put_below(self, widget: QWidget) -> None:
        """Something that is not a field, at the foot of them all."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def request_type(self) -> RequestType | None:
        """What the form was made from."""
        return self._request_type

    def set_request_type(self, request_type: RequestType, *, keep_undo: bool = False) -> None:
        """Make the form anew, empty. `keep_undo` is for callers whose own steps span the change."""
        if request_type == self._request_type:
            return
        self._request_type = request_type
        self._values = {}
        self._problems = ()
        if not keep_undo:
            self.undo_stack.clear()
        self._strip.show_problems(())
        self._rows.make(request_type.fields)
        self._show_bounds()
        self._order_tabs()

    def values(self) -> dict[str, JsonValue]:
        """What was set, by field name. What was left out is not in it."""
        return dict(self._values)

    def set_values(self, values: Values, *, undo_text: str = "", keep_undo: bool = False) -> None:
        """Replace everything. With `undo_text` it is one step that can be undone.

        Without it, values that differ from what the form holds end the history of undo, unless
        `keep_undo` says that the caller's own step spans the change.
        """
        names = {*values, *self._values}
        before = {name: self._values.get(name, UNSET) for name in names}
        after = {name: values.get(name, UNSET) for name in names}
        differing = [name for name in names if not same(before[name], after[name])]
        if not differing:
            return
        changes = {name: after[name] for name in differing}
        self._put(changes)
        if undo_text:
            old = {name: before[name] for name in differing}
            self._push(Step(text=undo_text, before=old, after=changes, at=self._clock()))
        elif not keep_undo:
            self.undo_stack.clear()

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Each at the field its `loc` leads to; the rest in a strip on top, and given back."""
        self._problems = tuple(problems)
        return self._place_problems()

    def own_problems(self) -> tuple[Problem, ...]:
        """What the form cannot turn into values, such as half-written JSON. Shown already."""
        return tuple(
            problem.at(name, *problem.loc)
            for name, row in self._rows.by_name().items()
            for problem in row.own_problems()
        )

    def reading(self) -> frozenset[str]:
        """The fields that a file is on its way into."""
        return frozenset(
            name
            for name, row in self._rows.by_name().items()
            if any(one.is_reading for one in row.editor.takers())
        )

    def focus_problem(self) -> bool:
        """Bring keyboard and view to the first problem. False where there is none."""
        target = self._rows.wrong_target()
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll_to(target)
        return True

    def focus_first(self) -> None:
        """Bring the keyboard to the first field."""
        for row in self._rows.by_name().values():
            row.focus_editor()
            return

    def set_more_open(self, is_open: bool) -> None:
        """Show or fold away the fields of second rank."""
        self._rows.set_open(is_open=is_open)
        self._show_bounds()
        self._order_tabs()
        self._place_problems()

    def is_more_open(self) -> bool:
        """Whether they are shown."""
        return self._rows.is_open()

    def show_line(self, look: LineLook) -> None:
        """What stands below words that are spoken."""
        if look != self._context.signals.line_look:
            self._context.signals.line_look = look
            self._context.signals.line_changed.emit()

    def renew_voices(self) -> None:
        """Other voices can be chosen than before."""
        self._context.signals.voices_changed.emit()

    def take_mime(self, mime: QMimeData) -> bool:
        """Give pasted or dropped media to the slot that is pointed at, focused, empty or first."""
        taker = taker_for(mime, self._rows.takers(), QApplication.focusWidget())
        return taker is not None and taker.take(mime)

    def paste(self) -> bool:
        """The same with what is on the clipboard."""
        return self.take_mime(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if taker_for(event.mimeData(), self._rows.takers(), None) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self.take_mime(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_stack.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.undo_stack.redo()
        elif not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)

    def _connect(self, media: MediaPort) -> None:
        signals = self._context.signals
        signals.setParent(self)
        signals.parts_changed.connect(self._on_parts)
        signals.remedy_wanted.connect(self.remedy_wanted)
        signals.way_wanted.connect(self.way_wanted)
        signals.part_wanted.connect(self.part_wanted)
        signals.file_read.connect(self._on_read)
        signals.reveal_wanted.connect(self.reveal_wanted)
        signals.brush_wanted.connect(self.brush_wanted)
        signals.line_asked.connect(self.line_asked)
        unsubscribe = media.subscribe(signals.file_changed.emit)
        self.destroyed.connect(lambda: unsubscribe())
        self._strip.remedy_wanted.connect(
            lambda problem: self.remedy_wanted.emit(problem.loc, problem.remedy, problem)
        )
        self._strip.way_wanted.connect(self.way_wanted)
        self._rows.changed.connect(self._on_edit)
        self._rows.more_toggled.connect(self._on_more)

    def _on_read(self, is_there: bool) -> None:
        self._all_arrived &= is_there
        if not self.reading():
            all_arrived, self._all_arrived = self._all_arrived, True
            self.files_read.emit(all_arrived)

    def _on_edit(self, name: str, edit: Edit) -> None:
        row = self._rows.by_name()[name]
        before, after = self._values.get(name, UNSET), row.value()
        if not same(before, after):
            given_way = self._give_way(name) if after not in (UNSET, None) else {}
            self._keep(name, after)
            self._context.signals.edited.emit(name)
            text = self.tr("Change of {field}").format(field=row.title)
            self._push(
                Step(
                    text=text,
                    before={name: before, **given_way},
                    after={name: after, **dict.fromkeys(given_way, UNSET)},
                    loc=(name, *edit.loc),
                    flowing=edit.flowing,
                    at=self._clock(),
                )
            )
            self._rows.show_counts(self._values)
            self._show_bounds()
        self._order_tabs()
        self.changed.emit()

    def _give_way(self, name: str) -> dict[str, FieldValue]:
        """Empty what cannot stand beside this field; gives what was there."""
        rows, found = self._rows.by_name(), rivals(self._request_type, name)
        before: dict[str, FieldValue] = {
            one: self._values[one] for one in found if one in self._values
        }
        for one in before:
            self._keep(one, UNSET)
            if one in rows:
                rows[one].set_value(UNSET)
        return before

    def _show_bounds(self) -> None:
        if self._request_type is not None:
            self._rows.show_bounds(bounds(self._request_type, self._values))

    def _on_more(self, is_open: bool) -> None:
        self.set_more_open(is_open)
        self.more_toggled.emit(is_open)

    def _push(self, step: Step) -> None:
        self.undo_stack.push(FormStep(step, self._reapply))

    def _reapply(self, fields: Fields) -> None:
        self._put(fields)
        self.changed.emit()

    def _put(self, fields: Fields) -> None:
        for name, value in fields.items():
            self._keep(name, value)
        self._rows.show_values(self._values, fields)
        self._show_bounds()
        self._place_problems()

    def _on_parts(self) -> None:
        self._order_is_old = True

    def _order_tabs(self) -> None:
        if self._order_is_old:
            self._order_is_old = False
            chain(self)

    def _keep(self, name: str, value: object) -> None:
        if value is UNSET:
            self._values.pop(name, None)
        else:
            self._values[name] = value  # type: ignore[assignment]

    def _place_problems(self) -> tuple[Problem, ...]:
        for_rows, rest = split_by_step(self._problems, self._rows.names())
        self._rows.show_problems(for_rows)
        self._strip.show_problems(rest)
        self._order_tabs()
        return rest

    def _scroll_to(self, target: QWidget) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                # What is said of it and helps stands below it, and comes along where there is room.
                above.ensureWidgetVisible(row_of(target), 0, 12)
                above.ensureWidgetVisible(target, 0, 48)
                return
            above = above.parentWidget()
