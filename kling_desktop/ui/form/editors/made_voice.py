"""A voice that was made before: one of a person's own by its name, or any id that is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.parts.no_wheel import Combo
from kling_desktop.ui.form.parts.undo_keys import Line
from kling_desktop.ui.form.problems import VOICE_ELSEWHERE
from kling_desktop.ui.form.values import UNSET, FieldValue
from kling_desktop.ui.style import set_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.ports import VoiceChoice


class MadeVoiceEditor(Editor):
    """Shows names and holds ids; an id that nobody here made stands as it is."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._voices: tuple[VoiceChoice, ...] = ()
        self._box = VoiceBox()
        self._box.wanted.connect(self._renew)
        self._box.picked.connect(self._on_pick)
        self._box.typed.connect(self._on_text)
        self._target = self._box
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        place.context.signals.voices_changed.connect(self._renew)
        self._renew()

    def secondary(self) -> str:
        voice = self._voice()
        return voice.note if voice else ""

    def own_problems(self) -> tuple[Problem, ...]:
        voice = self._voice()
        if voice is None or voice.is_offered:
            return ()
        return (VOICE_ELSEWHERE(name=voice.title),)

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._box, "problem", wrong)

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, str)

    def _show(self, value: FieldValue) -> None:
        voice_id = value if isinstance(value, str) else ""
        voice = self._voice()
        self._box.show_voice(voice_id, voice.title if voice else voice_id)
        self.secondary_changed.emit()

    def _renew(self) -> None:
        """A voice may have come, or the voices are those of another server."""
        self._voices = tuple(self.context.voices())
        offered = tuple(one for one in self._voices if one.is_offered)
        choose = self.tr("Choose one of yours, or paste an id")
        self._box.setPlaceholderText(choose if offered else self.tr("Paste the id of a voice"))
        self._box.show_voices(offered)
        self._show(self._value)
        self.looks_changed.emit()

    def _voice(self) -> VoiceChoice | None:
        """As it is known now: real or rehearsed work may have been chosen since."""
        found = self.context.voices()
        return next((one for one in found if one.voice_id == self._value), None)

    def _on_pick(self, voice_id: str) -> None:
        if voice_id != self._value:
            self._edited(voice_id)
            self._show(voice_id)

    def _on_text(self, text: str) -> None:
        """The exact name of a voice means that voice."""
        text = text.strip()
        named = [one.voice_id for one in self._voices if one.is_offered and one.title == text]
        is_left_out = not text and not self.spec.required
        self._edited(UNSET if is_left_out else (named[0] if named else text), flowing=True)
        self.secondary_changed.emit()


class VoiceBox(Combo):
    """A list of names that also takes what is typed."""

    wanted = Signal()
    """The list is about to be seen."""
    picked = Signal(str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self._line = Line()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would put one of the names in place of an id that is being typed.
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setCurrentIndex(-1)
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))
        self._line.textEdited.connect(self.typed)

    def setPlaceholderText(self, text: str) -> None:
        super().setPlaceholderText(text)
        self._line.setPlaceholderText(text)

    def show_voices(self, voices: Sequence[VoiceChoice]) -> None:
        """What the list offers."""
        shown = [(self.itemText(row), self.itemData(row)) for row in range(self.count())]
        wanted = [(one.title, one.voice_id) for one in voices]
        if shown != wanted:
            self.clear()
            for title, voice_id in wanted:
                self.addItem(title, voice_id)

    def show_voice(self, voice_id: str, text: str) -> None:
        """What is chosen, and the words for it."""
        place = self.findData(voice_id) if voice_id else -1
        if place != self.currentIndex():
            self.setCurrentIndex(place)
        if self._line.text() != text:
            self._line.setText(text)
            self._line.setCursorPosition(0)

    def showPopup(self) -> None:
        self.wanted.emit()
        if self.count():
            super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._line.selectAll()
