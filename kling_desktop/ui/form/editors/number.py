"""Numbers: a slider and a box where both ends are known, a box alone elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout

from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.editors.number_box import LEAST, MOST, NumberBox
from kling_desktop.ui.form.parts.no_wheel import Slider
from kling_desktop.ui.form.values import UNSET, FieldValue
from kling_desktop.ui.style import set_mark

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place

_MOST_NOTCHES = 1000
_WIDEST_SLIDER = 1_000_000


class NumberEditor(Editor):
    """Whole numbers stay whole in the value; a number out of bounds is kept but not drawn."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._is_whole = spec.type is FieldType.INTEGER
        self._step = _step_of(spec)
        self._low, self._high = _bounds(spec, self._step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._slider = self._make_slider() if self._has_both_ends() else None
        if self._slider:
            row.addWidget(self._slider, 1)
        self._box = self._make_box()
        row.addWidget(self._box, 0 if self._slider else 1)
        self._target = self._box

    def secondary(self) -> str:
        if self._slider or (self._low == LEAST and self._high == MOST):
            return ""
        if self._high == MOST:
            return self.tr("at least {least}").format(least=_say(self._low))
        if self._low == LEAST:
            return self.tr("at most {most}").format(most=_say(self._high))
        return self.tr("{least} to {most}").format(least=_say(self._low), most=_say(self._high))

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._box, "problem", wrong)

    def _has_both_ends(self) -> bool:
        return LEAST < self._low < self._high < MOST and self._high - self._low <= _WIDEST_SLIDER

    def _make_slider(self) -> Slider:
        slider = Slider()
        notches = max(1, min(_MOST_NOTCHES, round((self._high - self._low) / self._step)))
        slider.setRange(0, notches)
        slider.setPageStep(max(1, notches // 10))
        slider.setAccessibleName(self.spec.title or self.spec.name)
        slider.valueChanged.connect(self._on_slider)
        return slider

    def _make_box(self) -> NumberBox:
        box = NumberBox(_decimals(self.spec, self._step))
        box.setRange(self._low, self._high)
        box.setSingleStep(self._step)
        box.lineEdit().setPlaceholderText(self.tr("not set"))
        if self.spec.unit:
            box.setSuffix(f" {self.spec.unit}")
        box.show_number(None)
        box.typed.connect(self._on_box)
        return box

    def _draws(self, value: FieldValue) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self._low <= value <= self._high and not (self._is_whole and value % 1)

    def _show(self, value: FieldValue) -> None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        number = float(value) if is_number else None  # type: ignore[arg-type]
        self._box.show_number(number)
        self._show_on_slider(number)

    def _show_on_slider(self, number: float | None) -> None:
        if self._slider is None:
            return
        part = 0.0 if number is None else (number - self._low) / (self._high - self._low)
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(round(min(max(part, 0.0), 1.0) * self._slider.maximum()))
        self._slider.blockSignals(blocked)

    def _on_slider(self, notch: int) -> None:
        if self._slider is None:
            return
        raw = self._low + (self._high - self._low) * notch / self._slider.maximum()
        number = self._low + round((raw - self._low) / self._step) * self._step
        number = min(round(number, 9), self._high)
        self._box.show_number(number)
        self._take(number)

    def _on_box(self) -> None:
        number = self._box.number()
        self._show_on_slider(number)
        self._take(number)

    def _take(self, number: float | None) -> None:
        if number is None:
            self._edited(UNSET, flowing=True)
        elif self._is_whole:
            self._edited(round(number), flowing=True)
        else:
            self._edited(int(number) if number.is_integer() else number, flowing=True)


def _step_of(spec: FieldSpec) -> float:
    if spec.multiple_of:
        return spec.multiple_of
    if spec.type is FieldType.INTEGER:
        return 1.0
    low, high = spec.minimum, spec.maximum
    if low is None or high is None or high <= low:
        return 0.1
    # A tenth or a hundredth of the power of ten that holds the range: 0..1 steps by 0.05.
    power = 10.0 ** math.floor(math.log10(high - low))
    return power / 20 if (high - low) / power < 5 else power / 10


def _decimals(spec: FieldSpec, step: float) -> int | None:
    if spec.type is FieldType.INTEGER:
        return 0
    if spec.minimum is None or spec.maximum is None:
        return None
    return max(2, -math.floor(math.log10(step)) + 1)


def _bounds(spec: FieldSpec, step: float) -> tuple[float, float]:
    low, high = spec.minimum, spec.maximum
    if spec.exclusive_minimum is not None:
        low = max(spec.exclusive_minimum + step, LEAST if low is None else low)
    if spec.exclusive_maximum is not None:
        high = min(spec.exclusive_maximum - step, MOST if high is None else high)
    least = LEAST if low is None else max(float(low), LEAST)
    most = MOST if high is None else min(float(high), MOST)
    return (least, most) if least <= most else (LEAST, MOST)


def _say(number: float) -> str:
    locale = QLocale()
    if number.is_integer():
        return locale.toString(int(number))
    return locale.toString(number, "g", 6)
