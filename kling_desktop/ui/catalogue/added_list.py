"""The models that a person added, each with a way to take it away again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.labels import ElidedLabel, wrapped
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = 4
"""Shown at once; the others scroll."""


@dataclass(frozen=True, slots=True)
class AddedRow:
    """One model."""

    endpoint_id: str
    title: str


class AddedList(QWidget):
    """Not in sight where nothing was added."""

    remove_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        label = QLabel(self.tr("Added by you"), self)
        set_role(label, "label")
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(label.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self._scroll)
        keeps = self.tr("What was made with a removed model still opens.")
        column.addWidget(wrapped(keeps, "tertiary", self))
        self.hide()

    def show_rows(self, rows: Sequence[AddedRow]) -> None:
        """Show these, in their order."""
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        for row in rows:
            lines.addWidget(self._line(row, inside))
        lines.addStretch(1)
        self._scroll.setWidget(inside)
        least = inside.sizeHint().height()
        each = least // max(1, len(rows))
        self._scroll.setFixedHeight(min(least, each * _ROWS) + 2)
        self.setVisible(bool(rows))

    def _line(self, row: AddedRow, parent: QWidget) -> QWidget:
        line = QWidget(parent)
        title = ElidedLabel(row.title, mode=Qt.TextElideMode.ElideRight, parent=line)
        endpoint_id = ElidedLabel(row.endpoint_id, role="tertiary", parent=line)
        remove = QPushButton(self.tr("Remove"), line)
        set_role(remove, "link")
        remove.setAutoDefault(False)
        remove.setAccessibleName(self.tr("Remove {title}").format(title=row.title))
        remove.clicked.connect(lambda: self.remove_asked.emit(row.endpoint_id))
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(title, 1)
        across.addWidget(endpoint_id, 1)
        across.addWidget(remove)
        return line
