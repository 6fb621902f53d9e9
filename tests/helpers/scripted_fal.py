"""A server in memory that does what it is told, in place of the client for fal."""

from __future__ import annotations

import asyncio
import functools
import tempfile
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kling_desktop.fal import outcomes
from kling_desktop.fal.errors import FalError
from kling_desktop.fal.platform import HistoryRow, Unavailable
from kling_desktop.fal.problems import (
    BALANCE_EMPTY,
    BUSY,
    INPUT_REFUSED,
    KEY_REFUSED,
    NOT_CONNECTED,
    SUBMIT_UNCONFIRMED,
)
from kling_desktop.fal.storage import Uploaded
from kling_desktop.records.job import LogLine, Request
from tests.helpers.media_zoo import ClipPlan, numbered_clip

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.clock import Clock
    from kling_desktop.fal.queue import SubmitOptions
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaRef

ENDPOINT = "invented/model/text-to-video"
ORIGIN = "http://127.0.0.1:9"
"""Nothing listens there."""


@functools.cache
def clip_bytes() -> bytes:
    """A real clip of a few frames."""
    with tempfile.TemporaryDirectory() as folder:
        return numbered_clip(Path(folder) / "clip.mp4", ClipPlan(frames=6)).read_bytes()


class Post(StrEnum):
    """What becomes of one POST."""

    ACCEPT = "accept"
    NOT_SENT = "not_sent"
    LIMITED = "limited"
    KEY = "key"
    BALANCE = "balance"
    REFUSE = "refuse"
    LOST_BEFORE = "lost_before"
    """The connection broke and the server has nothing."""
    LOST_AFTER = "lost_after"
    """The server has it; the answer was lost."""
    HANG = "hang"
    """The server has it; the answer never comes."""


@dataclass(slots=True)
class ServerSide:
    """What the scripted server knows of one request."""

    request_id: str
    endpoint_id: str
    body: Values
    sent_at: float
    statuses: deque[outcomes.Status]
    cancelled: bool = False


@dataclass(slots=True)
class ScriptedFal:
    """A server in memory that does what it is told; what it is not told goes well."""

    clock: Clock
    posts: list[Values] = field(default_factory=list)
    """Every body that reached it."""
    requests: dict[str, ServerSide] = field(default_factory=dict)
    next_posts: deque[Post] = field(default_factory=deque)
    next_statuses: deque[outcomes.Status | Exception] = field(default_factory=deque)
    next_results: deque[outcomes.ResultOutcome | Exception] = field(default_factory=deque)
    next_cancels: deque[outcomes.CancelOutcome | Exception] = field(default_factory=deque)
    next_downloads: deque[Exception | bytes] = field(default_factory=deque)
    default_status: FalError | None = None
    files_made: int = 1
    history: FalError | Unavailable | None = None
    """What is answered instead of the history."""
    listed_after: float = 0.0
    """Seconds until a request is listed in the history."""
    same_request: bool = False
    """Whether every POST is answered with the first request, as a cache would."""
    calls: list[str] = field(default_factory=list)
    options: list[SubmitOptions | None] = field(default_factory=list)
    """What was asked beside each input."""
    on_post: Callable[[], None] = lambda: None
    refusal: outcomes.Refused = field(
        default_factory=lambda: outcomes.Refused(INPUT_REFUSED(reason="no"), None)
    )
    """How a POST is refused."""

    @property
    def queue(self) -> ScriptedFal:
        """Itself: one object plays every part."""
        return self

    files = storage = platform = queue

    async def submit(
        self, endpoint_id: str, body: Values, *, options: SubmitOptions | None = None
    ) -> outcomes.SubmitOutcome:
        """The POST."""
        self.calls.append("submit")
        self.options.append(options)
        self.on_post()
        await asyncio.sleep(0)
        how = self.next_posts.popleft() if self.next_posts else Post.ACCEPT
        if how in {Post.ACCEPT, Post.LOST_AFTER, Post.HANG}:
            accepted = self._take(endpoint_id, body)
        match how:
            case Post.ACCEPT:
                return outcomes.Accepted(accepted, 2)
            case Post.NOT_SENT:
                return outcomes.NotSent(NOT_CONNECTED(host="server"))
            case Post.LIMITED:
                return outcomes.Limited(30.0, BUSY())
            case Post.KEY:
                return outcomes.AccountRefused(KEY_REFUSED(), "key")
            case Post.BALANCE:
                return outcomes.AccountRefused(BALANCE_EMPTY(), "balance")
            case Post.REFUSE:
                return self.refusal
            case Post.HANG:
                await asyncio.get_running_loop().create_future()
                raise AssertionError
            case _:
                return outcomes.Unconfirmed(SUBMIT_UNCONFIRMED())

    async def status(self, request: Request, *, logs: bool = False) -> outcomes.Status:
        """The next one of the script, else of the request's own way."""
        self.calls.append("status")
        await asyncio.sleep(0)
        if self.next_statuses:
            told = self.next_statuses.popleft()
            if isinstance(told, Exception):
                raise told
            return told
        if self.default_status is not None:
            raise self.default_status
        statuses = self.requests[request.request_id].statuses
        return statuses.popleft() if len(statuses) > 1 else statuses[0]

    async def result(self, request: Request) -> outcomes.ResultOutcome:
        """The next one of the script, else files."""
        self.calls.append("result")
        await asyncio.sleep(0)
        if self.next_results:
            told = self.next_results.popleft()
            if isinstance(told, Exception):
                raise told
            return told
        made = [
            {"url": f"https://files.example/{request.request_id}-{number}.mp4"}
            for number in range(self.files_made)
        ]
        return outcomes.Output({"video": made[0]} if len(made) == 1 else {"videos": made})

    async def cancel(self, request: Request) -> outcomes.CancelOutcome:
        """The next one of the script, else it is passed on."""
        self.calls.append("cancel")
        if self.next_cancels:
            told = self.next_cancels.popleft()
            if isinstance(told, Exception):
                raise told
            return told
        return outcomes.CancelRequested()

    async def download(
        self,
        url: str,
        part: Path,
        *,
        progress: Callable[[int, int | None], None] = lambda done, total: None,
        expected_size: int | None = None,
    ) -> object:
        """Writes a clip, or whatever the script has."""
        self.calls.append("download")
        await asyncio.sleep(0)
        content = self.next_downloads.popleft() if self.next_downloads else clip_bytes()
        if isinstance(content, Exception):
            raise content
        progress(len(content) // 2, len(content))
        _write(part, content)
        progress(len(content), len(content))
        return None

    async def upload(
        self,
        path: Path,
        name: str,
        content_type: str,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Uploaded:
        """Takes every file."""
        self.calls.append("upload")
        return Uploaded(f"https://files.example/{path.name}", None)

    async def requests_by_endpoint(
        self, endpoint_id: str, start: float
    ) -> tuple[HistoryRow, ...] | Unavailable:
        """All that it has, once it is listed."""
        self.calls.append("history")
        await asyncio.sleep(0)
        if isinstance(self.history, FalError):
            raise self.history
        if self.history is not None:
            return self.history
        until = self.clock.now() - self.listed_after
        return tuple(
            HistoryRow(
                request_id=one.request_id,
                endpoint_id=one.endpoint_id,
                sent_at=one.sent_at,
                input=one.body,
            )
            for one in self.requests.values()
            if one.endpoint_id == endpoint_id and start <= one.sent_at <= until
        )

    async def aclose(self) -> None:
        """Nothing to close."""

    def count(self, call: str) -> int:
        """How often that was called."""
        return self.calls.count(call)

    def _take(self, endpoint_id: str, body: Values) -> Request:
        self.posts.append(body)
        request_id = "request-1" if self.same_request else f"request-{len(self.requests) + 1}"
        self.requests[request_id] = ServerSide(
            request_id,
            endpoint_id,
            body,
            self.clock.now(),
            deque(
                (
                    outcomes.InQueue(2, (LogLine(message="waiting", at="1"),)),
                    outcomes.InProgress((LogLine(message="begun", at="2"),)),
                    outcomes.Completed(),
                )
            ),
        )
        base = f"{ORIGIN}/invented/model/requests/{request_id}"
        return Request(
            request_id=request_id,
            status_url=f"{base}/status",
            response_url=base,
            cancel_url=f"{base}/cancel",
        )


class PlainAddresses:
    """Uploads that are there at once, or fail as told."""

    def __init__(self) -> None:
        self.next_errors: deque[Exception] = deque()
        self.asked: list[MediaRef] = []
        self.forgotten: list[MediaRef] = []

    async def url_of(self, ref: MediaRef, origin: str) -> str:
        """The same address for the same file."""
        self.asked.append(ref)
        await asyncio.sleep(0)
        if self.next_errors:
            raise self.next_errors.popleft()
        return f"https://files.example/{ref.file_name}"

    async def forget(self, ref: MediaRef, origin: str) -> None:
        """Nothing is kept, but it is noted."""
        self.forgotten.append(ref)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
