"""The page of Preferences about the key: where it comes from, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kling_desktop.ui.labels import wrapped
from kling_desktop.ui.settings.fields import Page, Row
from kling_desktop.ui.style import set_role


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """What may be said of the key; never the key."""

    source: str = "none"
    """none, session, environment or keyring."""
    fingerprint: str = ""
    keyring_words: str = ""
    """The keyring by its name, or why none answers."""
    note: str = ""
    """A further sentence, as when environment and keyring hold different keys."""


class KeyPage(QObject):
    """`change_asked` opens the dialog; `forget_asked` takes the key out of keyring and memory."""

    change_asked = Signal()
    forget_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = wrapped(role="body", parent=parent)
        self._note = wrapped(role="warning", parent=parent)
        self._change = QPushButton(parent)
        self._forget = QPushButton(self.tr("Forget the key"), parent)
        for button in (self._change, self._forget):
            set_role(button, "quiet")
        self._change.clicked.connect(self.change_asked)
        self._forget.clicked.connect(self.forget_asked)
        buttons = QHBoxLayout()
        buttons.addWidget(self._change)
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        help_key = self.tr(
            "A key typed for this session comes first, then FAL_KEY of the environment,"
            " then the keyring. Rehearsal never uses a key."
        )
        self.page = Page(
            self.tr("Key"),
            (
                Row(self.tr("The key for real work"), self._said, help_key),
                Row("", self._note),
                Row("", buttons),
            ),
            parent,
        )
        self.show_key(KeyView())

    def show_key(self, key: KeyView) -> None:
        """Show where the key comes from."""
        self._said.setText(source_words(key))
        self._note.setText(key.note)
        self._note.setVisible(bool(key.note))
        has_key = key.source != "none"
        text = self.tr("Change the key…") if has_key else self.tr("Enter a key…")
        self._change.setText(text)
        self._change.setAccessibleName(text)
        self._forget.setEnabled(key.source in {"session", "keyring"})


def source_words(key: KeyView) -> str:
    """Where the key comes from, in a sentence with its fingerprint."""
    from kling_desktop.ui.words import translate

    texts = {
        "none": translate("Key", "There is no key. It is asked for when real work needs it."),
        "session": translate("Key", "Typed for this session; gone when the program ends."),
        "environment": translate("Key", "From the environment variable FAL_KEY."),
        "keyring": translate("Key", "From the system keyring."),
    }
    said = texts.get(key.source, "")
    if key.fingerprint:
        said += " " + translate("Key", "It ends in {end}.").format(end=key.fingerprint)
    if key.keyring_words:
        said += " " + key.keyring_words
    return said
