"""The job engine for tests: virtual time, a scripted server, and everything else real."""

from __future__ import annotations

import asyncio
import functools
import heapq
import itertools
import random
import tempfile
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from kling_desktop.core.clip_places import ClipPlaces
from kling_desktop.core.clock import SystemClock
from kling_desktop.core.folders import Folders
from kling_desktop.core.inputs import Inputs
from kling_desktop.core.jobs import Jobs
from kling_desktop.core.journal import JobRecords, Journal
from kling_desktop.core.origins import Connect, Origins
from kling_desktop.core.parts import ClipRecords, Surroundings
from kling_desktop.core.rehearsal import Rehearsal, simulator_command
from kling_desktop.core.settings import SettingsStore
from kling_desktop.core.tasks import Tasks
from kling_desktop.core.uploads import Uploads
from kling_desktop.core.writer import Writer
from kling_desktop.fal import outcomes
from kling_desktop.fal.client import Fal
from kling_desktop.fal.errors import FalError
from kling_desktop.fal.hosts import Hosts
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
from kling_desktop.records.job import Job, JobState, LogLine, MadeBy, Order, Request
from kling_desktop.store.clips import ClipStore
from kling_desktop.store.database import Database
from kling_desktop.store.inputs import InputStore
from kling_desktop.store.jobs import JobStore
from kling_desktop.store.projects import ProjectStore
from kling_desktop.store.uploads import UploadStore
from tests.helpers.catalog import bundled
from tests.helpers.media_zoo import ClipPlan, numbered_clip

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.clock import Clock
    from kling_desktop.core.writer import Threads
    from kling_desktop.fal.queue import SubmitOptions
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaRef

P = ParamSpec("P")
T = TypeVar("T")

ENDPOINT = "invented/model/text-to-video"
ORIGIN = "http://127.0.0.1:9"
"""Nothing listens there."""
START = 1_700_000_000.0


@functools.cache
def _catalog() -> Catalog:
    return bundled()


@functools.cache
def clip_bytes() -> bytes:
    """A real clip of a few frames."""
    with tempfile.TemporaryDirectory() as folder:
        return numbered_clip(Path(folder) / "clip.mp4", ClipPlan(frames=6)).read_bytes()


class VirtualClock:
    """Time that passes only when nothing else is left to do."""

    def __init__(self, start: float = START) -> None:
        self._now = start
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._count = itertools.count()

    def now(self) -> float:
        """Unix seconds."""
        return self._now

    async def wait(self, event: asyncio.Event, seconds: float | None) -> bool:
        """See core.clock."""
        over = asyncio.Event()
        if seconds is not None:
            heapq.heappush(self._sleepers, (self._now + seconds, next(self._count), over))
        waits = [asyncio.ensure_future(one.wait()) for one in (event, over)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        return event.is_set()

    async def run(self, done: Callable[[], bool], seconds: float = 48 * 3600) -> None:
        """Lets everything happen until `done`; TimeoutError when the virtual seconds are over."""
        end = self._now + seconds
        while True:
            await settled()
            if done():
                return
            if not self._sleepers or self._sleepers[0][0] > end:
                raise TimeoutError(f"not done within {seconds} virtual seconds")
            when, _, over = heapq.heappop(self._sleepers)
            self._now = max(self._now, when)
            over.set()

    async def pass_seconds(self, seconds: float) -> None:
        """Lets that much time pass, with all that happens in it."""
        end = self._now + seconds
        while True:
            await settled()
            if not self._sleepers or self._sleepers[0][0] > end:
                self._now = end
                return
            when, _, over = heapq.heappop(self._sleepers)
            self._now = max(self._now, when)
            over.set()


async def settled() -> None:
    """Returns when no task of this loop can go on without time or a thread."""
    loop = asyncio.get_running_loop()
    ready: deque[Any] = getattr(loop, "_ready")  # noqa: B009 - no public way to see it
    await asyncio.sleep(0)
    while ready:  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0)


class Inline:
    """Does blocking work at once, so that virtual time is exact."""

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the call returns or raises."""
        return call(*args, **kwargs)


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
                return outcomes.Refused(INPUT_REFUSED(reason="no"), None)
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


@dataclass(slots=True)
class Key:
    """A key that comes and goes."""

    text: str | None = "id:secret"

    def __call__(self) -> str | None:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an engine for tests is put together."""

    folder: Path
    clock: Clock
    connect: Connect
    key: Callable[[], str | None] = field(default_factory=Key)
    hosts: Hosts = field(default_factory=lambda: Hosts.single(ORIGIN))
    rehearsal: Rehearsal = field(default_factory=lambda: Rehearsal(("no-such-program",)))
    uploads: Any = field(default_factory=PlainAddresses)
    writer: Threads = field(default_factory=Inline)
    files: Threads = field(default_factory=Inline)
    chance: Callable[[], float] = lambda: 0.5
    clips: Callable[[ClipStore], ClipRecords] = lambda store: store
    """Puts something before the store of clips."""
    jobs: Callable[[JobStore], JobRecords] = lambda store: store
    """Puts something before the store of jobs."""


@dataclass(slots=True)
class Bench:
    """A running engine with everything a test wants to look at."""

    jobs: Jobs
    database: Database
    clips: ClipStore
    store: JobStore
    folders: Folders
    settings: SettingsStore
    origins: Origins
    rehearsal: Rehearsal
    made: list[Clip]
    states: dict[str, list[JobState]]

    def state(self, job: Job) -> JobState:
        """Where a job is now."""
        return self.jobs.get(job.job_id).state

    def is_in(self, job: Job, *states: JobState) -> Callable[[], bool]:
        """A condition for VirtualClock.run."""
        return lambda: self.state(job) in states

    def all_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return all(job.is_final for job in self.jobs.all())

    def files(self) -> list[str]:
        """Names of everything below the clips folder."""
        return sorted(one.name for one in self.folders.clips.rglob("*") if one.is_file())


def bench(plan: Plan) -> Bench:
    """Builds it over the folder's database, which may hold an earlier run."""
    folders = Folders.below(plan.folder)
    folders.create()
    database = Database(folders.database)
    database.open()
    store, clips, shots = JobStore(database), ClipStore(database), ProjectStore(database)
    settings = SettingsStore(folders.settings)
    numbers = itertools.count(len(store.open_jobs()) + len(store.recent(10_000)) + 1)
    origins = Origins(plan.hosts, plan.key, plan.connect, plan.rehearsal)
    jobs = Jobs(
        Surroundings(
            journal=Journal(plan.jobs(store), plan.writer, plan.clock),
            clips=plan.clips(clips),
            shots=shots,
            writer=plan.writer,
            files=plan.files,
            origins=origins,
            uploads=plan.uploads,
            input_name=lambda ref: ref.file_name,
            places=ClipPlaces(folders, settings, shots.name),
            catalog=_catalog,
            clock=plan.clock,
            chance=plan.chance,
            new_id=lambda: f"0190-{next(numbers):012d}",
        )
    )
    made: list[Clip] = []
    states: dict[str, list[JobState]] = {}
    jobs.clip_made.connect(made.append)

    def note(job: Job) -> None:
        seen = states.setdefault(job.job_id, [])
        if not seen or seen[-1] is not job.state:
            seen.append(job.state)

    jobs.added.connect(note)
    jobs.changed.connect(note)
    return Bench(
        jobs=jobs,
        database=database,
        clips=clips,
        store=store,
        folders=folders,
        settings=settings,
        origins=origins,
        rehearsal=plan.rehearsal,
        made=made,
        states=states,
    )


@asynccontextmanager
async def scripted_bench(folder: Path, fal: ScriptedFal, **changes: Any) -> AsyncIterator[Bench]:
    """A started engine over a scripted server, on the server's clock."""

    made = await begun(folder, fal, **changes)
    try:
        yield made
    finally:
        await made.jobs.close()
        made.database.close()


@asynccontextmanager
async def real_bench(
    folder: Path,
    *,
    hosts: Hosts | None = None,
    key: Callable[[], str | None] | None = None,
    simulator: Sequence[str] = (),
) -> AsyncIterator[tuple[Bench, Inputs]]:
    """The engine as the program puts it together, in real time, over real connections."""
    writer, files = Writer(), Writer("files", 3)
    folders = Folders.below(folder)
    folders.create()
    command = (*simulator_command(folders.rehearsal), *simulator)
    rehearsal = Rehearsal(command, folders.logs / "simulator.log")
    database = Database(folders.database)
    database.open()
    inputs = Inputs(folders.inputs, folder / "outgoing", InputStore(database), writer, _no_fetch)
    tasks = Tasks()
    held: list[Origins] = []

    async def send(
        origin: str, path: Path, name: str, content_type: str, progress: Callable[[int], None]
    ) -> Uploaded:
        return await held[0].upload(origin, path, name, content_type, progress)

    uploads = Uploads(inputs, send, UploadStore(database), writer, tasks)
    plan = Plan(
        folder=folder,
        clock=SystemClock(),
        connect=Fal.open,
        hosts=hosts or Hosts.single(ORIGIN),
        key=key or (lambda: "rehearsal:rehearsal"),
        rehearsal=rehearsal,
        uploads=uploads,
        writer=writer,
        files=files,
        chance=random.random,
    )
    made = bench(plan)
    held.append(made.origins)
    uploads.changed.connect(made.jobs.upload_moved)
    await made.jobs.start()
    try:
        yield made, inputs
    finally:
        await tasks.close()
        await made.jobs.close()
        for one in (writer, files):
            one.close()
        database.close()
        made.database.close()


async def _no_fetch(url: str, path: Path) -> None:
    raise FileNotFoundError(url)


async def begun(folder: Path, fal: ScriptedFal, **changes: Any) -> Bench:
    """A started engine that a test ends by itself, mostly with crash()."""

    async def connect(hosts: Hosts, key: Callable[[], str | None]) -> ScriptedFal:
        return fal

    made = bench(Plan(folder=folder, clock=fal.clock, connect=connect, **changes))
    await made.jobs.start()
    return made


async def crash(made: Bench) -> None:
    """Ends an engine without any of its courtesies; what is on disk is all that stays."""
    for task in asyncio.all_tasks():
        if task.get_name().startswith(("job ", "watch ", "journal", "simulator rest")):
            task.cancel()
    await settled()
    made.database.close()


def an_order(prompt: str = "The cat turns to the window", **changes: Any) -> Order:
    """One real clip for $0.28, with whatever is changed."""
    facts: dict[str, Any] = {
        "endpoint_id": ENDPOINT,
        "values": {"prompt": prompt},
        "made_by": MadeBy.FAL,
        "title": "Cat",
        "price_each": Decimal("0.28"),
    }
    return Order(**{**facts, **changes})


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
