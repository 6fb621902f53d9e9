"""One step of undo: what some fields held before and after one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from kling_desktop.ui.form.values import FieldValue

if TYPE_CHECKING:
    from kling_desktop.records.json_values import Loc

JOINS_WITHIN = 2.0
"""Seconds of rest after which typing begins a new step."""
_STEP_ID = 1

Fields = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened. The values are whole fields of the form."""

    text: str
    before: Fields
    after: Fields
    loc: Loc = ()
    flowing: bool = False
    at: float = 0.0
    """Seconds on a clock that only goes forward."""


class FormStep(QUndoCommand):
    """Joins the step before it where both belong to one flow of typing or dragging."""

    def __init__(self, step: Step, apply: Callable[[Fields], None]) -> None:
        super().__init__(step.text)
        self._step = step
        self._apply = apply
        self._is_done = True

    def id(self) -> int:
        return _STEP_ID

    def redo(self) -> None:
        # Pushing calls this once; the person has done it already.
        if self._is_done:
            self._is_done = False
        else:
            self._apply(self._step.after)

    def undo(self) -> None:
        self._apply(self._step.before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, FormStep) or not _is_one_flow(self._step, other._step):
            return False
        old, new = self._step, other._step
        self._step = Step(
            text=old.text,
            before={**new.before, **old.before},
            after={**old.after, **new.after},
            loc=old.loc,
            flowing=True,
            at=new.at,
        )
        return True


def _is_one_flow(old: Step, new: Step) -> bool:
    return old.flowing and new.flowing and old.loc == new.loc and new.at - old.at < JOINS_WITHIN
