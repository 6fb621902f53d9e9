"""Problems in words below what they belong to, each with its one-click way out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kling_desktop.records.problem import Problem, Remedy, Severity
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.form.parts.way_words import remedy_text, way_text
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.labels import ElidedButton
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence


_ALSO = {Remedy.CROP: (Remedy.PAD, Remedy.FRAME)}
"""Other ways out that stand beside one."""


class ProblemLines(QWidget):
    """One line each; nothing at all while there is no problem."""

    remedy_wanted = Signal(object)
    """The Problem whose file is to be put right, with the remedy that the button stands for."""
    way_wanted = Signal(object)
    """The Way that was chosen."""

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
        buttons = self._buttons(problem)
        if buttons:
            words.addWidget(_side_by_side(buttons))
        row.addLayout(words, 1)
        return line

    def _buttons(self, problem: Problem) -> list[ElidedButton]:
        found: list[ElidedButton] = []
        for remedy in (problem.remedy, *_ALSO.get(problem.remedy, ())):
            wish = replace(problem, remedy=remedy)
            if text := remedy_text(wish):
                button = _button(text, problem)
                button.clicked.connect(lambda _=False, wish=wish: self.remedy_wanted.emit(wish))
                found.append(button)
        for way in problem.ways:
            button = _button(way_text(way), problem)
            button.clicked.connect(lambda _=False, way=way: self.way_wanted.emit(way))
            found.append(button)
        return found


def _button(text: str, problem: Problem) -> ElidedButton:
    button = ElidedButton(text)
    button.setAutoDefault(False)
    button.setAccessibleName(text)
    button.setAccessibleDescription(_sentences(problem))
    button.setToolTip(text)
    set_role(button, "link")
    return button


def _side_by_side(buttons: Sequence[QWidget]) -> QWidget:
    """On the next line where there is no room."""
    line = QWidget()
    flow = FlowLayout(line, across=6)
    for one in buttons:
        flow.addWidget(one)
    return line


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
