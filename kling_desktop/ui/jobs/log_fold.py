"""What fal or the simulator said about a job, unfolded below its row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.jobs.link_button import LinkButton, is_new_look, small_font
from kling_desktop.ui.jobs.row import Verb

_MOST_LINES = 9


class LogFold(QWidget):
    """Text to read and to copy. New lines do not move what is being read."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(small_font())
        self._text.setAccessibleName(self.tr("Log"))
        self._copy = LinkButton(self.tr("Copy details"), self)
        self._copy.clicked.connect(lambda: self.asked.emit(Verb.COPY_DETAILS.value))
        self._close = LinkButton(self.tr("Close"), self)
        self._close.clicked.connect(lambda: self.asked.emit(Verb.SHOW_LOG.value))
        links = FlowLayout(across=14, down=2)
        links.addWidget(self._copy)
        links.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addLayout(links)
        self.show_lines(())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops."""
        return (self._text, self._copy, self._close)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show the log; stays at its end if it was there."""
        text = "\n".join(lines) or self.tr("Nothing was said about it yet.")
        if text == self._text.toPlainText():
            return
        bar = self._text.verticalScrollBar()
        at, was_at_end = bar.value(), bar.value() >= bar.maximum()
        self._text.setPlainText(text)
        bar.setValue(bar.maximum() if was_at_end else at)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._text.setFont(small_font())
            self._fit()

    def _fit(self) -> None:
        lines = self._text.toPlainText().count("\n") + 1
        shown = min(max(lines + 1, 3), _MOST_LINES)
        line = QFontMetrics(self._text.font()).lineSpacing()
        self._text.setFixedHeight(line * shown + 16)
