"""Several files in an order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Problem, Remedy
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.editors.media_list_slots import SlotColumn
from kling_desktop.ui.form.media_slot.asking import Asking
from kling_desktop.ui.form.parts.problem_lines import ProblemLines
from kling_desktop.ui.form.ports import Answer, SlotToken, Taken
from kling_desktop.ui.form.problems import NOT_TAKEN
from kling_desktop.ui.form.values import UNSET, Edit, FieldValue, effective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.problem import Way
    from kling_desktop.records.sound import Part
    from kling_desktop.ui.form.bounds import Bound
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.media_slot.mime import Pixels
    from kling_desktop.ui.form.ports import Offered

    Given = Offered | Pixels

_AT_THE_END = 1_000_000
_ANY_FILE = FieldSpec(name="", title="", type=FieldType.STRING, media=MediaKind.FILE)


class MediaListEditor(Editor):
    """One small slot for each file and an empty one at the end, while there is room.

    Several files at once are offered one after the other, so that their order stays.
    """

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._item = spec.items or _ANY_FILE
        self._waiting: deque[tuple[int, Given]] = deque()
        self._place = 0
        self._wanted: int | None = None
        self._refused: tuple[Problem, ...] = ()
        self._asking = Asking(self.context.media, self)
        self._asking.answered.connect(self._on_answer)
        self._asking.ended.connect(self.context.signals.file_read)
        title = self._item.title or spec.title or spec.name
        self._slots = SlotColumn(self.context.media, self._item.media or MediaKind.FILE, title)
        self._lines = ProblemLines()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._slots)
        column.addWidget(self._lines)
        self._connect()

    def secondary(self) -> str:
        count, most = len(self._texts()), self._most()
        if most is not None and (count or most > 1):
            return self.tr("{count} of {most}").format(count=count, most=most)
        return str(count) if count else self.tr("drop, paste or browse")

    def secondary_is_alarm(self) -> bool:
        most = self._most()
        return most is not None and len(self._texts()) > most

    def show_bound(self, bound: Bound) -> None:
        if bound.wanted != self._wanted:
            self._wanted = bound.wanted
            self._show(effective(self._value, self.spec))

    def focus_target(self) -> QWidget:
        return self._slots.slot_at(0).frame

    def described_widget(self) -> QWidget:
        return self

    def label_target(self) -> QWidget | None:
        return None

    def passing_problems(self) -> tuple[Problem, ...]:
        return self._refused

    def place_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        count = len(self._texts())
        mine = [one for one in problems if one.loc and one.loc[0] in range(count)]
        wrong = {int(one.loc[0]) for one in mine}
        self._slots.mark_wrong(wrong)
        # Their place stays in them, so that a press on a way out says which file is meant.
        self._lines.show_problems(mine)
        return tuple(one for one in problems if one not in mine)

    def wrong_target(self) -> QWidget | None:
        return self._slots.wrong_frame()

    def takers(self) -> tuple[Editor, ...]:
        return (self,)

    @property
    def is_reading(self) -> bool:
        return self._asking.is_open or bool(self._waiting)

    def accepts(self, mime: QMimeData) -> bool:
        return self._slots.has_room() and self._slots.slot_at(-1).can_take(mime)

    def take(self, mime: QMimeData) -> bool:
        return self._slots.slot_at(-1).take(mime)

    def slots(self) -> SlotColumn:
        """The column of slots."""
        return self._slots

    def _connect(self) -> None:
        self._slots.offered.connect(self._on_offered)
        self._slots.refused.connect(self._on_refused)
        self.context.signals.edited.connect(self._on_edited)
        self._slots.cleared.connect(self._on_cleared)
        self._slots.moved.connect(self._on_moved)
        self._slots.remedy_wanted.connect(self._on_shape)
        self._slots.part_wanted.connect(self._on_part)
        self._slots.reveal_wanted.connect(self.context.signals.reveal_wanted)
        self._slots.parts_changed.connect(self.context.signals.parts_changed)
        self._lines.remedy_wanted.connect(self._on_remedy)
        self._lines.way_wanted.connect(self._on_way)
        self.context.signals.file_changed.connect(self._slots.refresh)

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)

    def _show(self, value: FieldValue) -> None:
        whole = value if isinstance(value, list | tuple) else ()
        texts = [str(one) for one in whole]
        self._slots.show_texts(texts, self._most(), least=self._wanted or 1)
        self.secondary_changed.emit()

    def _texts(self) -> list[JsonValue]:
        whole = effective(self._value, self.spec)
        return list(whole) if isinstance(whole, list | tuple) else []

    def _most(self) -> int | None:
        return self.spec.max_items if self._wanted is None else self._wanted

    def _room(self) -> int:
        most = self._most()
        return 10_000 if most is None else max(0, most - len(self._texts()) - len(self._waiting))

    def _on_offered(self, place: int, given: tuple[Given, ...]) -> None:
        self._refused = ()
        count = len(self._texts())
        room = self._room() if place < count else self._room() - 1
        others = given[1 : 1 + max(0, room)]
        self._waiting.append((place, given[0]))
        self._waiting += [(_AT_THE_END, one) for one in others]
        self._ask_next()

    def _ask_next(self) -> None:
        if self._asking.is_open or not self._waiting:
            return
        place, given = self._waiting.popleft()
        self._place = min(place, len(self._texts()))
        self._slots.show_busy(self._place, is_busy=True)
        self._asking.ask(SlotToken((*self.loc, self._place), self._item), (given,))

    def _on_answer(self, answer: Answer) -> None:
        self._slots.show_busy(self._place, is_busy=False)
        match answer:
            case Taken(text):
                texts = self._texts()
                texts[self._place : self._place + 1] = [text]
                self._replace(texts)
            case Problem():
                self._refused = (*self._refused, answer.at())
                self.looks_changed.emit()
            case None:
                pass
        self._ask_next()

    def _on_edited(self, name: str) -> None:
        """Work went on elsewhere in the form."""
        if self._refused and self.loc[:1] != (name,):
            self._refused = ()
            self.looks_changed.emit()

    def _on_refused(self, words: str) -> None:
        self._refused = (NOT_TAKEN(reason=words),) if words else ()
        self.looks_changed.emit()

    def _on_cleared(self, place: int) -> None:
        texts = self._texts()
        if place < len(texts):
            self._forget()
            del texts[place]
            self._replace(texts)
            self._slots.slot_at(min(place, len(texts))).frame.setFocus()

    def _on_moved(self, place: int, step: int) -> None:
        texts, new = self._texts(), place + step
        if step and 0 <= new < len(texts):
            self._forget()
            texts.insert(new, texts.pop(place))
            self._replace(texts)
            self._slots.slot_at(new).frame.setFocus()

    def _on_shape(self, place: int, remedy: Remedy) -> None:
        self.context.signals.remedy_wanted.emit((*self.loc, place), remedy, None)

    def _on_part(self, place: int, part: Part) -> None:
        self.context.signals.part_wanted.emit((*self.loc, place), part)

    def _on_remedy(self, problem: Problem) -> None:
        loc = (*self.loc, *problem.loc)
        self.context.signals.remedy_wanted.emit(loc, problem.remedy, problem)

    def _on_way(self, way: Way) -> None:
        self.focus_target().setFocus()
        self.context.signals.way_wanted.emit(way)

    def _replace(self, texts: list[JsonValue]) -> None:
        is_left_out = not texts and not self.spec.required and not self.spec.has_default
        self.set_value(UNSET if is_left_out else texts)
        self.changed.emit(Edit())

    def _forget(self) -> None:
        self._waiting.clear()
        self._asking.forget()
        self._slots.show_busy(self._place, is_busy=False)
