"""The left column's choices as actions: in the menu, by key and in the list of all commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kling_desktop.ui.action_list import Needs
from kling_desktop.ui.work.tile_words import usual_tiles

if TYPE_CHECKING:
    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.make_column import MakeColumn
    from kling_desktop.ui.work.choosing import Choosing


class ChoiceActions(QObject):
    """Each does what its control in the column does, and can be chosen when that can."""

    def __init__(self, actions: Actions, column: MakeColumn, choosing: Choosing) -> None:
        super().__init__(column)
        self._actions, self._choosing = actions, choosing
        self._begins = {tile.key: actions.named(f"begin_{tile.key}") for tile in usual_tiles()}
        for key, action in self._begins.items():
            action.triggered.connect(partial(self._begin, column, key))
        actions.choose_model.triggered.connect(column.open_models)
        actions.favor_model.triggered.connect(
            lambda on: choosing.favor(choosing.draft.endpoint_id, on)
        )
        actions.add_end.triggered.connect(choosing.add_end)
        actions.swap_pictures.triggered.connect(choosing.swap)
        actions.loop_pictures.triggered.connect(choosing.loop)
        choosing.shown.connect(self._show)
        self._show()

    def _begin(self, column: MakeColumn, key: str) -> None:
        column.choose_intention(key)
        # Where a list opened, or nothing serves it, the one before is chosen still.
        self._show()

    def _show(self) -> None:
        actions, choosing = self._actions, self._choosing
        begin = self._begins.get(choosing.draft.intention)
        if begin is not None:
            begin.setChecked(True)
        actions.favor_model.setChecked(choosing.is_favorite)
        actions.allow(Needs.END, there=choosing.can_add_end)
        actions.allow(Needs.SWAP, there=choosing.pair.can_swap)
        actions.allow(Needs.LOOP, there=choosing.pair.can_loop)
