"""Yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel

from kling_desktop.ui.form.editors.editor import Editor

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.values import FieldValue


class ToggleEditor(Editor):
    """A check box with the title beside it. Left out and without a default it stands half-way."""

    own_label = True

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._box = QCheckBox()
        self._box.clicked.connect(self._on_click)
        self._target = self._box
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._box)
        row.addWidget(self._title(), 1)

    def _title(self) -> QLabel:
        label = _ClickLabel(self.spec.title or self.spec.name)
        label.setBuddy(self._box)
        label.clicked.connect(self._box.click)
        return label

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, bool)

    def _show(self, value: FieldValue) -> None:
        if isinstance(value, bool):
            self._box.setTristate(False)
            self._box.setChecked(value)
        else:
            self._box.setTristate(True)
            self._box.setCheckState(Qt.CheckState.PartiallyChecked)

    def _on_click(self) -> None:
        # From half-way, one press means yes; after that it is only yes or no.
        was_open = self._box.isTristate()
        checked = True if was_open else self._box.isChecked()
        self._box.setTristate(False)
        self._box.setChecked(checked)
        self._edited(checked)


class _ClickLabel(QLabel):
    """The words beside the box; unlike the box's own they can break into lines."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
