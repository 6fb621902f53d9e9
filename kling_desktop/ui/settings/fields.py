"""The parts that the pages of Preferences are made of: a group, a row, a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from kling_desktop.ui.labels import wrapped
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


@dataclass(frozen=True, slots=True)
class Option:
    """One of several: its value in the settings, its words, a sentence on what it means."""

    value: str
    text: str
    help: str = ""


class Choice(QWidget):
    """Radio buttons, one below the other, each with a sentence. `chosen` carries the value."""

    chosen = Signal(str)

    def __init__(self, name: str, options: tuple[Option, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._options = options
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for number, option in enumerate(options):
            button = QRadioButton(option.text, self)
            button.setAccessibleName(option.text)
            button.setAccessibleDescription(option.help)
            self._group.addButton(button, number)
            column.addWidget(button)
            if option.help:
                column.addWidget(_below(option.help, self))
        self._group.idClicked.connect(lambda number: self.chosen.emit(options[number].value))

    def show_value(self, value: str) -> None:
        """Show what is chosen; nothing, where the value is none of the options."""
        self._group.setExclusive(False)
        for number, option in enumerate(self._options):
            self._group.button(number).setChecked(option.value == value)
        self._group.setExclusive(True)


class Row(QWidget):
    """One setting: a label, its control, a sentence below. Found by all of its words."""

    def __init__(self, label: str, control: QWidget | QLayout, help: str = "") -> None:  # noqa: A002
        super().__init__()
        self._words = f"{label} {help}".casefold()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if label:
            title = QLabel(label, self)
            title.setWordWrap(True)
            set_role(title, "label")
            column.addWidget(title)
            if isinstance(control, QWidget):
                title.setBuddy(control)
        if isinstance(control, QWidget):
            column.addWidget(control)
            self._words += _words_in(control)
        else:
            column.addLayout(control)
        if help:
            column.addWidget(wrapped(help, "tertiary", self))

    def matches(self, wanted: str) -> bool:
        """Whether every wanted word stands in it."""
        return all(word in self._words for word in wanted.casefold().split())


class Page(QWidget):
    """Rows under one heading; rows that do not match a search are hidden, and an empty page too."""

    def __init__(self, title: str, rows: tuple[Row, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.rows = rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(14)
        heading = QLabel(title, self)
        set_role(heading, "heading")
        column.addWidget(heading)
        for row in rows:
            column.addWidget(row)

    def narrow(self, wanted: str) -> bool:
        """Show what matches only; whether anything does. The title of the page matches too."""
        in_title = wanted.casefold().strip() in self.title.casefold()
        shown = [row for row in self.rows if in_title or row.matches(wanted)]
        for row in self.rows:
            row.setVisible(row in shown)
        self.setVisible(bool(shown))
        return bool(shown)


def _below(text: str, parent: QWidget) -> QWidget:
    label = wrapped(text, "tertiary", parent)
    label.setContentsMargins(27, 0, 0, 4)
    return label


def _words_in(widget: QWidget) -> str:
    parts = [widget, *widget.findChildren(QWidget)]
    said = {part.accessibleName() for part in parts} | {
        part.accessibleDescription() for part in parts
    }
    return " " + " ".join(said).casefold()
