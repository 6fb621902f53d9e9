"""Asks once, before the first real send, when pictures may leave this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from kling_desktop.records.server import FAL
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.labels import fit_to_text, wrapped
from kling_desktop.ui.settings.fields import Choice
from kling_desktop.ui.settings.pages import upload_options
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from kling_desktop.records.server import Server

_PROPOSED = "drop"


class ConsentDialog(QDialog):
    """Shown with `open()`. `decided` carries drop, generate or private."""

    decided = Signal(str)

    def __init__(self, parent: QWidget | None = None, server: Server = FAL) -> None:
        super().__init__(parent)
        self._server = server
        self.setWindowTitle(self.tr("Before anything is sent"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._value = _PROPOSED
        self._choice = Choice(self.tr("Pictures are uploaded"), upload_options(), self)
        self._choice.chosen.connect(self._choose)
        self._choice.show_value(_PROPOSED)
        self._agree = QPushButton(self.tr("Agree and send"), self)
        self._later = QPushButton(self.tr("Not now"), self)
        self._lay()
        self._agree.clicked.connect(self.accept)
        self._later.clicked.connect(self.reject)
        self.accepted.connect(lambda: self.decided.emit(self._value))

    def showEvent(self, event: QShowEvent) -> None:
        fit_to_text(self, 66)
        super().showEvent(event)

    def _choose(self, value: str) -> None:
        self._value = value

    def _whereto(self) -> str:
        if self._server.is_official:
            return self.tr(
                "For real work your pictures and your words go to fal.ai,"
                " which passes them to Kling."
            )
        words = self.tr("For real work your pictures and your words go to {server}.")
        return words.format(server=self._server.name)

    def _so_far(self) -> str:
        return self.tr("Until now nothing has left this computer. When may pictures be uploaded?")

    def _lay(self) -> None:
        text = f"{self._whereto()} {self._so_far()}"
        later = self.tr("You can change this under Preferences, Sending.")
        set_role(self._agree, "outlined")
        set_role(self._later, "quiet")
        self._agree.setDefault(True)
        self._later.setAutoDefault(False)
        line = FlowLayout(across=10, down=8)
        line.addWidget(self._agree)
        line.addWidget(self._later)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapped(text, "body", self))
        column.addWidget(self._choice)
        column.addWidget(wrapped(later, "tertiary", self))
        column.addLayout(line)
