"""What can be done with a first and a last picture, and what was done by itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import wrapped
from kling_desktop.ui.style import set_role


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLook:
    """Which of the ways are open. None of them leaves nothing to be seen."""

    can_swap: bool = False
    can_loop: bool = False
    loops: bool = False
    """Both pictures are the same already."""
    is_pair: bool = False
    """There are places for two pictures."""


class PairBar(QWidget):
    """`swap_wished` and `loop_wished` are presses; the words are `say`'s."""

    swap_wished = Signal()
    loop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = wrapped(parent=self)
        self._line = QWidget(self)
        self._swap = self._button("chevrons-up-down", self.tr("Swap"))
        self._loop = self._button("repeat", self.tr("Same picture: loop"))
        flow = FlowLayout(self._line, across=8)
        for button in (self._swap, self._loop):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._said)
        column.addWidget(self._line)
        self._swap.clicked.connect(self.swap_wished)
        self._loop.clicked.connect(self.loop_wished)
        self._swap.setAccessibleName(self.tr("Swap start and end picture"))
        self._swap.setToolTip(self.tr("Begin with the end picture and end on the start picture"))
        self._loop.setToolTip(self.tr("Ends on the start picture, so that it can play round"))
        self.say("")
        self.show_look(PairLook())

    def show_look(self, look: PairLook) -> None:
        """Offer what is possible."""
        self._swap.setVisible(look.is_pair)
        self._swap.setEnabled(look.can_swap)
        self._loop.setVisible(look.is_pair)
        self._loop.setEnabled(look.can_loop)
        loops, loop = self.tr("Loops: one picture"), self.tr("Same picture: loop")
        self._loop.setText(loops if look.loops else loop)
        self._line.setVisible(look.is_pair)
        self._show()

    def say(self, text: str) -> None:
        """A sentence on what changed by itself; empty takes it away."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self._show()

    def said(self) -> str:
        """The sentence that stands there."""
        return self._said.text()

    def _show(self) -> None:
        self.setVisible(not (self._said.isHidden() and self._line.isHidden()))

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(icon(name), text, self._line)
        set_role(button, "quiet")
        button.setAutoDefault(False)
        return button
