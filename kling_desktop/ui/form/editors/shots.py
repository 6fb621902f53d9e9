"""Parts of one clip that follow each other, with the sum of their lengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.ui.form.editors.list_of import ListEditor

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.bounds import Bound
    from kling_desktop.ui.form.context import Place


class ShotsEditor(ListEditor):
    """A list whose parts have a length; a part that does not say counts as long as is usual."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        self._length = length_of(spec)
        self._most: float | None = None
        super().__init__(spec, place)

    def total(self) -> float:
        """Seconds, or whatever else the unit is."""
        return sum(map(self._long, self._values()))

    def secondary(self) -> str:
        count = super().secondary()
        if not self.items() or self._length is None:
            return count
        unit, total = self._length.unit, _neat(self.total())
        if self._most is None:
            return self.tr("{count} · {total} {unit}").format(count=count, total=total, unit=unit)
        return self.tr("{count} · {total} of {most} {unit}").format(
            count=count, total=total, most=_neat(self._most), unit=unit
        )

    def secondary_is_alarm(self) -> bool:
        is_too_long = self._most is not None and self.total() > self._most
        return is_too_long or super().secondary_is_alarm()

    def show_bound(self, bound: Bound) -> None:
        self._most = bound.most
        self.secondary_changed.emit()

    def _long(self, part: object) -> float:
        if self._length is None:
            return 0.0
        usual = self._length.default
        found = part.get(self._length.name, usual) if isinstance(part, Mapping) else usual
        return _number(found)


def length_of(spec: FieldSpec) -> FieldSpec | None:
    """The field of each part that says how long it is."""
    inner = spec.items.properties if spec.items else ()
    return next((one for one in inner if one.unit == "s" and _is_length(one)), None)


def _is_length(spec: FieldSpec) -> bool:
    is_number = spec.type in (FieldType.INTEGER, FieldType.NUMBER)
    return is_number or all(str(one).isdecimal() for one in spec.enum)


def _number(value: object) -> float:
    if isinstance(value, bool):
        return 0.0
    if isinstance(value, int | float):
        return float(value)
    return float(value) if isinstance(value, str) and value.isdecimal() else 0.0


def _neat(number: float) -> str:
    locale = QLocale()
    if float(number).is_integer():
        return locale.toString(int(number))
    return locale.toString(number, "f", 1)
