"""One picture, video or sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Problem, Remedy
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.media_slot.asking import Asking
from kling_desktop.ui.form.media_slot.slot import MediaSlot
from kling_desktop.ui.form.ports import Answer, SlotToken, Taken
from kling_desktop.ui.form.problems import NOT_TAKEN
from kling_desktop.ui.form.values import UNSET, Edit, FieldValue

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.sound import Part
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.media_slot.mime import Pixels
    from kling_desktop.ui.form.ports import Offered


class MediaEditor(Editor):
    """A slot. What is offered goes to the port; only its answer becomes the value."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        kind = spec.media or MediaKind.FILE
        # Inside a group there are many, and none is the picture that the clip begins with.
        is_inner = len(place.loc) > 1
        self.slot = MediaSlot(self.context.media, kind, spec.title or spec.name, small=is_inner)
        if not spec.required:
            self.slot.frame.be_modest()
        if spec.limits is not None:
            self.slot.set_lengths(spec.limits.min_duration, spec.limits.max_duration)
        self._refused: Problem | None = None
        self._asking = Asking(self.context.media, self)
        self._asking.answered.connect(self._on_answer)
        self._asking.ended.connect(self.context.signals.file_read)
        self._target = self.slot.frame
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.slot)
        self._connect()

    def secondary(self) -> str:
        return "" if self._value else self.tr("drop, paste or browse")

    def passing_problems(self) -> tuple[Problem, ...]:
        view = self.slot.view()
        of_file = (view.problem,) if view and view.problem else ()
        return (*((self._refused,) if self._refused else ()), *of_file)

    def mark_wrong(self, *, wrong: bool) -> None:
        self.slot.frame.mark_wrong(wrong=wrong)

    def takers(self) -> tuple[Editor, ...]:
        return (self,)

    @property
    def is_reading(self) -> bool:
        return self._asking.is_open

    def accepts(self, mime: QMimeData) -> bool:
        return self.slot.can_take(mime)

    def suits(self, mime: QMimeData) -> bool:
        return self.slot.can_take(mime, exactly=True)

    def take(self, mime: QMimeData) -> bool:
        return self.slot.take(mime)

    def refresh(self, text: str) -> None:
        """What is known of a file changed."""
        if text == self._value:
            self.slot.refresh()
            self.looks_changed.emit()

    def _connect(self) -> None:
        self.slot.offered.connect(self._on_offered)
        self.slot.refused.connect(self._on_refused)
        self.slot.cleared.connect(self._on_cleared)
        self.slot.remedy_wanted.connect(self._on_shape)
        self.slot.part_wanted.connect(self._on_part)
        self.slot.reveal_wanted.connect(self.context.signals.reveal_wanted)
        self.context.signals.file_changed.connect(self.refresh)
        self.context.signals.edited.connect(self._on_edited)

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, str)

    def _show(self, value: FieldValue) -> None:
        self._stop_asking()
        self._refused = None
        self.slot.show_text(value if isinstance(value, str) else "")
        self.secondary_changed.emit()

    def _on_offered(self, offered: tuple[Offered | Pixels, ...]) -> None:
        self.slot.show_busy(is_busy=True)
        self._asking.ask(SlotToken(self.loc, self.spec), offered)

    def _on_answer(self, answer: Answer) -> None:
        self.slot.show_busy(is_busy=False)
        match answer:
            case Taken(text):
                self._refused = None
                self._replace(text)
            case Problem():
                self._refused = answer.at()
                self.looks_changed.emit()
            case None:
                pass

    def _on_refused(self, words: str) -> None:
        self._refused = NOT_TAKEN(reason=words) if words else None
        self.looks_changed.emit()

    def _on_edited(self, name: str) -> None:
        """Work went on elsewhere in the form."""
        if self._refused and self.loc[:1] != (name,):
            self._refused = None
            self.looks_changed.emit()

    def _on_cleared(self) -> None:
        self._refused = None
        if self._asking.is_open and not self._value:
            self._stop_asking()
            return
        self._replace(UNSET)

    def _on_shape(self, remedy: Remedy) -> None:
        self.context.signals.remedy_wanted.emit(self.loc, remedy, None)

    def _on_part(self, part: Part) -> None:
        self.context.signals.part_wanted.emit(self.loc, part)

    def _replace(self, value: FieldValue) -> None:
        self.set_value(value)
        self.changed.emit(Edit())

    def _stop_asking(self) -> None:
        self._asking.forget()
        self.slot.show_busy(is_busy=False)
