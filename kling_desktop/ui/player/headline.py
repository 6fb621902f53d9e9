"""What lies above the picture: title, takes, facts, and the mark of a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.player.chip import Chip, chip_height
from kling_desktop.ui.player.take_letters import TakeLetters
from kling_desktop.ui.words import resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from kling_desktop.records.clip import Clip

_EDGE, _ABOVE, _BELOW, _GAP = 14, 12, 10, 8


class Headline(QWidget):
    """Chips in a row. Where there is no room the facts go first, then the title grows short."""

    take_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("Made on this computer: free, and not what fal makes.")
        self._rehearsal = Chip(self, tip=tip, shrinks=False)
        self._title = Chip(self)
        self._letters = TakeLetters(self)
        self._facts = Chip(self)
        self._facts_text = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, _ABOVE, _EDGE, _BELOW)
        row.setSpacing(_GAP)
        for chip in (self._title, self._letters, self._rehearsal, self._facts):
            row.addWidget(chip)
        row.addStretch(1)
        self._letters.take_chosen.connect(self.take_chosen)
        self.hide()

    def show_clip(self, clip: Clip, takes: Sequence[Clip]) -> None:
        """Title, letters of all takes with the one on the stage marked, size and frame rate."""
        rehearsed = clip.made_by is MadeBy.REHEARSAL
        self._title.show_text(clip.title)
        self._letters.show_takes(clip, takes)
        self._rehearsal.show_text(self.tr("Rehearsal") if rehearsed else "")
        short = min(clip.width, clip.height) if clip.width and clip.height else None
        self._facts_text = resolution(short, clip.frame_rate)
        self.show()
        self._fit()

    def stops(self) -> list[QWidget]:
        """What Tab comes to."""
        return self._letters.stops()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out what there is no room for."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """One row of chips."""
        return QSize(super().sizeHint().width(), chip_height() + _ABOVE + _BELOW)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, self.sizeHint().height())

    def _fit(self) -> None:
        self._facts.show_text(self._facts_text)
        chips = (self._title, self._letters, self._rehearsal, self._facts)
        shown = [chip for chip in chips if not chip.isHidden()]
        needed = sum(chip.sizeHint().width() + _GAP for chip in shown) - _GAP + 2 * _EDGE
        if needed > self.width():
            self._facts.show_text("")
