"""The key at work: asked for when it is needed, checked, kept where the person says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.settings.key_dialog import KeyCheckView, KeyDialog
from kling_desktop.ui.settings.key_page import KeyView
from kling_desktop.ui.status_strip import Tone
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kling_desktop.core.credentials import KeyState
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.server import Server

translate = QCoreApplication.translate

KEY_PAGE = "https://fal.ai/dashboard/keys"
_NAMES = {
    "SecretService": "Secret Service",
    "libsecret": "Secret Service",
    "kwallet": "KWallet",
    "macOS": "Keychain",
    "Windows": "Credential Manager",
}


class Keys(QObject):
    """Asks for the key, and tells in words where it comes from."""

    said = Signal(str)
    """That the key is kept otherwise than was wished."""

    def __init__(self, window: QWidget, server: Server) -> None:
        super().__init__(window)
        self._window, self._server = window, server
        self._studio: Studio | None = None
        self._dialog: KeyDialog | None = None

    @property
    def server(self) -> Server:
        """Whose key it is."""
        return self._server

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def ask(self) -> None:
        """Shows the dialog; whatever waits for a key goes on when one is there."""
        if self._studio is None:
            return
        if self._dialog is None:
            self._dialog = KeyDialog(self._window, self._server)
            self._dialog.check_asked.connect(self._check)
            self._dialog.entered.connect(self._enter)
            self._dialog.page_asked.connect(lambda: QDesktopServices.openUrl(QUrl(KEY_PAGE)))
        state = self._studio.credentials.state
        self._dialog.show_keyring(keyring_name(state.keyring_name), keyring_trouble(state))
        self._dialog.open()

    def forget(self) -> None:
        """Takes the key out of keyring and memory."""
        if self._studio is not None:
            self._studio.tasks.spawn(self._studio.credentials.forget(), "forget the key")

    def view(self) -> KeyView:
        """What Preferences may say of the key."""
        if self._studio is None:
            return KeyView()
        state = self._studio.credentials.state
        words = keyring_trouble(state) or keyring_name(state.keyring_name)
        note = self.tr("FAL_KEY and the keyring hold different keys.") if state.differs else ""
        return KeyView(
            source=state.source.value,
            fingerprint=state.fingerprint,
            keyring_words=words,
            note=note,
        )

    def _check(self, key: str) -> None:
        if self._studio is not None:
            self._studio.tasks.spawn(self._check_now(key), "check the key")

    async def _check_now(self, key: str) -> None:
        from kling_desktop.core.credentials import cleaned

        studio, dialog = self._studio, self._dialog
        if studio is None or dialog is None:
            return
        try:
            found = await studio.check_key(cleaned(key))
        except ProblemError as error:
            dialog.show_check(KeyCheckView.REFUSED, say(error.problem).text)
            return
        words = say(found.problem).why if found.problem else ""
        views = {
            "valid": KeyCheckView.WORKS,
            "refused": KeyCheckView.REFUSED,
            "unchecked": KeyCheckView.UNCHECKED,
        }
        dialog.show_check(views[found.verdict.value], words)

    def _enter(self, key: str, keep: bool) -> None:
        if self._studio is not None:
            self._studio.tasks.spawn(self._take(key, keep=keep), "take the key")

    async def _take(self, key: str, *, keep: bool) -> None:
        if self._studio is None:
            return
        if keep:
            await self._studio.credentials.store(key)
            trouble = keyring_trouble(self._studio.credentials.state)
            if trouble:
                words = self.tr("{trouble} The key is used until the program ends.")
                self.said.emit(words.format(trouble=trouble))
        else:
            self._studio.credentials.use_for_session(key)


def keyring_name(place: str) -> str:
    """A back end by the name that people know."""
    for part, name in _NAMES.items():
        if part in place:
            return name
    return ""


def keyring_trouble(state: KeyState) -> str:
    """Why the keyring does not keep the key; empty where it does or was not asked."""
    match state.keyring.value:
        case "missing":
            return translate("Keys", "No keyring answers on this computer.")
        case "locked":
            return translate("Keys", "The keyring is locked.")
        case "silent":
            return translate("Keys", "The keyring did not answer.")
        case "refused":
            return translate("Keys", "The keyring did not keep the key.")
        case _:
            return ""


def state_words(state: KeyState, server: str, *, is_asking: bool = False) -> tuple[Tone, str]:
    """What the foot of the window says about real work; the keyring may still be asked."""
    sources = {
        "session": translate("Keys", "{server} · key for this session"),
        "environment": translate("Keys", "{server} · key from FAL_KEY"),
        "keyring": translate("Keys", "{server} · key from the system keyring"),
    }
    if state.source.value in sources:
        return Tone.OK, sources[state.source.value].format(server=server)
    if is_asking or state.keyring.value == "asking":
        words = translate("Keys", "{server} · waiting for your keyring")
        return Tone.WAITING, words.format(server=server)
    words = translate("Keys", "{server} · no key yet, asked for with the first real clip")
    return Tone.WAITING, words.format(server=server)
