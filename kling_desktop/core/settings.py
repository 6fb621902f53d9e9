"""Preferences: one frozen record, kept as JSON, applied at once. Never a secret."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person can set. Empty texts mean "as the program thinks best"."""

    clips_folder: str = ""
    """Where clips are saved; empty is the Videos folder."""
    name_template: str = "{title}_{take}"
    """How clips are named."""
    theme: str = "system"
    """system, light or dark."""
    text_percent: int = 100
    """90 to 150."""
    surround: str = "dark"
    """Behind pictures: black, dark or mid."""
    uploads: str = "ask"
    """When pictures leave the computer: ask (not yet decided), drop, generate, private."""
    ask_above_usd: str = "5.00"
    """An order above this sum asks once; empty never asks."""
    loop: bool = True
    """Clips start again at their end."""
    volume: int = 80
    """0 to 100."""
    muted: bool = False
    notify: bool = True
    """Say in the system's notifications that clips are ready."""
    reduced_motion: bool = False
    more_open: bool = False
    """Whether the fields of second rank are unfolded."""
    sending_paused: bool = False
    """Whether the person paused sending, over a restart too."""
    said_fal_goes_on: bool = False
    """Whether closing with work at fal was explained."""
    menu_offered: bool = False
    """Whether the entry in the system's menu was offered."""
    keyring_name: str = ""
    """Which keyring holds the key, to explain it when that keyring does not answer. Set without
    `has_stored_key`, it holds one that was to be forgotten and could not be taken out yet."""
    has_stored_key: bool = False
    intention_order: str = ""
    """The tiles in the person's order, their keys with blanks between; empty is the usual one."""
    favorite_models: str = ""
    """Endpoint ids with blanks between, the first chosen first."""
    recent_models: str = ""
    """Endpoint ids with blanks between, the last used first."""


_WORDS: dict[str, tuple[str, ...]] = {
    "theme": ("system", "light", "dark"),
    "surround": ("black", "dark", "mid"),
    "uploads": ("ask", "drop", "generate", "private"),
}
_BOUNDS: dict[str, tuple[int, int]] = {"text_percent": (90, 150), "volume": (0, 100)}


class SettingsStore:
    """Reads and writes the record, and tells those who asked. For one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unknown: dict[str, Any] = {}
        self._listeners: list[Callable[[Settings], None]] = []
        self.trouble = ""
        """Why the last change is not on the disk; it holds until the program ends all the same."""
        self.current = self._read()

    def subscribe(self, listener: Callable[[Settings], None]) -> Callable[[], None]:
        """Calls `listener` with the whole record after each change; returns what ends that."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def change(self, **changes: object) -> None:
        """Replaces these values, on disk before anybody hears of it.

        A disk that refuses takes nothing from the person's choice: it holds for this run, and
        `trouble` says why it is not kept. Raises ValueError for a value that cannot be.
        """
        for name, value in changes.items():
            if not _can_be(name, value):
                raise ValueError(f"{name} cannot be {value!r}")
        changed = dataclasses.replace(self.current, **changes)  # type: ignore[arg-type]  # our names
        if changed == self.current and not self.trouble:
            return
        self._keep(changed)
        self.current = changed
        for listener in list(self._listeners):
            listener(self.current)

    def _read(self) -> Settings:
        try:
            data = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            self._set_aside()
            return Settings()
        known = Settings.__slots__
        self._unknown = {name: value for name, value in data.items() if name not in known}
        good: dict[str, Any] = {
            name: value for name, value in data.items() if name in known and _can_be(name, value)
        }
        return Settings(**good)

    def _keep(self, settings: Settings) -> None:
        try:
            self._write(settings)
        except OSError as error:
            import logging

            self.trouble = error.strerror or type(error).__name__
            logging.getLogger(__name__).warning("the preferences are not kept: %s", self.trouble)
        else:
            self.trouble = ""

    def _write(self, settings: Settings) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        data = {**self._unknown, **dataclasses.asdict(settings)}
        with part.open("w", encoding="utf-8") as file:
            json.dump(data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)

    def _set_aside(self) -> None:
        """What cannot be read may still be mended by hand."""
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_suffix(".unreadable"))


def _can_be(name: str, value: object) -> bool:
    """Whether a setting can have that value, be it from a file that somebody wrote into."""
    if type(value) is not type(getattr(Settings(), name)):
        return False
    if isinstance(value, int) and name in _BOUNDS:
        least, most = _BOUNDS[name]
        return least <= value <= most
    if isinstance(value, str) and name in _WORDS:
        return value in _WORDS[name]
    if isinstance(value, str) and name == "ask_above_usd":
        return not value or _is_sum(value)
    return True


def _is_sum(text: str) -> bool:
    from decimal import Decimal, InvalidOperation

    try:
        amount = Decimal(text)
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0
