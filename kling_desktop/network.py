"""What the engine asks of the network, answered by fal's client and by the built-in simulator.

A part of the composition root: core says what it needs, and this is where fal is put in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kling_desktop.core.folders import Folders
    from kling_desktop.core.live_prices import PriceSources
    from kling_desktop.core.settings import SettingsStore
    from kling_desktop.fal.client import Fal
    from kling_desktop.fal.platform import KeyCheck
    from kling_desktop.fal.storage import Uploaded

MOST_FETCHED = 250_000_000
"""Bytes of a picture that was dropped as an address."""


class Network:
    """The ways out of this computer: fal or what stands for it, and the built-in simulator."""

    def __init__(
        self,
        folders: Folders,
        settings: SettingsStore,
        key: Callable[[], str | None],
        address: str | None,
    ) -> None:
        """`address` is a server that stands for fal; None is fal itself."""
        from kling_desktop.core.origins import Origins
        from kling_desktop.core.rehearsal import Rehearsal, simulator_command
        from kling_desktop.fal.client import Fal
        from kling_desktop.fal.hosts import Hosts

        command = simulator_command(folders.rehearsal, added=folders.models)
        rehearsal = Rehearsal(command, folders.logs / "simulator.log")
        self._hosts = Hosts.single(address) if address else Hosts.official()
        self._open = Fal.open
        self._settings = settings
        self.origins = Origins(self._hosts, key, Fal.open, rehearsal)

    async def send(
        self,
        origin: str,
        path: Path,
        name: str,
        content_type: str,
        progress: Callable[[int], None],
    ) -> Uploaded:
        """Uploads one file."""
        from kling_desktop.core.submit_edits import PRIVATE_SECONDS

        client = cast("Fal", await self.origins.client(origin))
        private = self._settings.current.uploads == "private"
        lifetime = PRIVATE_SECONDS if private else None
        return await client.storage.upload(path, name, content_type, progress, lifetime=lifetime)

    async def is_there(self, origin: str, url: str) -> bool:
        """Whether a file that an origin made can still be fetched, without a key."""
        client = cast("Fal", await self.origins.client(origin))
        return await client.files.is_there(await self.origins.localized(origin, url))

    async def fal(self) -> Fal:
        """The client for real work."""
        return cast("Fal", await self.origins.client(self.origins.fal_origin))

    def prices(self) -> PriceSources:
        """Whom to ask for prices."""
        from kling_desktop.core.clock import SystemClock
        from kling_desktop.core.live_prices import PriceSources

        return PriceSources(
            origin=self.origins.fal_origin,
            connect=self.fal,
            has_key=self.origins.has_key,
            clock=SystemClock(),
        )

    async def fetch(self, url: str, target: Path) -> None:
        """Fetches a picture from the web, without a key."""
        from kling_desktop.fal.files import Limits

        client = await self.fal()
        await client.files.download(url, target, limits=Limits(most_bytes=MOST_FETCHED))

    async def check_key(self, key: str) -> KeyCheck:
        """Asks what the server thinks of a key, which costs nothing."""
        client = await self._open(self._hosts, lambda: key)
        try:
            return await client.platform.check_key()
        finally:
            await client.aclose()
