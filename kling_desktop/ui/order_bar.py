"""The pinned bottom of the form: rehearse or real, how many, and the one button."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.labels import ElidedButton, wrapped
from kling_desktop.ui.segments import Segments, Stepper
from kling_desktop.ui.style import set_role


class ButtonKind(StrEnum):
    """Real work is solid, rehearsal is outlined."""

    REAL = "real"
    REHEARSE = "rehearse"
    AGAIN = "again"
    """Another take of an unchanged draft: solid or outlined as the switch above stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonLook:
    """What the button says and whether it may be pressed."""

    text: str
    kind: ButtonKind
    short: str = ""
    """The same in fewer letters, for a narrow column."""
    tooltip: str = ""
    enabled: bool = True
    reason: str = ""
    """Why it is disabled, in one sentence."""


class OrderBar(QFrame):
    """Shows what one press would do and cost, and says that it was pressed.

    `reason_pressed` asks to be led to what keeps the button disabled.
    """

    made_by_chosen = Signal(str)
    count_chosen = Signal(int)
    pressed = Signal()
    answered = Signal(bool)
    reason_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._made_by = MadeBy.REHEARSAL
        self._kind = ButtonKind.REHEARSE
        self.switch = Segments((MadeBy.REHEARSAL.value, MadeBy.FAL.value), self)
        self.switch.setAccessibleName(self.tr("Rehearse or real work"))
        self.switch.chosen.connect(self.made_by_chosen)
        self._reason = ElidedButton(self)
        self.stepper = Stepper(self)
        self.stepper.changed.connect(self.count_chosen)
        self.button = ElidedButton(self)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # Outside of dialogs only such a button is pressed by Return.
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.pressed)
        self._question: _Question | None = None
        self._foot = QWidget(self)
        self._column = QVBoxLayout(self)
        self._lay()
        self.show_made_by(MadeBy.REHEARSAL, self.tr("Rehearse · free"), self.tr("Real"))

    def show_made_by(
        self, made_by: MadeBy, rehearse_text: str, real_text: str, short: tuple[str, ...] = ()
    ) -> None:
        """Show which of the two is chosen, and what each would cost."""
        self._made_by = made_by
        self.switch.show_texts((rehearse_text, real_text), short)
        self.switch.choose(made_by.value)
        self._dress()

    def show_button(self, look: ButtonLook) -> None:
        """Show what a press would do; disabled, the reason stands above the button."""
        self._kind = look.kind
        self.button.set_texts(look.text, look.short)
        self.button.setAccessibleName(look.text)
        self.button.setAccessibleDescription(look.reason or look.tooltip)
        self.button.setToolTip(look.reason or look.tooltip)
        self._reason.setText(look.reason)
        self._reason.setToolTip(look.reason)
        self._reason.setVisible(bool(look.reason) and not look.enabled)
        if self.button.hasFocus() and not look.enabled:
            # Qt would hand the keyboard to the first tile of the window.
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.button.setEnabled(look.enabled)
        self._dress()

    def show_count(self, count: int, most: int) -> None:
        """Show how many clips one press makes, and how many are allowed."""
        self.stepper.show_count(count, most)

    def ask(self, question: str, yes: str, no: str) -> None:
        """Put a question in place of the button; `answered` comes once."""
        if self._question is None:
            self._question = _Question(self)
            self._question.answered.connect(self._answer)
            self._column.addWidget(self._question)
        self._question.show_question(question, yes, no)
        self._foot.hide()
        self._question.show()
        self._question.focus_no()

    @property
    def is_asking(self) -> bool:
        """Whether a question stands in place of the button."""
        return self._question is not None and self._foot.isHidden()

    def take_back_question(self) -> None:
        """Show the button again without an answer."""
        if self._question is not None:
            self._question.hide()
        self._foot.show()

    def _answer(self, yes: bool) -> None:
        self.take_back_question()
        self.button.setFocus()
        self.answered.emit(yes)

    def _dress(self) -> None:
        is_real = self._kind is ButtonKind.REAL or (
            self._kind is ButtonKind.AGAIN and self._made_by is MadeBy.FAL
        )
        set_role(self.button, "primary" if is_real else "outlined")

    def _lay(self) -> None:
        set_role(self._reason, "link")
        self._reason.clicked.connect(self.reason_pressed)
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._reason.hide()
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.stepper)
        line.addWidget(self.button, 1)
        column = self._column
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.switch)
        column.addWidget(self._reason)
        column.addWidget(self._foot)


class _Question(QWidget):
    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = wrapped(role="title", parent=self)
        self._no = ElidedButton(self)
        self._yes = ElidedButton(self)
        set_role(self._no, "quiet")
        set_role(self._yes, "primary")
        self._no.clicked.connect(lambda: self.answered.emit(False))
        self._yes.clicked.connect(lambda: self.answered.emit(True))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._no)
        row.addWidget(self._yes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._text)
        column.addLayout(row)

    def show_question(self, question: str, yes: str, no: str) -> None:
        self._text.setText(question)
        self._yes.setText(yes)
        self._no.setText(no)
        for button in (self._yes, self._no):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(question)

    def focus_no(self) -> None:
        self._no.setFocus()
