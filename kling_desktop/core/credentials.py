"""The key: where it comes from, where it is kept, and who may see it.

A key typed for this session wins over FAL_KEY, that over FAL_KEY_ID with FAL_KEY_SECRET, that over
the keyring. It lives in memory and in the system's keyring, nowhere else.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from psygnal import Signal

from kling_desktop.core.file_problems import KEY_MALFORMED
from kling_desktop.core.keyrings import Keyring, KeyringAnswer, KeyringState
from kling_desktop.core.telling import tell
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from kling_desktop.core.settings import SettingsStore

OpenKeyring = Callable[[str], Keyring]
"""Given the name of the keyring that holds the key, or nothing."""

_PASTED_ALONG = " \t\r\n\"'`;,\u200b\u200c\u200d\u2060\ufeff\u00a0"
_BEFORE_A_KEY = ("export ", "authorization:", "fal_key=", "fal_key:", "key ")


class KeySource(StrEnum):
    """Where the key in use came from."""

    NONE = "none"
    SESSION = "session"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class KeyState:
    """What a person may see of the key."""

    source: KeySource
    fingerprint: str = ""
    """The last four characters of the id part; never of the secret."""
    keyring: KeyringState = KeyringState.NOT_ASKED
    keyring_name: str = ""
    differs: bool = False
    """The environment's key is used although the keyring holds another one."""


@dataclass(slots=True)
class _Keys:
    session: str | None = field(default=None, repr=False)
    environment: str | None = field(default=None, repr=False)
    keyring: str | None = field(default=None, repr=False)


class Credentials:
    """Owns the key."""

    changed = Signal(KeyState)

    def __init__(
        self,
        open_keyring: OpenKeyring,
        settings: SettingsStore,
        environment: MutableMapping[str, str] | None,
        *,
        reads_keyring: bool = True,
    ) -> None:
        """`environment` is read once and cleaned of the key; None reads nothing at all."""
        self._reads_keyring = reads_keyring
        self._open_keyring = open_keyring
        self._settings = settings
        self._keys = _Keys(environment=_from_environment(environment))
        self._keyring: Keyring | None = None
        self._keyring_state = KeyringState.NOT_ASKED
        self._wish = 0
        """Counts what the person wished: an answer to an older wish no longer counts."""

    def key(self) -> str | None:
        """The key in use, `id:secret`."""
        return self._keys.session or self._keys.environment or self._keys.keyring

    def secrets(self) -> tuple[str, ...]:
        """Every key known, for whoever has to keep them out of a text."""
        keys = (self._keys.session, self._keys.environment, self._keys.keyring)
        return tuple(key for key in keys if key)

    @property
    def state(self) -> KeyState:
        """What a person may see."""
        keys = self._keys
        return KeyState(
            self._source(),
            _fingerprint(self.key()),
            self._keyring_state,
            self._settings.current.keyring_name,
            differs=not keys.session
            and keys.environment is not None
            and keys.keyring not in {None, keys.environment},
        )

    @property
    def is_asking(self) -> bool:
        """Whether the keyring may still come up with the key that was stored there."""
        may_come = self._reads_keyring and self._settings.current.has_stored_key
        is_open = self._keyring_state in {KeyringState.NOT_ASKED, KeyringState.ASKING}
        return may_come and is_open and self.key() is None

    async def answered(self, seconds: float) -> None:
        """Waits, but not longer than that, while `is_asking`."""
        changed = asyncio.Event()

        def note(_state: KeyState) -> None:
            changed.set()

        self.changed.connect(note)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while self.is_asking:
                        changed.clear()
                        await changed.wait()
        finally:
            self.changed.disconnect(note)

    async def load(self) -> None:
        """Asks the keyring, if a key was ever stored there. May wait for the system's prompt.

        A prompt that is answered after we went on counts all the same.
        """
        settings = self._settings.current
        if self._reads_keyring and settings.has_stored_key and self._keys.keyring is None:
            wish = self._begin()
            self._loaded(wish, await self._ring().get(lambda late: self._loaded(wish, late)))
        elif self._reads_keyring and settings.keyring_name and not settings.has_stored_key:
            await self._take_out()
        else:
            self._tell()

    def use_for_session(self, text: str) -> None:
        """This key until the program ends. Raises ProblemError where it cannot be one."""
        key = cleaned(text)
        self._wish += 1
        self._keys.session = key
        if self._keyring_state is KeyringState.ASKING:
            self._keyring_state = KeyringState.NOT_ASKED
        self._tell()

    async def store(self, text: str) -> KeyringState:
        """Keeps the key in the keyring and uses it; where that fails, only for this session.

        It is in use at once, while the system may still be asking to unlock the keyring.
        Raises ProblemError where it cannot be a key.
        """
        key = cleaned(text)
        wish = self._begin(key)
        ring = self._ring()
        state = await ring.set(key, lambda late: self._stored(wish, key, late.state))
        self._stored(wish, key, state)
        return state

    async def forget(self) -> None:
        """Takes the key out of the keyring and out of memory; FAL_KEY stays as long as we run.

        A keyring that does not answer is remembered, and cleaned when it is there again.
        """
        self._keys.session = self._keys.keyring = None
        if self._settings.current.has_stored_key or self._keyring is not None:
            await self._take_out()
        else:
            self._wish += 1
            self._tell()

    def _begin(self, session: str | None = None) -> int:
        self._wish += 1
        self._keys.session = session or self._keys.session
        self._keyring_state = KeyringState.ASKING
        self._tell()
        return self._wish

    async def _take_out(self) -> None:
        wish = self._begin()
        self._settings.change(has_stored_key=False)
        state = await self._ring().delete(lambda late: self._taken_out(wish, late.state))
        self._taken_out(wish, state)

    def _loaded(self, wish: int, answer: KeyringAnswer) -> None:
        if wish != self._wish:
            return
        self._keyring_state = answer.state
        if answer.state is KeyringState.READY:
            self._keys.keyring = _key_in(answer.key or "")
            if answer.key is None:
                self._settings.change(has_stored_key=False, keyring_name="")
        self._tell()

    def _stored(self, wish: int, key: str, state: KeyringState) -> None:
        if state is KeyringState.READY:
            # What the keyring holds is so whatever the person has wished since.
            self._settings.change(has_stored_key=True, keyring_name=self._ring().name)
        if wish != self._wish:
            return
        self._keyring_state = state
        if state is KeyringState.READY:
            self._keys.keyring = key
            is_other = self._keys.environment not in {None, key}
            self._keys.session = key if is_other else None
        self._tell()

    def _taken_out(self, wish: int, state: KeyringState) -> None:
        if state is KeyringState.READY:
            self._settings.change(has_stored_key=False, keyring_name="")
        if wish == self._wish:
            self._keyring_state = state
            self._tell()

    def _ring(self) -> Keyring:
        if self._keyring is None:
            self._keyring = self._open_keyring(self._settings.current.keyring_name)
        return self._keyring

    def _tell(self) -> None:
        tell(self.changed, self.state)

    def _source(self) -> KeySource:
        if self._keys.session:
            return KeySource.SESSION
        if self._keys.environment:
            return KeySource.ENVIRONMENT
        return KeySource.KEYRING if self._keys.keyring else KeySource.NONE


def cleaned(text: str) -> str:
    """The key without what people paste along with it.

    fal's keys are `id:secret` (fal authentication docs). Raises ProblemError for anything else.
    """
    key, before = text.strip(_PASTED_ALONG), ""
    while key != before:
        before = key
        for start in _BEFORE_A_KEY:
            if key.lower().startswith(start):
                key = key[len(start) :].strip(_PASTED_ALONG)
    name, _, secret = key.partition(":")
    is_plain = key.isascii() and key.isprintable() and " " not in key
    if not name or not secret or not is_plain:
        raise ProblemError(KEY_MALFORMED())
    return key


def hide_from_children(environment: MutableMapping[str, str]) -> tuple[str, str, str]:
    """Takes FAL_KEY, FAL_KEY_ID and FAL_KEY_SECRET out, so that no child process inherits them."""
    return (
        environment.pop("FAL_KEY", ""),
        environment.pop("FAL_KEY_ID", ""),
        environment.pop("FAL_KEY_SECRET", ""),
    )


def environment_of_process() -> MutableMapping[str, str]:
    """The environment, which children inherit, so that the key is taken out of it."""
    return os.environ


def credentials_for(settings: SettingsStore, *, reads_nothing: bool) -> Credentials:
    """The owner of the key, with the system's keyring; FAL_KEY is hidden from children always.

    `reads_nothing` is for the demo, which takes a key from nowhere but the person.
    """
    environment = environment_of_process()
    if not reads_nothing:
        return Credentials(Keyring, settings, environment)
    hide_from_children(environment)
    return Credentials(Keyring, settings, None, reads_keyring=False)


def _from_environment(environment: MutableMapping[str, str] | None) -> str | None:
    if environment is None:
        return None
    whole, name, secret = hide_from_children(environment)
    return _key_in(whole) or (_key_in(f"{name}:{secret}") if name and secret else None)


def _key_in(text: str) -> str | None:
    try:
        return cleaned(text)
    except ProblemError:
        return None


def _fingerprint(key: str | None) -> str:
    return "" if key is None else "…" + key.partition(":")[0][-4:]
