"""Camera moves that are ready to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QToolButton, QVBoxLayout

from kling_desktop.ui.form.camera.drawing import CameraDrawing
from kling_desktop.ui.form.camera.moves import PRESETS
from kling_desktop.ui.form.editors.choices import place_of, titles_of
from kling_desktop.ui.form.editors.segments import SegmentRow, SegmentsEditor
from kling_desktop.ui.form.values import UNSET

if TYPE_CHECKING:
    from kling_desktop.ui.form.camera.moves import Move
    from kling_desktop.ui.form.values import FieldValue


class CameraPresetEditor(SegmentsEditor):
    """A drawing above the choices; the mouse over a choice shows its move without choosing it."""

    compact = False

    def _new_row(self) -> SegmentRow:
        self._can_be_none = not self.spec.required and not self.spec.has_default
        none = (self.tr("None"),) if self._can_be_none else ()
        titles = (*none, *titles_of(self.spec))
        return SegmentRow(titles, (None,) * len(titles))

    def _lay_out(self) -> None:
        self.drawing = CameraDrawing(self)
        for place_in_row, button in enumerate(self._row.findChildren(QToolButton)):
            button.setProperty("at", place_in_row)
            button.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.drawing)
        column.addWidget(self._row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._draw_place(watched.property("at"))
        elif event.type() == QEvent.Type.Leave:
            self._draw_value()
        return False

    def _show(self, value: FieldValue) -> None:
        shown = place_of(value, self.spec)
        is_none = value is UNSET or value is None
        self._row.show_place(0 if is_none and self._can_be_none else shown + self._can_be_none)
        if shown < 0 and not (is_none and self._can_be_none):
            self._row.show_place(-1)
        self._draw_value()

    def _on_pick(self, place: int) -> None:
        at = place - self._can_be_none
        self._edited(self.spec.enum[at] if at >= 0 else UNSET)
        self._draw_value()

    def _draw_value(self) -> None:
        self._draw_place(place_of(self._value, self.spec) + self._can_be_none)

    def _draw_place(self, place: int) -> None:
        at = place - self._can_be_none
        self.drawing.show_move(_move_of(self.spec.enum[at]) if at >= 0 else ())


def _move_of(value: object) -> Move:
    return PRESETS.get(value, ()) if isinstance(value, str) else ()
