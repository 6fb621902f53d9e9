"""Back ends for a Keyring that do what a test wants, where no real store can be made to."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

PLACE = "planted_back_end.Kind"


@dataclass(slots=True)
class Store:
    """What the back end holds, and how it behaves."""

    held: str | None = None
    priority: float = 5
    keeps: bool = True
    """False: it pretends to store, as keyring's null back end."""
    clings: bool = False
    """True: it pretends to delete."""
    raises: BaseException | None = None
    is_open: threading.Event = field(default_factory=threading.Event)
    """Calls wait for it, as for the answer to a prompt."""
    calls: list[str] = field(default_factory=list)

    def get_password(self, _service: str, _username: str) -> str | None:
        """As keyring's."""
        self._begin("get")
        return self.held

    def set_password(self, _service: str, _username: str, password: str) -> None:
        """As keyring's."""
        self._begin("set")
        if self.keeps:
            self.held = password

    def delete_password(self, _service: str, _username: str) -> None:
        """As keyring's."""
        self._begin("delete")
        if not self.clings:
            self.held = None

    def _begin(self, call: str) -> None:
        self.calls.append(call)
        self.is_open.wait(20)
        if self.raises is not None:
            raise self.raises


def planted(monkeypatch: pytest.MonkeyPatch, place: str = PLACE) -> Store:
    """A store, open, that a Keyring finds at `place`."""
    store = Store()
    store.is_open.set()
    module, _, name = place.rpartition(".")
    made = ModuleType(module)
    setattr(made, name, _kind(lambda: store))
    monkeypatch.setitem(sys.modules, module, made)
    return store


def _kind(store: Callable[[], Store]) -> object:
    class Kind:
        """Called like a back end's class."""

        @property
        def priority(self) -> float:
            """As keyring's."""
            return store().priority

        def __call__(self) -> Store:
            return store()

    return Kind()
