"""Problems in words below what they belong to, each with its one-click way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kling_desktop.records.problem import Problem, Remedy, Severity
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence


def remedy_text(remedy: Remedy) -> str:
    """What stands on the button, or nothing where the form cannot offer one."""
    texts = {
        Remedy.CONVERT: QCoreApplication.translate("ProblemLines", "Convert it"),
        Remedy.SHRINK: QCoreApplication.translate("ProblemLines", "Shrink it"),
        Remedy.CROP: QCoreApplication.translate("ProblemLines", "Crop it"),
        Remedy.SHORTEN: QCoreApplication.translate("ProblemLines", "Shorten it"),
        Remedy.ENTER_KEY: QCoreApplication.translate("ProblemLines", "Enter key"),
        Remedy.RETRY: QCoreApplication.translate("ProblemLines", "Try again"),
    }
    return texts.get(remedy, "")


class ProblemLines(QWidget):
    """One line each; nothing at all while there is no problem."""

    remedy_wanted = Signal(object)
    """The Problem whose button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def problems(self) -> tuple[Problem, ...]:
        """What is shown."""
        return self._problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Replace all lines."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for problem in self._problems:
            self._column.addWidget(self._line(problem))
        self.setVisible(bool(self._problems))

    def words(self) -> str:
        """All of it as one text, for the accessible description."""
        return " ".join(_sentences(problem) for problem in self._problems)

    def _line(self, problem: Problem) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        role, ink = _look(problem.severity)
        row.addWidget(IconLabel("triangle-alert", ink), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_wrapped(_sentences(problem), role))
        text = remedy_text(problem.remedy)
        if text:
            words.addWidget(self._button(text, problem), 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        return line

    def _button(self, text: str, problem: Problem) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleDescription(_sentences(problem))
        set_role(button, "link")
        button.clicked.connect(lambda: self.remedy_wanted.emit(problem))
        return button


def _look(severity: Severity) -> tuple[str, str]:
    return ("problem", "error") if severity is Severity.ERROR else ("warning", "warn")


def _sentences(problem: Problem) -> str:
    said = say(problem)
    return " ".join(part for part in (said.what, said.why, said.do) if part)


def _wrapped(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
    set_role(label, role)
    return label
