"""The system's keyring, asked directly and never through keyring's own choice of back end.

That choice would take a plaintext file without a word, chain several stores, or load code that
an environment variable names. Only the stores of the desktop systems themselves are let in.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from threading import Lock, Thread
from types import MappingProxyType
from typing import Protocol, cast

SERVICE = "kling_desktop"
ACCOUNT = "fal"
PATIENCE = 60.0
"""Seconds that a prompt of the system may stay open before we go on without it."""

ALLOWED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "darwin": ("keyring.backends.macOS.Keyring",),
        "win32": ("keyring.backends.Windows.WinVaultKeyring",),
        "linux": (
            "keyring.backends.SecretService.Keyring",
            "keyring.backends.kwallet.DBusKeyring",
            "keyring.backends.libsecret.Keyring",
        ),
    }
)

_FOREIGN_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("jeepney.io.common", "RouterClosed"),
    ("dbus.exceptions", "DBusException"),
    ("gi.repository.GLib", "Error"),
    ("pywintypes", "error"),
)
"""What the back ends let through of the libraries below them."""


class KeyringState(StrEnum):
    """How the keyring answered."""

    NOT_ASKED = "not_asked"
    ASKING = "asking"
    """A prompt of the system may be open."""
    READY = "ready"
    MISSING = "missing"
    LOCKED = "locked"
    SILENT = "silent"
    """A prompt was open longer than we wait; the answer may still come."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KeyringAnswer:
    """What a question to the keyring gave."""

    state: KeyringState
    key: str | None = field(default=None, repr=False)


Late = Callable[[KeyringAnswer], None]
"""Hears of an answer that came after we had gone on without it."""


class Backend(Protocol):
    """What keyring's back ends have in common."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


Question = Callable[[Backend], str | None]


class Keyring:
    """One allow-listed back end. Its calls block while a prompt of the system is open, so each has
    a thread of its own, one after another, and the loop never waits longer than `patience`."""

    def __init__(
        self,
        kept_in: str = "",
        *,
        patience: float = PATIENCE,
        allowed: tuple[str, ...] | None = None,
    ) -> None:
        """`kept_in` is the `name` of the keyring that holds the key, where that is known."""
        self._allowed = ALLOWED.get(sys.platform, ALLOWED["linux"]) if allowed is None else allowed
        self._patience = patience
        self._backend: Backend | None = None
        self._one_at_a_time = Lock()
        self.name = kept_in if kept_in in self._allowed else ""

    async def get(self, late: Late | None = None) -> KeyringAnswer:
        """The stored key, if any."""
        return await self._ask(lambda backend: backend.get_password(SERVICE, ACCOUNT), late)

    async def set(self, key: str, late: Late | None = None) -> KeyringState:
        """Stores the key, and reads it back: some back ends only pretend."""

        def store(backend: Backend) -> str | None:
            backend.set_password(SERVICE, ACCOUNT, key)
            return backend.get_password(SERVICE, ACCOUNT)

        return (await self._ask(store, late, lambda found: found == key, anywhere=True)).state

    async def delete(self, late: Late | None = None) -> KeyringState:
        """Takes the key out, and looks that it is gone."""

        def remove(backend: Backend) -> str | None:
            if backend.get_password(SERVICE, ACCOUNT) is not None:
                backend.delete_password(SERVICE, ACCOUNT)
            return backend.get_password(SERVICE, ACCOUNT)

        return (await self._ask(remove, late, lambda found: found is None)).state

    async def _ask(
        self,
        question: Question,
        late: Late | None,
        is_good: Callable[[str | None], bool] = lambda _found: True,
        *,
        anywhere: bool = False,
    ) -> KeyringAnswer:
        # A daemon thread: one that hangs in a prompt holds up nothing, not even the program's end.
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[KeyringAnswer] = loop.create_future()

        def tell(answer: KeyringAnswer) -> None:
            if not answered.done():
                answered.set_result(answer)
            elif late is not None:
                late(answer)

        def ask() -> None:
            answer = KeyringAnswer(KeyringState.REFUSED)
            try:
                with self._one_at_a_time:
                    answer = self._answer(question, is_good, anywhere=anywhere)
            finally:
                # The loop may have ended meanwhile.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(tell, answer)

        Thread(target=ask, name="keyring", daemon=True).start()
        try:
            async with asyncio.timeout(self._patience):
                return await answered
        except TimeoutError:
            return KeyringAnswer(KeyringState.SILENT)

    def _answer(
        self, question: Question, is_good: Callable[[str | None], bool], *, anywhere: bool
    ) -> KeyringAnswer:
        from keyring import errors

        try:
            backend = self._backend or self._found(anywhere=anywhere)
            if backend is None:
                return KeyringAnswer(KeyringState.MISSING)
            found = question(backend)
        except _locked(errors.KeyringLocked):
            return KeyringAnswer(KeyringState.LOCKED)
        except (errors.InitError, errors.NoKeyringError):
            return KeyringAnswer(KeyringState.MISSING)
        except _trouble(errors.KeyringError):
            return KeyringAnswer(KeyringState.REFUSED)
        if not is_good(found):
            return KeyringAnswer(KeyringState.REFUSED)
        return KeyringAnswer(KeyringState.READY, found)

    def _found(self, *, anywhere: bool) -> Backend | None:
        """The keyring that holds the key; for a new key any other one serves as well."""
        places = [self.name] if self.name else []
        if anywhere or not places:
            places += [place for place in self._allowed if place != self.name]
        for place in places:
            backend = _opened(place)
            if backend is not None:
                self._backend, self.name = backend, place
                return backend
        return None


def _opened(place: str) -> Backend | None:
    """The back end, if it is installed and its keyring is there or can be started."""
    module, _, name = place.rpartition(".")
    try:
        kind = getattr(import_module(module), name)
        is_there = kind.priority > 0
    except ImportError:
        return None
    except _trouble():
        return None
    return cast("Backend", kind()) if is_there else None


def _locked(*more: type[BaseException]) -> tuple[type[BaseException], ...]:
    return (*more, *_errors("secretstorage.exceptions", "LockedException"))


def _trouble(*more: type[BaseException]) -> tuple[type[BaseException], ...]:
    foreign = [error for place in _FOREIGN_ERRORS for error in _errors(*place)]
    return (RuntimeError, OSError, ValueError, EOFError, AttributeError, *more, *foreign)


def _errors(module: str, name: str) -> Iterator[type[BaseException]]:
    """An error's class, if its library is in use at all."""
    found = getattr(sys.modules.get(module), name, None)
    if isinstance(found, type) and issubclass(found, BaseException):
        yield found
