"""fal, whole: the queue, storage, files and platform of one server, over three clients."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kling_desktop.fal.connections import (
    API_CONNECTIONS,
    MEDIA_CONNECTIONS,
    SUBMIT_CONNECTIONS,
    Connections,
    NetworkOptions,
    Transports,
    open_connections,
)
from kling_desktop.fal.dispatch import Dispatch
from kling_desktop.fal.documents import Documents
from kling_desktop.fal.files import Files
from kling_desktop.fal.platform import Platform
from kling_desktop.fal.queue import Queue
from kling_desktop.fal.storage import Storage
from kling_desktop.fal.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.fal.hosts import Hosts


class Fal:
    """Everything that can be asked of one server. Open it with `await Fal.open(…)`."""

    def __init__(
        self,
        hosts: Hosts,
        key: Callable[[], str | None],
        connections: Connections,
        timing: Timing | None = None,
    ) -> None:
        def secrets() -> tuple[str, ...]:
            known = key()
            return (known,) if known else ()

        clock = timing or Timing()
        api = Dispatch(connections.api, at_once=API_CONNECTIONS, timing=clock, secrets=secrets)
        submit = Dispatch(
            connections.submit, at_once=SUBMIT_CONNECTIONS, timing=clock, secrets=secrets
        )
        media = Dispatch(
            connections.media, at_once=MEDIA_CONNECTIONS, timing=clock, secrets=secrets
        )
        self.hosts = hosts
        self.queue = Queue(hosts, api, submit)
        self.storage = Storage(hosts, api, media)
        self.files = Files(hosts, media)
        self.platform = Platform(hosts, api)
        self.documents = Documents(hosts, media)
        self._connections = connections

    @classmethod
    async def open(
        cls,
        hosts: Hosts,
        key: Callable[[], str | None],
        *,
        options: NetworkOptions | None = None,
        transports: Transports | None = None,
        timing: Timing | None = None,
    ) -> Fal:
        """Builds the clients in a worker thread, since reading certificates takes some 30 ms.

        `key` is asked for at each request that needs it, so a new key works at once.
        """
        connections = await asyncio.to_thread(
            open_connections, hosts, key, options or NetworkOptions(), transports or Transports()
        )
        return cls(hosts, key, connections, timing)

    async def aclose(self) -> None:
        """Closes every connection; what is still running ends in an error."""
        await self._connections.aclose()
