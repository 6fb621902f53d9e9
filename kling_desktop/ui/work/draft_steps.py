"""One step of undo that goes from one whole draft to another."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.records.draft import Draft


class DraftStep(QUndoCommand):
    """Another model, an earlier draft, the settings of a clip: there and back.

    What is about money, rehearse or real and how many, stays as it is at that moment.
    """

    def __init__(
        self, text: str, before: Draft, after: Draft, put: Callable[[Draft], None]
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._put = before, after, put

    def redo(self) -> None:
        """There."""
        self._put(self._after)

    def undo(self) -> None:
        """Back."""
        self._put(self._before)


def with_money_of(draft: Draft, now: Draft) -> Draft:
    """The draft with the choices about money as they are now."""
    return dataclasses.replace(draft, made_by=now.made_by, count=now.count)
