"""What stands in the library while no clip does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kling_desktop.ui.style import set_role


class EmptyLibrary(QWidget):
    """Says what will stand here, or that nothing matches and how to see all again."""

    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._words, "secondary")
        self._all = QPushButton(self.tr("Show all clips"), self)
        set_role(self._all, "link")
        self._all.clicked.connect(self.all_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.show_first()

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops."""
        return [self._all]

    def show_first(self) -> None:
        """No clip was made yet."""
        self._words.setText(self.tr("Your clips appear here, the newest first."))
        self._all.hide()

    def show_no_match(self, search: str) -> None:
        """There are clips, none of which match."""
        if search:
            short = search if len(search) <= 60 else search[:60] + "…"
            self._words.setText(self.tr("No clip matches “{search}”.").format(search=short))
        else:
            self._words.setText(self.tr("No clip has that many stars."))
        self._all.show()
