"""One axis of the camera, and how far: drawn as it is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QSizePolicy

from kling_desktop.ui.form.camera.drawing import CameraDrawing
from kling_desktop.ui.form.camera.moves import AXES
from kling_desktop.ui.form.editors.group import GroupEditor
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.values import Edit, FieldValue

SEGMENTS = "segments"
"""The word for an editor that shows all choices at once, however many they are."""


class CameraAxisEditor(GroupEditor):
    """A group of an axis and an amount, with a drawing and a sentence above them."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        self._drawing: CameraDrawing | None = None
        self._words: QLabel | None = None
        axis, amount = _parts(spec)
        self._axis, self._amount = axis, amount
        shown = tuple(
            replace(one, editor=SEGMENTS) if one is axis else one for one in spec.properties
        )
        super().__init__(replace(spec, properties=shown), place)

    def drawing(self) -> CameraDrawing | None:
        """The drawing, once the group is open."""
        return self._drawing

    def first_value(self) -> dict[str, JsonValue]:
        if self._axis is None or self._amount is None:
            return {}
        half = round((self._amount.maximum or 0) / 2)
        return {self._axis.name: self._axis.enum[0], self._amount.name: half}

    def _open(self) -> QWidget:
        is_new = self._body is None
        body = super()._open()
        if is_new and self._body is not None:
            self._drawing = CameraDrawing(self._body)
            self._words = QLabel(self._body)
            self._words.setWordWrap(True)
            self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            set_role(self._words, "secondary")
            self._body.column.insertWidget(0, self._drawing)
            self._body.column.insertWidget(1, self._words)
        return body

    def _show(self, value: FieldValue) -> None:
        super()._show(value)
        self._draw_value(value)

    def _on_inner(self, name: str, edit: Edit) -> None:
        super()._on_inner(name, edit)
        self._draw_value(self._value)

    def _draw_value(self, value: FieldValue) -> None:
        if self._drawing is None or self._words is None:
            return
        axis, share = self._asked(value)
        self._drawing.show_move(({axis: share},) if axis and share else ())
        words = _said(axis, share)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._drawing.setAccessibleDescription(words)

    def _asked(self, value: FieldValue) -> tuple[str, float]:
        if self._axis is None or self._amount is None or not isinstance(value, Mapping):
            return "", 0.0
        axis, amount = value.get(self._axis.name), value.get(self._amount.name)
        is_number = isinstance(amount, int | float) and not isinstance(amount, bool)
        if axis not in AXES or not is_number:
            return "", 0.0
        most = max(abs(self._amount.minimum or 0), abs(self._amount.maximum or 0)) or 1.0
        share = float(amount) / most  # type: ignore[arg-type]  # is_number
        return str(axis), max(-1.0, min(1.0, share))


def is_camera_axis(spec: FieldSpec) -> bool:
    """Whether a group is one axis out of several and one amount."""
    axis, amount = _parts(spec)
    return axis is not None and amount is not None


def _parts(spec: FieldSpec) -> tuple[FieldSpec | None, FieldSpec | None]:
    axis = next((one for one in spec.properties if one.enum and set(one.enum) <= AXES), None)
    amount = next((one for one in spec.properties if one.maximum and not one.enum), None)
    return axis, amount


def _said(axis: str, share: float) -> str:
    if not axis or not share:
        return QCoreApplication.translate("CameraAxis", "The camera stands still.") if axis else ""
    forth, back = {
        "horizontal": (
            QCoreApplication.translate("CameraAxis", "The camera goes to the right."),
            QCoreApplication.translate("CameraAxis", "The camera goes to the left."),
        ),
        "vertical": (
            QCoreApplication.translate("CameraAxis", "The camera rises."),
            QCoreApplication.translate("CameraAxis", "The camera sinks."),
        ),
        "pan": (
            QCoreApplication.translate("CameraAxis", "The camera turns up."),
            QCoreApplication.translate("CameraAxis", "The camera turns down."),
        ),
        "tilt": (
            QCoreApplication.translate("CameraAxis", "The camera turns to the right."),
            QCoreApplication.translate("CameraAxis", "The camera turns to the left."),
        ),
        "roll": (
            QCoreApplication.translate("CameraAxis", "The camera rolls clockwise."),
            QCoreApplication.translate("CameraAxis", "The camera rolls counterclockwise."),
        ),
        "zoom": (
            QCoreApplication.translate("CameraAxis", "The view becomes wider."),
            QCoreApplication.translate("CameraAxis", "The view becomes narrower."),
        ),
    }[axis]
    return forth if share > 0 else back
