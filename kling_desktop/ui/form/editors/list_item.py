"""One item of a list, with the buttons that move and remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from kling_desktop.ui.form.field_row import FieldRow
from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.form.parts.grip import Grip
from kling_desktop.ui.form.parts.indented import Indented
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place


class ListItem(Indented):
    """Alt+Up and Alt+Down move it, wherever in it the keyboard is."""

    moved = Signal(int)
    """-1 for up, 1 for down."""
    removed = Signal()

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(place.parent)
        self._title = spec.title
        self.row = FieldRow(spec, place.within(self), headless=True)
        self.editor = self.row.editor
        self.grip = Grip()
        self._label = ElidedLabel(spec.title)
        set_role(self._label, "label")
        self._up = TinyButton("chevron-up", "")
        self._down = TinyButton("chevron-down", "")
        self.remove_button = TinyButton("x", "")
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self.remove_button.clicked.connect(self.removed)
        self.column.setSpacing(6)
        self.column.addLayout(self._header())
        self.column.addWidget(self.row)

    def show_place(self, place: int, count: int) -> None:
        """Number it, and offer only the moves that are possible."""
        name = self.tr("{item} {number}").format(item=self._title, number=place + 1)
        self._label.setText(name)
        self.editor.described_widget().setAccessibleName(name)
        self._up.say(self.tr("Move {item} up").format(item=name))
        self._down.say(self.tr("Move {item} down").format(item=name))
        self.remove_button.say(self.tr("Remove {item}").format(item=name))
        self._up.setEnabled(place > 0)
        self._down.setEnabled(place < count - 1)
        self.grip.setVisible(count > 1)
        self._up.setVisible(count > 1)
        self._down.setVisible(count > 1)

    def focus_move_button(self, step: int) -> None:
        """Keep the keyboard on the button that was just pressed, or on its twin at the end."""
        wanted, other = (self._up, self._down) if step < 0 else (self._down, self._up)
        (wanted if wanted.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def _header(self) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(2)
        header.addWidget(self.grip)
        header.addWidget(self._label, 1)
        for button in (self._up, self._down, self.remove_button):
            header.addWidget(button)
        return header
