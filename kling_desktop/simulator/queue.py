"""The queue: requests wait, start when it is their turn, are worked on and completed."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import Enum
from math import ceil
from typing import TYPE_CHECKING, Any, Protocol

from uuid6 import uuid7

from kling_desktop.simulator.clock import Clock, rfc3339
from kling_desktop.simulator.requests import Ending, LogEntry, QueuedRequest, RequestFolder, Status

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from kling_desktop.simulator.settings import Settings

_LOGS_KEPT = 200
_DAY = 86_400.0


class Maker(Protocol):
    """Works on a request; `log` may be called from the event loop only."""

    async def make(self, request: QueuedRequest, log: Callable[[str], None]) -> Ending:
        """Ends with whatever the request has earned, good or bad."""
        ...


class CancelWord(Enum):
    """What came of a wish to cancel."""

    REMOVED = "removed"
    REQUESTED = "requested"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a submit asks for."""

    endpoint_id: str
    account: str
    body: Mapping[str, Any]
    start_timeout: float | None = None
    keep_payload: bool = True


class Queue:
    """All requests of all accounts."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        folder: RequestFolder,
        maker: Maker,
        survive: Callable[[Awaitable[Ending]], Awaitable[Ending]],
    ) -> None:
        self._settings, self._clock, self._folder = settings, clock, folder
        self._maker, self._survive = maker, survive
        self._requests: dict[str, QueuedRequest] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._turns: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(settings.concurrency)
        )
        self._gates = {status: asyncio.Event() for status in Status}
        for gate in self._gates.values():
            gate.set()
        self._changed = asyncio.Event()
        self._next_endings: list[Ending] = []
        self._bodies: Counter[str] = Counter()

    def start(self) -> None:
        """Takes up what the folder remembers; what was under way begins again."""
        kept_from = self._clock.now() - self._settings.keep_days * _DAY
        for request in sorted(self._folder.load(kept_from), key=lambda one: one.number):
            self._requests[request.request_id] = request
            self._bodies[request.body_mark] += 1
            if request.status is Status.COMPLETED:
                continue
            self._put(replace(request, status=Status.IN_QUEUE, started_at=None, logs=()))
            self._set_off(request.request_id)

    async def stop(self) -> None:
        """Leaves everything as it is on disk."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tell()

    def submit(self, wish: Submission) -> QueuedRequest:
        """Takes a request in. It is on disk when this returns."""
        now = self._clock.now()
        request = QueuedRequest(
            request_id=str(uuid7()),
            number=max((one.number for one in self._requests.values()), default=-1) + 1,
            endpoint_id=wish.endpoint_id,
            account=wish.account,
            body=wish.body,
            take=0,
            sent_at=now,
            ready_at=now + self._clock.real_seconds(self._settings.queue_seconds),
            start_before=None if wish.start_timeout is None else now + wish.start_timeout,
            keep_payload=wish.keep_payload,
        )
        self._put(replace(request, take=self._bodies[request.body_mark]))
        self._bodies[request.body_mark] += 1
        self._set_off(request.request_id)
        return self._requests[request.request_id]

    def find(self, request_id: str) -> QueuedRequest | None:
        """A request, while its result is kept."""
        found = self._requests.get(request_id)
        if found is None or found.ended_at is None:
            return found
        kept_from = self._clock.now() - self._settings.keep_days * _DAY
        return found if found.ended_at > kept_from else None

    def all(self) -> tuple[QueuedRequest, ...]:
        """Every request, oldest first."""
        return tuple(self._requests.values())

    def position(self, request: QueuedRequest) -> int:
        """How many stand ahead: those of this queue, and the other people's, who go on."""
        ahead = sum(
            one.status is Status.IN_QUEUE and one.number < request.number
            for one in self._requests.values()
        )
        left = max(0.0, request.ready_at - self._clock.now())
        whole = self._clock.real_seconds(self._settings.queue_seconds) or 1.0
        return ahead + ceil(self._settings.others_ahead * min(1.0, left / whole))

    def waiting(self, endpoint_id: str) -> int:
        """How many wait at an endpoint."""
        return sum(
            one.endpoint_id == endpoint_id and one.status is Status.IN_QUEUE
            for one in self._requests.values()
        )

    def cancel(self, request_id: str) -> CancelWord:
        """In the queue it is removed; a running one goes on, as partners' models do."""
        request = self._requests[request_id]
        if request.status is Status.COMPLETED:
            return CancelWord.TOO_LATE
        if request.status is Status.IN_PROGRESS:
            self._log(request_id, "A stop was asked for; the model runs on.")
            return CancelWord.REQUESTED
        self._tasks[request_id].cancel()
        self._end(request_id, _CANCELLED)
        return CancelWord.REMOVED

    def hold(self, status: Status | None) -> None:
        """Keeps every request from leaving a state, until this is called with another or None."""
        for one, gate in self._gates.items():
            if one is status:
                gate.clear()
            else:
                gate.set()

    def end_next_with(self, ending: Ending) -> None:
        """The next request that is worked on ends with this, and nothing is made for it."""
        self._next_endings.append(ending)

    async def change(self, seconds: float) -> bool:
        """Waits until any request changed; False where none did in that time."""
        changed = self._changed
        try:
            async with asyncio.timeout(seconds):
                await changed.wait()
        except TimeoutError:
            return False
        return True

    def _set_off(self, request_id: str) -> None:
        task = asyncio.create_task(self._live(request_id), name=f"request {request_id}")
        self._tasks[request_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(request_id, None))

    async def _live(self, request_id: str) -> None:
        request = self._requests[request_id]
        limit = None if request.start_before is None else request.start_before - self._clock.now()
        turn = self._turns[request.account]
        try:
            async with asyncio.timeout(None if limit is None else max(0.0, limit)):
                await self._wait_for_start(request, turn)
        except TimeoutError:
            self._end(request_id, _NOT_STARTED)
            return
        try:
            await self._work(request_id)
        finally:
            turn.release()

    async def _wait_for_start(self, request: QueuedRequest, turn: asyncio.Semaphore) -> None:
        await turn.acquire()
        try:
            await asyncio.sleep(max(0.0, request.ready_at - self._clock.now()))
            await self._gates[Status.IN_QUEUE].wait()
        except BaseException:
            turn.release()
            raise

    async def _work(self, request_id: str) -> None:
        started = replace(
            self._requests[request_id], status=Status.IN_PROGRESS, started_at=self._clock.now()
        )
        self._put(started)
        if self._next_endings:
            ending = self._next_endings.pop(0)
        else:
            ending = await self._survive(
                self._maker.make(started, lambda text: self._log(request_id, text))
            )
        await self._gates[Status.IN_PROGRESS].wait()
        self._end(request_id, ending)

    def _end(self, request_id: str, ending: Ending) -> None:
        self._put(
            replace(
                self._requests[request_id],
                status=Status.COMPLETED,
                ended_at=self._clock.now(),
                ending=ending,
            )
        )

    def _log(self, request_id: str, message: str) -> None:
        request = self._requests[request_id]
        entry = LogEntry(message=message, timestamp=rfc3339(self._clock.now()))
        self._requests[request_id] = replace(request, logs=(*request.logs, entry)[-_LOGS_KEPT:])
        self._tell()

    def _put(self, request: QueuedRequest) -> None:
        self._folder.save(request)
        self._requests[request.request_id] = request
        self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


_CANCELLED = Ending(
    status=499,
    body={"detail": "Request cancelled by the client.", "error_type": "client_cancelled"},
    headers={"X-Fal-Error-Type": "client_cancelled"},
    error="Request cancelled by the client.",
    error_type="client_cancelled",
)
_NOT_STARTED = Ending(
    status=504,
    body={"detail": "Request did not start in time.", "error_type": "startup_timeout"},
    headers={"X-Fal-Error-Type": "startup_timeout", "X-Fal-Request-Timeout-Type": "user"},
    error="Request did not start in time.",
    error_type="startup_timeout",
)
