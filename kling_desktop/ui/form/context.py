"""What every editor of one form is handed, however deep it sits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kling_desktop.ui.form.signals import FormSignals

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import Loc, Values
    from kling_desktop.ui.form.editors.editor import Editor
    from kling_desktop.ui.form.ports import MediaPort, VoiceChoice

EditorMaker = Callable[["FieldSpec", "Place"], "Editor"]


def _nobody(_mime: QMimeData) -> bool:
    return False


def _nothing() -> Values:
    return {}


def _no_voices() -> Sequence[VoiceChoice]:
    return ()


@dataclass(frozen=True, slots=True)
class FormContext:
    """The world outside, as one form sees it."""

    media: MediaPort
    make_editor: EditorMaker
    """Nested editors ask for their parts here, so that no editor imports the choice of editors."""
    signals: FormSignals = field(default_factory=FormSignals)
    take_stray: Callable[[QMimeData], bool] = _nobody
    """Finds a slot for media that were pasted where only text belongs."""
    values: Callable[[], Values] = _nothing
    """All that the form holds right now, for words that name other fields."""
    voices: Callable[[], Sequence[VoiceChoice]] = _no_voices
    """The voices that the person had made."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a form an editor or a row is made."""

    context: FormContext
    loc: Loc = ()
    """The way to its value from the top of the form."""
    parent: QWidget | None = None
    """Given from the start: a widget that changes its parent is styled all over again."""

    def within(self, parent: QWidget) -> Place:
        """The same value, held by another widget."""
        return Place(self.context, self.loc, parent)
