"""Two small inputs: a row of parts of which one is chosen, and a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import ElidedButton
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Callable


class Segments(QFrame):
    """A row of which exactly one part is chosen; Tab enters at the chosen one, arrows move."""

    chosen = Signal(str)

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "segments")
        self._keys = keys
        self._group = QButtonGroup(self)
        self._parts: list[ElidedButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for number in range(len(keys)):
            part = ElidedButton(self)
            set_role(part, "segment")
            part.setCheckable(True)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._group.addButton(part, number)
            self._parts.append(part)
            row.addWidget(part, 1)
        self._group.idToggled.connect(self._tell)
        self._silent = False

    def show_texts(self, texts: tuple[str, ...], short: tuple[str, ...] = ()) -> None:
        """What stands on the parts, in their order; `short` where there is little room."""
        for number, text in enumerate(texts):
            part = self._parts[number]
            part.set_texts(text, short[number] if short else "")
            part.setAccessibleName(text)

    def choose(self, key: str) -> None:
        """Show another part as chosen, without a signal."""
        self._silent = True
        self._group.button(self._keys.index(key)).setChecked(True)
        self._silent = False

    def _tell(self, number: int, checked: bool) -> None:
        if checked and not self._silent:
            self.chosen.emit(self._keys[number])


class Stepper(QFrame):
    """How many, by two buttons, arrow keys, wheel or typing."""

    changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "segments")
        self.box = QSpinBox(self)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setRange(1, 9)
        self.box.setAccessibleName(self.tr("How many clips"))
        self.box.setMinimumWidth(self.fontMetrics().horizontalAdvance("000") + 8)
        set_role(self.box, "bare")
        self.box.valueChanged.connect(self._change)
        self._fewer = self._built("minus", self.tr("One less"), self.box.stepDown)
        self._more = self._built("plus", self.tr("One more"), self.box.stepUp)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 2, 1)
        row.setSpacing(0)
        for part in (self._fewer, self.box, self._more):
            row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        QWidget.setTabOrder(self._fewer, self.box)
        QWidget.setTabOrder(self.box, self._more)
        self._limit_buttons()

    def show_count(self, count: int, most: int) -> None:
        """Show a count without a signal."""
        self.box.blockSignals(True)
        self.box.setRange(1, max(1, most))
        self.box.setValue(count)
        self.box.blockSignals(False)
        self._limit_buttons()

    def _built(self, picture: str, name: str, step: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "icon")
        button.setIcon(icon(picture))
        button.setIconSize(QSize(14, 14))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setAutoRepeat(True)
        button.clicked.connect(step)
        return button

    def _change(self, count: int) -> None:
        self._limit_buttons()
        self.changed.emit(count)

    def _limit_buttons(self) -> None:
        self._fewer.setEnabled(self.box.value() > self.box.minimum())
        self._more.setEnabled(self.box.value() < self.box.maximum())
