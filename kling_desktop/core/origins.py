"""Which server a job belongs to, and the client for it. Jobs never go to another one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kling_desktop.core.ports import FalCalls
from kling_desktop.fal import addresses
from kling_desktop.fal.hosts import Hosts, is_loopback, origin_of, parse_address
from kling_desktop.records.job import REHEARSAL_ORIGIN, Job, MadeBy, Request

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.core.rehearsal import Rehearsal
    from kling_desktop.fal.storage import Uploaded

REHEARSAL_KEY = "rehearsal:rehearsal"

Connect = Callable[[Hosts, Callable[[], str | None]], Awaitable[FalCalls]]
"""Opens a client for these hosts that asks for the key at each request."""


class Origins:
    """The two servers of a running program: the simulator, and fal or whatever stands for it."""

    def __init__(
        self,
        hosts: Hosts,
        key: Callable[[], str | None],
        connect: Connect,
        rehearsal: Rehearsal,
    ) -> None:
        self._hosts = hosts
        self.fal_origin = hosts.origin
        """What jobs that cost money are sent to now."""
        self._key = key
        self._connect = connect
        self._rehearsal = rehearsal
        self._fal: FalCalls | None = None
        self._simulated: tuple[str, FalCalls] | None = None
        self._connecting = asyncio.Lock()
        self._was_rehearsing = False

    def origin_for(self, made_by: MadeBy) -> str:
        """Where a new job goes."""
        return REHEARSAL_ORIGIN if made_by is MadeBy.REHEARSAL else self.fal_origin

    def is_configured(self, origin: str) -> bool:
        """Whether jobs of that origin can go on in this run of the program."""
        return origin in {REHEARSAL_ORIGIN, self.fal_origin}

    def has_key(self) -> bool:
        """Whether there is a key for fal."""
        return self._key() is not None

    def key_mark(self) -> int | None:
        """Tells two keys apart without showing either; None where there is none."""
        key = self._key()
        return None if key is None else hash(key)

    async def client(self, origin: str) -> FalCalls:
        """The client for an origin; the simulator is started first where it is needed.

        Raises SimulatorSilentError, and KeyError for an origin that is not configured.
        """
        if not self.is_configured(origin):
            raise KeyError(origin)
        address = await self._rehearsal_address() if origin == REHEARSAL_ORIGIN else ""
        async with self._connecting:
            if origin == REHEARSAL_ORIGIN:
                return await self._simulator_at(address)
            if self._fal is None:
                self._fal = await self._connect(self._hosts, self._key)
            return self._fal

    async def request_of(self, job: Job) -> Request:
        """The addresses of a job's request, for a simulator where it listens now."""
        if job.request is None:
            raise KeyError(job.job_id)
        if job.origin != REHEARSAL_ORIGIN:
            return job.request
        return await self.rebuilt(job.origin, job.endpoint_id, job.request.request_id)

    async def rebuilt(self, origin: str, endpoint_id: str, request_id: str) -> Request:
        """A request from nothing but its ids."""
        return addresses.rebuilt(await self._hosts_of(origin), endpoint_id, request_id)

    async def localized(self, origin: str, url: str) -> str:
        """A file's address as it is; one at a simulator is led to where it listens now."""
        if origin != REHEARSAL_ORIGIN:
            return url
        parsed = parse_address(url)
        if parsed is None or not is_loopback(parsed):
            return url
        return url.replace(origin_of(parsed), await self._rehearsal_address(), 1)

    async def upload(
        self,
        origin: str,
        path: Path,
        name: str,
        content_type: str,
        progress: Callable[[int], None],
    ) -> Uploaded:
        """Brings a file to an origin. Raises FalError."""
        client = await self.client(origin)
        return await client.storage.upload(path, name, content_type, progress)

    def was_rehearsing(self) -> bool:
        """Whether anybody needed the simulator since this was asked last."""
        was, self._was_rehearsing = self._was_rehearsing, False
        return was

    async def rest(self) -> None:
        """No rehearsal is open: the simulator may end. It comes back when it is needed."""
        await self._rehearsal.stop()

    async def close(self) -> None:
        """Closes every connection and ends the simulator."""
        clients = [self._fal, self._simulated[1] if self._simulated else None]
        self._fal = self._simulated = None
        await asyncio.gather(
            self._rehearsal.close(),
            *(client.aclose() for client in clients if client is not None),
        )

    async def _rehearsal_address(self) -> str:
        self._was_rehearsing = True
        return await self._rehearsal.address()

    async def _hosts_of(self, origin: str) -> Hosts:
        if origin == REHEARSAL_ORIGIN:
            return Hosts.single(await self._rehearsal_address())
        return self._hosts

    async def _simulator_at(self, address: str) -> FalCalls:
        if self._simulated is not None and self._simulated[0] == address:
            return self._simulated[1]
        if self._simulated is not None:
            await self._simulated[1].aclose()
        client = await self._connect(Hosts.single(address), lambda: REHEARSAL_KEY)
        self._simulated = (address, client)
        return client
