"""The fields of second rank, behind one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import counted


class MoreButton(QPushButton):
    """ "More, 2 fields". It also tells how many of them are not as they come."""

    toggled_by_person = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._is_open = False
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_role(self, "tab")
        self.clicked.connect(lambda: self.toggled_by_person.emit(not self._is_open))
        self.show_open(is_open=False)

    def show_open(self, *, is_open: bool) -> None:
        """Point the arrow."""
        self._is_open = is_open
        self.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        self.setAccessibleDescription(self.tr("Shown") if is_open else self.tr("Folded away"))

    def show_count(self, count: int, changed: int) -> None:
        """How many fields there are, and how many of them a person set."""
        text = counted(count, "More, %n field", "More, %n fields", "MoreButton")
        if changed:
            text = self.tr("{more} · {count} set").format(more=text, count=changed)
        self.setText(text)
        self.setVisible(count > 0)


class Rank(QWidget):
    """Holds the rows of one rank. Put together out of sight: far cheaper than in the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def add(self, row: QWidget) -> None:
        """One more row at the end."""
        self._column.addWidget(row)
