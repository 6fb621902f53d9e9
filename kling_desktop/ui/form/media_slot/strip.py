"""The dark strip at the foot of a filled slot: what it is, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.form.parts.grip import Grip
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.ports import MediaView, UploadPhase
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_GROUND = QColor(0, 0, 0, 190)
_LIGHT = "#ececec"
_RADIUS = 7
_BUTTON = 24
_FACTS_LEAST = 14


class Strip(QWidget):
    """Always dark, as it lies on a picture."""

    frame_pressed = Signal()
    remove_pressed = Signal()
    moved = Signal(int)

    def __init__(self, field: str, *, movable: bool = False) -> None:
        super().__init__()
        self._sign = IconLabel("check", "on_picture")
        self._words = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, color=_LIGHT)
        self._facts = ElidedLabel(color=_LIGHT, least=_FACTS_LEAST)
        self._dot = ElidedLabel("·", color=_LIGHT)
        for label in (self._words, self._dot, self._facts):
            set_role(label, "secondary")
        self._field = field
        row = QHBoxLayout()
        row.setContentsMargins(10, 2, 5, 2)
        row.setSpacing(2)
        self.grip = Grip(on_picture=True) if movable else None
        if self.grip is not None:
            row.addWidget(self.grip)
        row.addWidget(self._sign)
        row.addSpacing(8)
        row.addWidget(self._words)
        row.addSpacing(4)
        row.addWidget(self._dot)
        row.addSpacing(4)
        row.addWidget(self._facts)
        row.addStretch(1)
        self._moves = self._add_moves(row) if movable else ()
        self._frame = self._button("crop", self.tr("Frame…"), row)
        self._frame.clicked.connect(self.frame_pressed)
        self._remove = self._button("x", self.tr("Remove"), row)
        self._remove.clicked.connect(self.remove_pressed)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(row)

    def show_view(self, view: MediaView) -> None:
        """Name, facts, and how far the upload is."""
        self._words.setText(view.name)
        self._facts.setText(view.facts)
        self._dot.setVisible(bool(view.facts))
        self._sign.show_icon(_sign(view), "on_picture")
        self._frame.setVisible(view.can_frame)
        self._bar.setVisible(view.phase is UploadPhase.UPLOADING)
        self._bar.setMaximum(0 if view.fraction is None else 1000)
        self._bar.setValue(round((view.fraction or 0.0) * 1000))
        self._bar.setAccessibleName(self.tr("Upload of {name}").format(name=view.name))

    def show_field(self, field: str) -> None:
        """The name of the field, for those who cannot see where the buttons are."""
        for button in (self._frame, self._remove, *self._moves):
            button.setAccessibleName(
                self.tr("{action}: {field}").format(action=button.toolTip(), field=field)
            )

    def show_moves(self, *, up: bool, down: bool) -> None:
        """Which of the two moves are possible."""
        if self.grip is not None:
            self.grip.setVisible(up or down)
        for button, is_possible in zip(self._moves, (up, down), strict=False):
            button.setVisible(up or down)
            button.setEnabled(is_possible)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Taller than the strip, so that only the two lower corners are round.
        area = QRectF(self.rect()).adjusted(0, -2 * _RADIUS, 0, 0)
        shape = QPainterPath()
        shape.addRoundedRect(area, _RADIUS, _RADIUS)
        painter.setClipRect(self.rect())
        painter.fillPath(shape, _GROUND)

    def _add_moves(self, row: QHBoxLayout) -> tuple[TinyButton, TinyButton]:
        up = self._button("chevron-up", self.tr("Move up"), row)
        down = self._button("chevron-down", self.tr("Move down"), row)
        up.clicked.connect(lambda: self.moved.emit(-1))
        down.clicked.connect(lambda: self.moved.emit(1))
        return up, down

    def _button(self, name: str, text: str, row: QHBoxLayout) -> TinyButton:
        button = TinyButton(name, text, side=_BUTTON, on_picture=True)
        button.setAccessibleName(
            self.tr("{action}: {field}").format(action=text, field=self._field)
        )
        row.addWidget(button)
        return button


def _sign(view: MediaView) -> str:
    if view.problem is not None or view.phase is UploadPhase.FAILED:
        return "triangle-alert"
    match view.phase:
        case UploadPhase.UPLOADING:
            return "upload"
        case UploadPhase.WAITS_FOR_KEY:
            return "key-round"
        case _:
            return "check"
