"""A box for a number that can also stand empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox

from kling_desktop.ui.form.parts.undo_keys import Line, is_undo_key

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QWheelEvent

LEAST, MOST = -1e15, 1e15
_MANY_DECIMALS = 6


class NumberBox(QDoubleSpinBox):
    """Shows no more decimals than there are, no thousands signs, and nothing while empty."""

    typed = Signal()
    """A person changed what it says: `number()` is None while it is empty."""

    def __init__(self, decimals: int | None) -> None:
        self._is_empty = True
        super().__init__()
        self._is_quiet = False
        self.setLineEdit(Line())
        self.setDecimals(_MANY_DECIMALS if decimals is None else decimals)
        self.setGroupSeparatorShown(False)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(LEAST, MOST)
        self.valueChanged.connect(self._on_value)
        self.lineEdit().textEdited.connect(self._on_text)

    def number(self) -> float | None:
        """What it says, or None while it is empty."""
        return None if self._is_empty else self.value()

    def show_number(self, number: float | None) -> None:
        """Show a number, or nothing."""
        self._is_quiet = True
        self._is_empty = number is None
        self.setValue(self.value() if number is None else number)
        shown = self.prefix() + self.textFromValue(self.value()) + self.suffix()
        self.lineEdit().setText("" if self._is_empty else shown)
        self._is_quiet = False

    def textFromValue(self, value: float) -> str:
        if self._is_empty:
            return ""
        locale = QLocale(self.locale())
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        text = locale.toString(value, "f", self.decimals())
        point = locale.decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        bare = text.removesuffix(self.suffix()).strip()
        if not bare:
            return (QValidator.State.Acceptable, text, place)
        return super().validate(text, place)

    def valueFromText(self, text: str) -> float:
        return (
            super().valueFromText(text)
            if text.removesuffix(self.suffix()).strip()
            else (self.value())
        )

    def stepBy(self, steps: int) -> None:
        if self._is_empty:
            # The first step from nothing shows where one stands.
            self._is_empty = False
            self.show_number(min(max(0.0, self.minimum()), self.maximum()))
            self.typed.emit()
            return
        super().stepBy(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        if self._is_empty:
            flags = QAbstractSpinBox.StepEnabledFlag
            return flags.StepUpEnabled | flags.StepDownEnabled
        return super().stepEnabled()

    def sizeHint(self) -> QSize:
        widest = max(self._text_width(self.minimum()), self._text_width(self.maximum()))
        limited = min(widest, self.fontMetrics().averageCharWidth() * 12)
        hint = self.lineEdit().placeholderText()
        limited = max(limited, self.fontMetrics().horizontalAdvance(hint))
        return QSize(limited + 44, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_key(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _text_width(self, value: float) -> int:
        digits = QLocale().toString(value, "f", min(self.decimals(), 2))
        return self.fontMetrics().horizontalAdvance(digits + self.suffix())

    def _on_text(self, text: str) -> None:
        was_empty = self._is_empty
        self._is_empty = not text.removesuffix(self.suffix()).strip()
        if self._is_empty != was_empty:
            self.typed.emit()

    def _on_value(self) -> None:
        if not self._is_quiet:
            self._is_empty = False
            self.typed.emit()
