"""Asks for the key when real work first needs it, and says plainly where it will be kept."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from kling_desktop.records.server import FAL
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.labels import fit_to_text, wrapped
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from kling_desktop.records.server import Server

_SETTLED = 350
"""Milliseconds without a keystroke after which a key is checked; a paste is one keystroke."""
_SHORTEST = 16


class KeyCheckView(StrEnum):
    """What is known of the key in the field."""

    NOTHING = "nothing"
    CHECKING = "checking"
    WORKS = "works"
    REFUSED = "refused"
    UNCHECKED = "unchecked"


class KeyDialog(QDialog):
    """Shown with `open()`. The key leaves it by signal only and is wiped at once.

    `check_asked` wants a free call made with the key; answer with `show_check`. `entered` carries
    the key and whether to keep it in the keyring.
    """

    check_asked = Signal(str)
    entered = Signal(str, bool)
    page_asked = Signal()
    """Wants fal's page of keys opened."""

    def __init__(self, parent: QWidget | None = None, server: Server = FAL) -> None:
        super().__init__(parent)
        self._server = server
        self.setWindowTitle(server.named(self.tr("Key for fal")))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._check = KeyCheckView.NOTHING
        self._field = QLineEdit(self)
        self._state_icon = IconLabel("key-round", "secondary", self)
        self._state = wrapped(role="secondary", parent=self)
        self._keep = QRadioButton(self.tr("Keep it in the system keyring"), self)
        self._session = QRadioButton(self.tr("Only for this session"), self)
        self._where = wrapped(role="tertiary", parent=self)
        self._use = QPushButton(self.tr("Use this key"), self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED)
        self._settled.timeout.connect(self._ask_check)
        self._lay()
        self._tie()
        self.show_keyring("")
        self.show_check(KeyCheckView.NOTHING)

    def show_keyring(self, name: str, trouble: str = "") -> None:
        """Say which keyring answers; without a name none does, and `trouble` says why."""
        self._keep.setEnabled(not trouble)
        (self._session if trouble else self._keep).setChecked(True)
        if trouble:
            said = self.tr("{trouble} The key can be used for this session only.")
            self._where.setText(said.format(trouble=trouble))
        else:
            said = self.tr("{keyring} keeps it, locked with your login. Never a file, never a log.")
            self._where.setText(said.format(keyring=name or self.tr("The keyring of this system")))

    def show_check(self, check: KeyCheckView, words: str = "") -> None:
        """Say what the free call found; `words` adds why."""
        self._check = check
        picture, ink, said = self._said(check)
        self._state_icon.show_icon(picture, ink)
        self._state.setText(self._server.named(f"{said} {words}".strip()))
        may_use = check in {KeyCheckView.WORKS, KeyCheckView.UNCHECKED}
        self._use.setEnabled(may_use)
        self._use.setDefault(may_use)

    def showEvent(self, event: QShowEvent) -> None:
        fit_to_text(self, 66)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._wipe()
        super().hideEvent(event)

    def _wipe(self) -> None:
        self._settled.stop()
        self._field.blockSignals(True)
        # Not clear(): that could be undone.
        self._field.setText("")
        self._field.blockSignals(False)
        self.show_check(KeyCheckView.NOTHING)

    def _changed(self) -> None:
        self.show_check(KeyCheckView.NOTHING)
        self._settled.start()

    def _ask_check(self) -> None:
        key = self._field.text().strip()
        if len(key) >= _SHORTEST:
            self.show_check(KeyCheckView.CHECKING)
            self.check_asked.emit(key)

    def _enter(self) -> None:
        key, keep = self._field.text().strip(), self._keep.isChecked()
        self._wipe()
        self.accept()
        self.entered.emit(key, keep)

    def _said(self, check: KeyCheckView) -> tuple[str, str, str]:
        texts = {
            KeyCheckView.NOTHING: (
                "key-round",
                "secondary",
                self.tr("It is checked as soon as it is here, by a call that costs nothing."),
            ),
            KeyCheckView.CHECKING: ("loader", "secondary", self.tr("Checking the key…")),
            KeyCheckView.WORKS: ("circle-check", "ok", self.tr("fal knows this key.")),
            KeyCheckView.REFUSED: ("circle-x", "error", self.tr("fal refuses this key.")),
            KeyCheckView.UNCHECKED: (
                "circle-help",
                "warn",
                self.tr("The key could not be checked. You can use it all the same."),
            ),
        }
        return texts[check]

    def _tie(self) -> None:
        self._field.textChanged.connect(self._changed)
        self._use.clicked.connect(self._enter)

    def _lay(self) -> None:
        self._dress_field()
        label = QLabel(self.tr("Paste your key"), self)
        set_role(label, "label")
        label.setBuddy(self._field)
        intro = self.tr(
            "Real work is made by fal.ai and paid from your account there. The key says whose."
        )
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        keeping = QButtonGroup(self)
        keeping.addButton(self._keep)
        keeping.addButton(self._session)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(wrapped(self._server.named(intro), "body", self))
        column.addSpacing(4)
        column.addWidget(label)
        column.addWidget(self._field)
        column.addLayout(state)
        column.addSpacing(6)
        column.addWidget(self._keep)
        column.addWidget(self._session)
        column.addWidget(self._where)
        column.addSpacing(6)
        column.addLayout(self._buttons())

    def _dress_field(self) -> None:
        hints = Qt.InputMethodHint
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(self._server.named(self.tr("Key for fal")))
        self._field.setPlaceholderText(self.tr("Two parts with a colon between them"))
        self._field.setInputMethodHints(
            hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhHiddenText
        )
        self._field.setMaxLength(512)

    def _buttons(self) -> FlowLayout:
        cancel = QPushButton(self.tr("Not now"), self)
        set_role(cancel, "quiet")
        set_role(self._use, "outlined")
        cancel.clicked.connect(self.reject)
        cancel.setAutoDefault(False)
        line = FlowLayout(across=10, down=8)
        line.addWidget(self._use)
        line.addWidget(cancel)
        if self._server.is_official:
            line.addWidget(self._page_button())
        return line

    def _page_button(self) -> QPushButton:
        page = QPushButton(self.tr("Get a key at fal"), self)
        set_role(page, "link")
        page.clicked.connect(self.page_asked)
        page.setAutoDefault(False)
        return page
