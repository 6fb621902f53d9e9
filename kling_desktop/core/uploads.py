"""Uploads of inputs: each file goes to an origin once, early if wished, and its URL is kept.

An upload belongs to the input and not to a job: several jobs wait for the same one. It ends when
nobody wants it any more: neither the form nor a job.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from psygnal import Signal

from kling_desktop.core.telling import tell
from kling_desktop.records.media import MediaRef
from kling_desktop.records.problem import Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from kling_desktop.core.inputs import ToSend
    from kling_desktop.core.tasks import Tasks
    from kling_desktop.core.writer import Threads
    from kling_desktop.store.uploads import UploadStore

_log = logging.getLogger(__name__)

AT_ONCE = 3
LASTS_AT_LEAST = 3600.0
"""Seconds: a URL that ends sooner may be gone when the job that names it has its turn."""
_SHOWN_EVERY = 0.05

Key: TypeAlias = tuple[MediaRef, str]
"""An input and the origin it goes to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadState:
    """How far one input is on its way to one origin. Sizes in bytes."""

    ref: MediaRef
    origin: str
    done: int = 0
    total: int = 0
    url: str | None = None
    problem: Problem | None = None


class Uploaded(Protocol):
    """What an upload came to."""

    @property
    def url(self) -> str: ...

    @property
    def expires_at(self) -> float | None: ...


class Send(Protocol):
    """Brings a file to an origin; progress counts the bytes that the server has taken."""

    def __call__(
        self,
        origin: str,
        path: Path,
        name: str,
        content_type: str,
        progress: Callable[[int], None],
    ) -> Awaitable[Uploaded]: ...


class FilesToSend(Protocol):
    """Where the bytes to send are."""

    async def to_send(self, ref: MediaRef) -> ToSend:
        """A clean copy (upright, without location data) of the stored input."""
        ...

    def sent(self, parcel: ToSend) -> None:
        """It is not needed any more."""
        ...


class Results(Protocol):
    """Files that an origin made itself and still has."""

    async def url_of(self, ref: MediaRef, origin: str, good_until: float) -> str | None:
        """The address of one with these bytes, if there is one that lives until then."""
        ...


class Uploads:
    """One upload per input and origin at a time, a few in all, shared by everyone who waits."""

    changed = Signal(UploadState)

    def __init__(
        self,
        files: FilesToSend,
        send: Send,
        store: UploadStore,
        writer: Threads,
        tasks: Tasks,
        results: Results | None = None,
    ) -> None:
        self._files = files
        self._results = results
        self._send = send
        self._store = store
        self._writer = writer
        self._tasks = tasks
        self._running: dict[Key, asyncio.Task[str | ProblemError]] = {}
        self._waiting: Counter[Key] = Counter()
        self._early: set[Key] = set()
        self._states: dict[Key, UploadState] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    def state(self, ref: MediaRef, origin: str) -> UploadState | None:
        """What is known of that upload in this run of the program."""
        return self._states.get((ref, origin))

    def start(self, ref: MediaRef, origin: str) -> None:
        """Begins the upload now, without waiting for it; a failure is shown in its state."""
        self._early.add((ref, origin))
        self._task((ref, origin))

    def stop(self, ref: MediaRef, origin: str) -> None:
        """The form does not want it any more; it ends unless a job waits for it."""
        self._early.discard((ref, origin))
        self._end_unwanted((ref, origin))

    async def url_of(self, ref: MediaRef, origin: str) -> str:
        """The input's URL at the origin, uploading it first where needed.

        Raises ProblemError where it cannot be uploaded; the next call tries again.
        """
        key = (ref, origin)
        self._waiting[key] += 1
        try:
            task = self._task(key)
            await asyncio.wait({task})
            outcome = task.result()
        finally:
            self._waiting[key] -= 1
            self._end_unwanted(key)
        if isinstance(outcome, ProblemError):
            raise outcome.with_traceback(None)
        return outcome

    async def forget(self, ref: MediaRef, origin: str) -> None:
        """The URL no longer serves; the next job uploads, also what fal made itself."""
        await self._writer.run(self._store.forget, ref.sha256, origin)
        self._unshow((ref, origin))

    def _task(self, key: Key) -> asyncio.Task[str | ProblemError]:
        found = self._running.get(key)
        if found is None or found.done():
            found = self._tasks.spawn(self._outcome(key), f"upload {key[0].sha256[:8]}")
            self._running[key] = found
        return found

    def _end_unwanted(self, key: Key) -> None:
        if self._waiting[key] > 0:
            return
        del self._waiting[key]
        task = self._running.get(key)
        if task is not None and not task.done() and key not in self._early:
            # Let go of at once: whoever wants it from now on gets a new one.
            del self._running[key]
            task.cancel()
            self._unshow(key)

    async def _outcome(self, key: Key) -> str | ProblemError:
        try:
            return await self._url(*key)
        except ProblemError as error:
            before = self._states.get(key) or UploadState(ref=key[0], origin=key[1])
            self._show(replace(before, url=None, problem=error.problem))
            return error
        finally:
            if self._running.get(key) is asyncio.current_task():
                del self._running[key]

    async def _url(self, ref: MediaRef, origin: str) -> str:
        good_until = time.time() + LASTS_AT_LEAST
        known = await self._writer.run(self._store.url_for, ref.sha256, origin, good_until)
        if known is not None:
            self._show(UploadState(ref=ref, origin=origin, url=known))
            return known
        self._show(UploadState(ref=ref, origin=origin))
        made = await self._made_there(ref, origin, good_until)
        if made is not None:
            self._show(UploadState(ref=ref, origin=origin, url=made))
            return made
        async with self._places:
            parcel = await self._files.to_send(ref)
            try:
                return await self._upload(UploadState(ref=ref, origin=origin), parcel)
            finally:
                asyncio.get_running_loop().run_in_executor(None, self._files.sent, parcel)

    async def _made_there(self, ref: MediaRef, origin: str, good_until: float) -> str | None:
        """Where fal still has what it made itself; never again once that did not serve."""
        if self._results is None:
            return None
        if await self._writer.run(self._store.is_forgotten, ref.sha256, origin):
            return None
        return await self._results.url_of(ref, origin, good_until)

    async def _upload(self, state: UploadState, parcel: ToSend) -> str:
        state = replace(state, total=parcel.size)
        self._show(state)
        meter = _Meter(parcel.size, lambda done: self._show(replace(state, done=done)))
        try:
            sent = await self._send(
                state.origin, parcel.path, parcel.name, parcel.content_type, meter.tell
            )
        finally:
            meter.close()
        try:
            await self._writer.run(
                self._store.remember, state.ref.sha256, state.origin, sent.url, sent.expires_at
            )
        except ProblemError as error:
            _log.warning("an upload's address is not kept: %s", error)
        self._show(replace(state, done=parcel.size, url=sent.url))
        return sent.url

    def _show(self, state: UploadState) -> None:
        if self._states.get((state.ref, state.origin)) != state:
            self._states[state.ref, state.origin] = state
            tell(self.changed, state)

    def _unshow(self, key: Key) -> None:
        if self._states.pop(key, None) is not None:
            tell(self.changed, UploadState(ref=key[0], origin=key[1]))


class _Meter:
    """Progress of one upload: not more often than eyes can follow, and silent once it is over."""

    def __init__(self, total: int, show: Callable[[int], None]) -> None:
        self._total = total
        self._show = show
        self._shown, self._shown_at = 0, float("-inf")
        self._closed = False

    def tell(self, done: int) -> None:
        """So many bytes were taken; fewer than before means that it begins anew."""
        done = max(0, min(done, self._total))
        now = time.monotonic()
        is_soon = self._shown <= done < self._total and now - self._shown_at < _SHOWN_EVERY
        if self._closed or is_soon:
            return
        self._shown, self._shown_at = done, now
        self._show(done)

    def close(self) -> None:
        """What comes late does not count."""
        self._closed = True
