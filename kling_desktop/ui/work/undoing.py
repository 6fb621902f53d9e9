"""What *Undo* and *Redo* take back: the last stroke while the brush is open, else of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kling_desktop.ui.action_list import Needs

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.stage_place import StagePlace


class Undoing(QObject):
    """Lends the brush the program's own actions, and shows its others among all commands."""

    def __init__(self, actions: Actions, stack: QUndoStack, place: StagePlace) -> None:
        super().__init__(place)
        self._actions, self._stack, self._place = actions, stack, place
        actions.undo.triggered.connect(self._undo)
        actions.redo.triggered.connect(self._redo)
        stack.canUndoChanged.connect(self._allow)
        stack.canRedoChanged.connect(self._allow)
        place.brush_changed.connect(self._on_brush)

    def _undo(self) -> None:
        brush = self._place.brush
        if brush is None:
            self._stack.undo()
        else:
            brush.session.undo()

    def _redo(self) -> None:
        brush = self._place.brush
        if brush is None:
            self._stack.redo()
        else:
            brush.session.redo()

    def _on_brush(self) -> None:
        brush = self._place.brush
        if brush is not None:
            brush.session.painting_changed.connect(self._allow)
        lent = brush.actions_.beside_the_programs() if brush else ()
        self._actions.visiting = (self.tr("Motion brush"), lent)
        self._allow()

    def _allow(self) -> None:
        brush = self._place.brush
        history = brush.session.history if brush else None
        can_undo = history.can_undo if history else self._stack.canUndo()
        can_redo = history.can_redo if history else self._stack.canRedo()
        self._actions.allow(Needs.UNDO, there=can_undo)
        self._actions.allow(Needs.REDO, there=can_redo)
