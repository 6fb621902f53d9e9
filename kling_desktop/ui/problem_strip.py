"""A problem in its place: what happened, why, what to do, with the ways out as links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kling_desktop.records.problem import Remedy, Severity
from kling_desktop.ui import words
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.labels import wrapped
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from kling_desktop.records.problem import Problem


@dataclass(frozen=True, slots=True)
class WayOut:
    """One link of the strip."""

    key: str
    text: str


class ProblemStrip(QFrame):
    """One problem that stays until it is solved or taken back. `acted` carries the way out.

    Remedies that a problem names come first by themselves, with the remedy's word as key.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        set_role(self, "card-alert")
        self._icon = IconLabel("circle-alert", "error", self)
        self._what = wrapped(role="body", parent=self)
        self._why = wrapped(role="secondary", parent=self)
        self._links = FlowLayout(across=12, down=2)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._what)
        column.addWidget(self._why)
        column.addLayout(self._links)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 10, 9)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What is shown now."""
        return self._problem

    def show_problem(self, problem: Problem | None, ways_out: tuple[WayOut, ...] = ()) -> None:
        """Show a problem with further ways out; None takes the strip away."""
        self._problem = problem
        self._links.clear()
        if problem is None:
            self.hide()
            return
        said = words.say(problem)
        is_warning = problem.severity is Severity.WARNING
        self._icon.show_icon(
            "triangle-alert" if is_warning else "circle-alert", "warn" if is_warning else "error"
        )
        set_role(self, "card" if is_warning else "card-alert")
        self._what.setText(said.what)
        rest = " ".join(part for part in (said.why, said.do) if part)
        self._why.setText(rest)
        self._why.setVisible(bool(rest))
        self.setAccessibleName(said.text)
        for way in (*_remedy(problem), *ways_out):
            self._add_link(way)
        if problem.details:
            self._add_link(WayOut("copy_details", self.tr("Copy details")))
        self.show()

    def _add_link(self, way: WayOut) -> None:
        link = QPushButton(way.text, self)
        set_role(link, "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: self._act(way.key))
        self._links.addWidget(link)

    def _act(self, key: str) -> None:
        if key == "copy_details" and self._problem is not None:
            QGuiApplication.clipboard().setText(words.say_details(self._problem))
        self.acted.emit(key)


def _remedy(problem: Problem) -> tuple[WayOut, ...]:
    text = remedy_text(problem.remedy)
    return (WayOut(problem.remedy.value, text),) if text else ()


def remedy_text(remedy: Remedy) -> str:
    """What the one-click way out is called; empty where there is none."""
    translate = QCoreApplication.translate
    texts = {
        Remedy.NONE: "",
        Remedy.CONVERT: translate("Remedy", "Convert it"),
        Remedy.SHRINK: translate("Remedy", "Make it smaller"),
        Remedy.CROP: translate("Remedy", "Crop it"),
        Remedy.SHORTEN: translate("Remedy", "Shorten it"),
        Remedy.ENTER_KEY: translate("Remedy", "Enter a key"),
        Remedy.OPEN_BILLING: translate("Remedy", "Open fal billing"),
        Remedy.CHOOSE_FOLDER: translate("Remedy", "Choose a folder"),
        Remedy.RETRY: translate("Remedy", "Try again"),
    }
    return texts.get(remedy, "")
