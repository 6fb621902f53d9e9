"""The one face of all editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kling_desktop.ui.form.values import UNSET, Edit, FieldValue, effective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.form.bounds import Bound
    from kling_desktop.ui.form.context import Place


class Editor(QWidget):
    """Shows one value and lets a person change it.

    A value that was set is kept as it is, whether or not it can be shown, until a person edits.
    Subclasses draw in `_show` and call `_edited` for what a person does.
    """

    changed = Signal(object)
    """An Edit, for what a person did; never for set_value."""
    secondary_changed = Signal()
    looks_changed = Signal()
    """There is something else to be said below it, though the value stayed."""
    own_label = False
    """True where the editor shows the title itself."""
    can_reset = True
    """False where the editor itself has the way back to nothing."""
    compact = False
    """True where it may share its line with something else."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(place.parent)
        self.spec = spec
        self.context = place.context
        self.loc = place.loc
        self._value: FieldValue = UNSET
        # Not Qt's focus proxy: that makes the editor a second stop for Tab, out of order.
        self._target: QWidget | None = None

    def value(self) -> FieldValue:
        """UNSET, or the JSON value."""
        return self._value

    def set_value(self, value: FieldValue) -> None:
        """Show a value; a default stands for one that is left out."""
        self._value = value
        self._show(effective(value, self.spec))

    def secondary(self) -> str:
        """A short text for the right end of the label's line."""
        return ""

    def secondary_is_alarm(self) -> bool:
        """Whether that text tells of something wrong."""
        return False

    def can_show(self, value: FieldValue) -> bool:
        """Whether the value is one that this editor can draw truthfully."""
        return value is UNSET or value is None or self._draws(value)

    def show_bound(self, _bound: Bound) -> None:
        """What other fields mean for this one right now."""

    def own_problems(self) -> tuple[Problem, ...]:
        """What cannot become a value at all, such as half-written JSON."""
        return ()

    def inner_problems(self) -> tuple[Problem, ...]:
        """The same of the fields inside this one, each `loc` seen from here."""
        return ()

    def passing_problems(self) -> tuple[Problem, ...]:
        """What just went wrong without touching the value, such as a file that was not taken."""
        return ()

    def place_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Show what belongs to a part of this editor; the rest is given back for its row.

        Each `loc` is seen from this editor.
        """
        self.mark_wrong(wrong=bool(problems))
        return tuple(problems)

    def mark_wrong(self, *, wrong: bool) -> None:
        """Frame the control. The words stand below it, so it is never the frame alone."""

    def focus_target(self) -> QWidget:
        """The control that takes the keyboard."""
        return self._target or self

    def described_widget(self) -> QWidget:
        """What bears the title and the help for those who cannot see where they stand."""
        return self.focus_target()

    def label_target(self) -> QWidget | None:
        """The control that the label names, if it is one."""
        return self.focus_target()

    def wrong_target(self) -> QWidget | None:
        """The control inside that a problem stands at, if it is not this editor's own."""
        return None

    def takers(self) -> tuple[Editor, ...]:
        """The editors in here that can be given media."""
        return ()

    @property
    def is_reading(self) -> bool:
        """Whether a file that was given to it is still on its way."""
        return False

    def accepts(self, _mime: QMimeData) -> bool:
        """Whether a taker can use what was dropped or pasted."""
        return False

    def suits(self, mime: QMimeData) -> bool:
        """Whether a taker is for just that, rather than making do with a part of it."""
        return self.accepts(mime)

    def take(self, _mime: QMimeData) -> bool:
        """Give a taker media that were meant for nobody in particular."""
        return False

    def _draws(self, _value: FieldValue) -> bool:
        return True

    def _show(self, _value: FieldValue) -> None:
        """Draw the value; a subclass does it."""

    def _edited(self, value: FieldValue, *, flowing: bool = False, loc: Loc = ()) -> None:
        self._value = value
        self.changed.emit(Edit(loc, flowing))
