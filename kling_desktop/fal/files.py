"""Downloads: from any media host into a `.part` file, resumed where it broke off, without a key."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.fal.answers import Inflate
from kling_desktop.fal.arrival import (
    Arrival,
    arrival_of,
    goes_on,
    range_headers,
    range_of,
    raw_chunks,
    redirect_target,
    refusal_of,
)
from kling_desktop.fal.dispatch import Call, Dispatch
from kling_desktop.fal.errors import (
    AnswerLost,
    FalError,
    FileTooLarge,
    Unintelligible,
    Unreachable,
)
from kling_desktop.fal.held_file import held
from kling_desktop.fal.part_file import Origin, PartFile
from kling_desktop.fal.problems import (
    DOWNLOAD_CUT,
    DOWNLOAD_STALLED,
    FILE_TOO_LARGE,
    UNINTELLIGIBLE,
)
from kling_desktop.fal.retry import DOWNLOADS, delay_before_next
from kling_desktop.fal.verdicts import host_in

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from kling_desktop.fal.hosts import Hosts

log = logging.getLogger(__name__)

BATCH = 1 << 20
"""Bytes gathered before a worker thread writes them."""
_BATCH_WITHIN = 0.25
_HEADWAY = 64 << 10
"""Bytes that make an attempt count as one that got somewhere."""
_REFUSAL_BYTES = 2000
_REFUSAL_WITHIN = 10.0
_LOOK_WITHIN = 10.0
_RENEWALS = 30
"""At most so often is one window's deadline moved: each move costs a timer."""

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes and seconds beyond which a download is given up."""

    most_bytes: int = 5 << 30
    most_redirects: int = 3
    first_byte_within: float = 120.0
    """fal's CDN holds a read back while the file is still arriving there (fal CDN docs)."""
    window: float = 30.0
    least_in_window: int = 30 << 10
    """Less than this in one window is a standstill, however the drops are spread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A whole file. Syncing it to the disk and giving it its name are the caller's."""

    size: int
    content_type: str
    """As the host says, often wrong; empty where it says nothing."""
    length_proven: bool
    """False: the host never said how long it is, so only its content can tell that it is whole."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What is being fetched, with what limits, and who hears of it."""

    url: str
    progress: Progress
    limits: Limits


class Files:
    """Downloads through the client that has no key. The caller bounds how many run at once."""

    def __init__(self, hosts: Hosts, media: Dispatch, limits: Limits | None = None) -> None:
        self._hosts = hosts
        self._media = media
        self._limits = limits or Limits()

    async def download(
        self,
        url: str,
        part: Path,
        *,
        progress: Progress = lambda _done, _total: None,
        expected_size: int | None = None,
        limits: Limits | None = None,
    ) -> Downloaded:
        """Fetches a file into `part`, going on with what is there if it is the same file.

        `progress` hears bytes so far and the whole size where it is known. `expected_size` only
        serves to ask for room beforehand. On success `part` is whole, though not
        synced to the disk; otherwise it stays, to be resumed, with a `.from` file beside it. What
        the bytes are is not looked at: that is the caller's to do by their magic.
        Raises AddressRefused, LinkGone, FileTooLarge, DiskFull, FolderRefused, or Unreachable once
        several attempts in a row made no headway.
        """
        self._hosts.media_address(url)
        order = _Order(url, progress, limits or self._limits)
        async with held(lambda: PartFile(part)) as file:
            await asyncio.to_thread(file.require_room, (expected_size or 0) - file.size)
            return await self._persistently(order, file)

    async def is_there(self, url: str) -> bool:
        """Whether the file can be fetched now: one byte is asked for, without the key.

        False also where nobody can tell: the address is refused, or its host does not answer.
        """
        try:
            return await self._answers(url)
        except (FalError, TimeoutError) as error:
            log.info("no look at a file: %s", type(error).__name__)
            return False

    async def _answers(self, url: str) -> bool:
        at = ""
        for _ in range(self._limits.most_redirects + 1):
            at = str(self._hosts.media_address(url, relative_to=at))
            headers = {"Range": "bytes=0-0", "Accept-Encoding": "identity"}
            call = Call(method="GET", url=at, headers=headers, within=_LOOK_WITHIN)
            async with self._media.opened(call) as response:
                target = redirect_target(response)
                if target is None:
                    return response.status_code in {200, 206}
            url = target
        return False

    async def _persistently(self, order: _Order, file: PartFile) -> Downloaded:
        failures = 0
        while True:
            before = file.size
            try:
                return await self._attempt(order, file)
            except Unreachable as error:
                failures = 1 if file.size - before >= _HEADWAY else failures + 1
                chance = self._media.timing.chance()
                delay = delay_before_next(DOWNLOADS, failures, error, chance)
                if delay is None:
                    raise
                log.info("download broke at byte %d: %s", file.size, error.problem.code)
            await self._media.timing.sleep(delay)

    async def _attempt(self, order: _Order, file: PartFile) -> Downloaded:
        async with self._opened(order, file) as response:
            arrival = arrival_of(response, order.url)
            if arrival is None:
                return await self._without_file(response, file)
            await self._make_ready(order, file, arrival)
            await self._receive(order, file, arrival, response)
        total = file.origin.total if file.origin else arrival.total
        if total is not None and file.size < total:
            raise AnswerLost(DOWNLOAD_CUT(got=file.size, all=total))
        await asyncio.to_thread(file.seal)
        return Downloaded(
            size=file.size, content_type=arrival.content_type, length_proven=arrival.proven
        )

    @contextlib.asynccontextmanager
    async def _opened(self, order: _Order, file: PartFile) -> AsyncIterator[httpx.Response]:
        """The answer after redirects, each of which must point to an address that may be used."""
        url = str(self._hosts.media_address(order.url))
        for _ in range(order.limits.most_redirects + 1):
            async with self._media.opened(self._call(url, order, file)) as response:
                target = redirect_target(response)
                if target is None:
                    yield response
                    return
            url = str(self._hosts.media_address(target, relative_to=url))
        problem = UNINTELLIGIBLE(host=host_in(url), details="too many redirects")
        raise Unintelligible(problem)

    def _call(self, url: str, order: _Order, file: PartFile) -> Call:
        return Call(
            method="GET",
            url=url,
            headers=range_headers(file.origin, order.url, file.size),
            within=order.limits.first_byte_within,
            # A timer for every chunk would cost more than the chunk.
            pause=None,
        )

    async def _without_file(self, response: httpx.Response, file: PartFile) -> Downloaded:
        """An answer that brings no bytes: there is nothing left to fetch, or something is wrong."""
        if response.status_code in {206, 416} and file.size:
            total = range_of(response)[1]
            if response.status_code == 416 and total == file.size:
                await asyncio.to_thread(file.seal)
                return Downloaded(size=file.size, content_type="", length_proven=True)
            await asyncio.to_thread(file.begin, Origin(""))
            raise AnswerLost(DOWNLOAD_CUT(got=0, all=total or 0))
        body = b""
        async with asyncio.timeout(_REFUSAL_WITHIN):
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) >= _REFUSAL_BYTES:
                    break
        raise refusal_of(response, body, self._media.timing.now())

    async def _make_ready(self, order: _Order, file: PartFile, arrival: Arrival) -> None:
        if arrival.total is not None and arrival.total > order.limits.most_bytes:
            raise _too_large(order)
        if goes_on(arrival, file.origin, file.size):
            await asyncio.to_thread(file.go_on)
        else:
            await asyncio.to_thread(file.begin, arrival.origin)
            if arrival.offset:
                raise AnswerLost(DOWNLOAD_CUT(got=0, all=arrival.total or 0))
        await asyncio.to_thread(file.require_room, (arrival.total or 0) - file.size)

    async def _receive(
        self, order: _Order, file: PartFile, arrival: Arrival, response: httpx.Response
    ) -> None:
        inflate = Inflate(arrival.coding, host_in(arrival.url))
        intake = _Intake(order, file, arrival.total)
        try:
            async with asyncio.timeout(order.limits.first_byte_within) as patience:
                async for chunk in raw_chunks(response):
                    for piece in inflate.pieces(chunk):
                        await intake.take(piece)
                    intake.renew(patience)
        except TimeoutError as error:
            raise AnswerLost(DOWNLOAD_STALLED(host=host_in(arrival.url))) from error
        finally:
            await intake.write()


class _Intake:
    """Gathers chunks, writes them in batches off the event loop, and notices a standstill."""

    def __init__(self, order: _Order, file: PartFile, total: int | None) -> None:
        self._order = order
        self._file = file
        self._total = total
        self._time = asyncio.get_running_loop().time
        self._waiting: list[bytes] = []
        self._gathered = 0
        self._written_at = self._time()
        self._renew_from = 0.0
        self._since_renewal = order.limits.least_in_window
        """The first byte begins the first window."""

    async def take(self, piece: bytes) -> None:
        self._waiting.append(piece)
        self._gathered += len(piece)
        self._since_renewal += len(piece)
        if self._file.size + self._gathered > self._order.limits.most_bytes:
            raise _too_large(self._order)
        if self._gathered >= BATCH or self._time() - self._written_at >= _BATCH_WITHIN:
            await self.write()

    def renew(self, patience: asyncio.Timeout) -> None:
        """A new window begins each time enough has come, but not for every chunk."""
        now, limits = self._time(), self._order.limits
        if self._since_renewal < limits.least_in_window or now < self._renew_from:
            return
        patience.reschedule(now + limits.window)
        self._renew_from, self._since_renewal = now + limits.window / _RENEWALS, 0

    async def write(self) -> None:
        if not self._waiting:
            return
        pieces, self._waiting, self._gathered = self._waiting, [], 0
        await asyncio.to_thread(self._file.write, pieces)
        self._written_at = self._time()
        self._order.progress(self._file.size, self._total)


def _too_large(order: _Order) -> FileTooLarge:
    most = round(order.limits.most_bytes / (1 << 30), 1)
    return FileTooLarge(FILE_TOO_LARGE(most=most))
