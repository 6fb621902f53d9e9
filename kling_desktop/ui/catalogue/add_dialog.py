"""Asks for the name of a model, and shows what was found before it is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.records.server import FAL
from kling_desktop.ui.catalogue.added_list import AddedList
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.labels import ElidedLabel, fit_to_text, wrapped
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from kling_desktop.records.server import Server
    from kling_desktop.ui.catalogue.added_list import AddedRow

_SETTLED = 400
"""Milliseconds without a keystroke after which a name is looked up."""
_WIDTH = 66
"""Letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """A model as it is shown before it is added; all of it words."""

    title: str
    endpoint_id: str
    summary: str = ""
    takes: str = ""
    makes: str = ""
    price: str = ""
    note: str = ""
    """Why there is nothing to add, or that it is here already."""
    may_add: bool = True
    button: str = ""
    """What the button says; empty for the usual."""


class AddModelDialog(QDialog):
    """Shown with `open()`. `wished` carries what was typed once the typing rests, or nothing."""

    wished = Signal(str)
    add_asked = Signal()
    remove_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, server: Server = FAL) -> None:
        super().__init__(parent)
        self._server = server
        self.setWindowTitle(self.tr("Add a model"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._field = QLineEdit(self)
        self._state = _State(self)
        self._card = _FoundCard(self)
        self._added = AddedList(self)
        self._add = QPushButton(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._look_up)
        self._lay()
        self._field.textChanged.connect(self._changed)
        self._field.returnPressed.connect(self._hurry)
        self._add.clicked.connect(self._on_add)
        self._added.remove_asked.connect(self.remove_asked)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is typed yet."""
        words = self.tr("What it takes and makes is shown here before anything is added.")
        self._show("info", "secondary", words)

    def show_looking(self) -> None:
        """It is being looked up."""
        self._show("loader", "secondary", self.tr("Looking it up at fal…"))

    def show_problem(self, text: str) -> None:
        """It cannot be added: why, below the field. Too late where something else is typed."""
        if self._settled.isActive():
            return
        self._show("circle-alert", "error", text)

    def show_found(self, found: FoundView) -> None:
        """What it is, and whether it can be added. Too late where something else is typed."""
        if self._settled.isActive():
            return
        self._card.show_found(found)
        text = found.note or self.tr("This is what fal says of it.")
        self._show("circle-check", "ok", text, found)

    def show_added(self, rows: Sequence[AddedRow]) -> None:
        """What the person added before, to be taken away."""
        self._added.show_rows(rows)
        self._fit()

    def clear(self) -> None:
        """An empty field with the keyboard in it."""
        self._field.clear()
        self._settled.stop()
        self.show_nothing()
        self._field.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        fit_to_text(self, _WIDTH)
        super().showEvent(event)

    def _show(self, picture: str, ink: str, text: str, found: FoundView | None = None) -> None:
        self._state.show_state(picture, ink, self._server.named(text))
        self._card.setVisible(found is not None)
        may_add = found is not None and found.may_add
        self._add.setText((found.button if found else "") or self.tr("Add this model"))
        self._add.setEnabled(may_add)
        self._add.setDefault(may_add)
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():
            layout = self.layout()
            if layout is not None:
                layout.activate()
            fit_to_text(self, _WIDTH)

    def _changed(self) -> None:
        self.show_nothing()
        self._settled.start()

    def _hurry(self) -> None:
        """Enter looks it up at once; where it is found already, the button takes the key."""
        if self._settled.isActive():
            self._settled.stop()
            self._look_up()

    def _look_up(self) -> None:
        text = self._field.text().strip()
        if text:
            self.show_looking()
        self.wished.emit(text)

    def _on_add(self) -> None:
        """Once: whoever adds it closes the dialog, or says what went wrong."""
        self._add.setEnabled(False)
        self._state.show_state("loader", "secondary", self.tr("Adding it…"))
        self.add_asked.emit()

    def _lay(self) -> None:
        label = QLabel(self.tr("Name or address of the model"), self)
        set_role(label, "label")
        label.setBuddy(self._field)
        self._field.setAccessibleName(label.text())
        self._field.setPlaceholderText("fal.ai/models/…")
        self._field.setClearButtonEnabled(True)
        self._field.setMaxLength(1000)
        intro = self.tr(
            "Any model of fal that makes a file can be used here: its form is built from what fal "
            "publishes about it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(wrapped(intro, "body", self))
        column.addSpacing(4)
        column.addWidget(label)
        column.addWidget(self._field)
        column.addWidget(self._state)
        column.addWidget(self._card)
        column.addSpacing(4)
        column.addLayout(self._buttons())
        column.addWidget(self._added)
        column.addStretch(1)

    def _buttons(self) -> FlowLayout:
        close = QPushButton(self.tr("Close"), self)
        set_role(close, "quiet")
        set_role(self._add, "outlined")
        close.clicked.connect(self.reject)
        close.setAutoDefault(False)
        line = FlowLayout(across=10, down=8)
        line.addWidget(self._add)
        line.addWidget(close)
        return line


class _State(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = IconLabel("info", "secondary", self)
        self._text = wrapped(role="secondary", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_state(self, picture: str, ink: str, text: str) -> None:
        self._picture.show_icon(picture, ink)
        set_role(self._text, "problem" if ink == "error" else "secondary")
        self._text.setText(text)


class _FoundCard(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "raised")
        self._title = ElidedLabel(role="title", mode=Qt.TextElideMode.ElideRight, parent=self)
        self._price = ElidedLabel(role="chip", parent=self)
        self._id = ElidedLabel(role="mono", parent=self)
        self._lines = [wrapped(role="secondary", parent=self) for _ in range(3)]
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._price)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._id)
        for line in self._lines:
            column.addWidget(line)

    def show_found(self, found: FoundView) -> None:
        self._title.setText(found.title)
        self._price.setText(found.price)
        self._price.setVisible(bool(found.price))
        self._id.setText(found.endpoint_id)
        texts = (
            found.summary,
            self.tr("Takes: {fields}").format(fields=found.takes) if found.takes else "",
            self.tr("Makes: {kind}").format(kind=found.makes) if found.makes else "",
        )
        for line, text in zip(self._lines, texts, strict=True):
            line.setText(text)
            line.setVisible(bool(text))
        self.setAccessibleName(", ".join(part for part in (found.title, *texts) if part))
