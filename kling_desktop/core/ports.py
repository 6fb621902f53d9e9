"""What the engine needs of a client to fal, so that a scripted one can stand in for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.fal.outcomes import CancelOutcome, ResultOutcome, Status, SubmitOutcome
    from kling_desktop.fal.platform import HistoryRow, Unavailable
    from kling_desktop.fal.queue import SubmitOptions
    from kling_desktop.fal.storage import Uploaded
    from kling_desktop.records.job import Request
    from kling_desktop.records.json_values import Values

Progress = Callable[[int, int | None], None]
"""Bytes so far, and of how many, where that is known."""


class QueueCalls(Protocol):
    """The queue."""

    async def submit(
        self, endpoint_id: str, body: Values, *, options: SubmitOptions | None = ...
    ) -> SubmitOutcome:
        """The one POST."""
        ...

    async def status(self, request: Request, *, logs: bool = ...) -> Status:
        """Raises FalError."""
        ...

    async def result(self, request: Request) -> ResultOutcome:
        """Raises FalError for trouble that should be tried again."""
        ...

    async def cancel(self, request: Request) -> CancelOutcome:
        """Raises FalError."""
        ...


class FileCalls(Protocol):
    """Downloads."""

    async def download(
        self, url: str, part: Path, *, progress: Progress = ..., expected_size: int | None = ...
    ) -> object:
        """Fills `part`, going on where it stopped. Raises FalError."""
        ...


class StorageCalls(Protocol):
    """Uploads."""

    async def upload(
        self, path: Path, name: str, content_type: str, progress: Callable[[int], None] = ...
    ) -> Uploaded:
        """Raises FalError."""
        ...


class PlatformCalls(Protocol):
    """The account's own records."""

    async def requests_by_endpoint(
        self, endpoint_id: str, start: float
    ) -> tuple[HistoryRow, ...] | Unavailable:
        """Requests sent since `start` (Unix seconds). Raises FalError."""
        ...


class FalCalls(Protocol):
    """All of it."""

    @property
    def queue(self) -> QueueCalls:
        """The queue."""
        ...

    @property
    def files(self) -> FileCalls:
        """Downloads."""
        ...

    @property
    def storage(self) -> StorageCalls:
        """Uploads."""
        ...

    @property
    def platform(self) -> PlatformCalls:
        """The account's own records."""
        ...

    async def aclose(self) -> None:
        """Closes every connection."""
        ...
