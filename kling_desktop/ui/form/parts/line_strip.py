"""Below words that are spoken: hear them first, and use what was heard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import ElidedButton
from kling_desktop.ui.style import set_role


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLook:
    """All that the strip shows, in words that are already translated."""

    hear: str = ""
    """What the first button says; empty where nobody can speak the line."""
    hear_tip: str = ""
    can_hear: bool = False
    is_heard: bool = False
    """There is a sound: the first button plays it, and the second one uses it."""
    use: str = ""
    use_tip: str = ""
    note: str = ""


NO_LINE = LineLook()


class LineStrip(QWidget):
    """Two buttons and a sentence."""

    asked = Signal(str)
    """HEAR or USE."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hear = self._button("hear")
        self._use = self._button("use")
        self._use.setIcon(icon("audio-lines"))
        buttons = QWidget(self)
        flow = FlowLayout(buttons, across=8)
        flow.addWidget(self._hear)
        flow.addWidget(self._use)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        set_role(self._note, "tertiary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(buttons)
        column.addWidget(self._note)
        self.show_look(NO_LINE)

    def show_look(self, look: LineLook) -> None:
        """Other words, or none at all."""
        self._hear.setText(look.hear)
        self._hear.setIcon(icon("play" if look.is_heard else "volume-2"))
        self._hear.setEnabled(look.can_hear)
        self._use.setText(look.use)
        self._use.setVisible(look.is_heard)
        for button, tip in ((self._hear, look.hear_tip), (self._use, look.use_tip)):
            button.setToolTip(tip)
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(tip)
        self._note.setText(look.note)
        self._note.setVisible(bool(look.note))
        self.setVisible(bool(look.hear))

    def _button(self, word: str) -> ElidedButton:
        button = ElidedButton(self)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.setIconSize(QSize(16, 16))
        set_role(button, "quiet")
        button.clicked.connect(lambda: self.asked.emit(word))
        return button
