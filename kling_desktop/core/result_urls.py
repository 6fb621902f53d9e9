"""Files that fal made itself and still has: their address serves as an input, nothing is sent.

A clip of the library is the file of a job's result, packed anew with its recipe around the same
frames. As long as that result lives at the same origin, its address stands for the clip.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from kling_desktop.core.results import result_files
from kling_desktop.core.submit_edits import PRIVATE_SECONDS
from kling_desktop.fal.hosts import is_loopback, parse_address
from kling_desktop.records.job import REHEARSAL_ORIGIN
from kling_desktop.records.result_url import ResultUrl

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kling_desktop.core.tasks import Tasks
    from kling_desktop.core.writer import Threads
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.job import Job
    from kling_desktop.records.media import MediaRef
    from kling_desktop.store.stores import Stores


class Life(Enum):
    """Whether an address serves for as long as it has to."""

    SURE = "sure"
    UNKNOWN = "unknown"
    OVER = "over"


def result_url(clip: Clip, job: Job) -> ResultUrl | None:
    """The address that fal gave for a clip of a job; None where there is none.

    Private results live for the time that was asked for, counted from before they were made.
    """
    files = result_files(job.result)
    number = clip.clip_id.removeprefix(f"{job.job_id}.")
    if not number.isdecimal() or int(number) >= len(files):
        return None
    begun = max((one.sent_at for one in job.attempts), default=job.created_at)
    return ResultUrl(
        url=files[int(number)].url,
        origin=job.origin,
        expires_at=begun + PRIVATE_SECONDS if job.private else None,
    )


def life_of(found: ResultUrl, origin: str, good_until: float) -> Life:
    """Whether an address serves at an origin until that time (Unix seconds).

    Never at another origin. Where no life was asked for, the account's settings decide (fal's page
    on media expiration), which nobody here knows.
    """
    if found.origin != origin or not _is_of(origin, found.url):
        return Life.OVER
    if found.expires_at is None:
        return Life.UNKNOWN
    return Life.SURE if found.expires_at > good_until else Life.OVER


def _is_of(origin: str, url: str) -> bool:
    """An address on this computer is known to a server here and to no other."""
    address, server = parse_address(url), parse_address(origin)
    if address is None or server is None:
        return False
    if not is_loopback(address):
        return origin != REHEARSAL_ORIGIN and address.scheme == "https"
    return origin == REHEARSAL_ORIGIN or is_loopback(server)


class ResultUrls:
    """Keeps such addresses and finds them, and looks where their life is not known.

    `is_there` asks, without a key, whether an origin's file can be fetched from a URL.
    """

    def __init__(
        self,
        stores: Stores,
        writer: Threads,
        tasks: Tasks,
        is_there: Callable[[str, str], Awaitable[bool]],
    ) -> None:
        self._stores = stores
        self._writer, self._tasks = writer, tasks
        self._is_there = is_there

    def keep(self, clip: Clip) -> None:
        """A clip was made: its address stays known when its job leaves the list."""
        self._tasks.spawn(self._writer.run(self._keep, clip), "keep the address of a result")

    async def url_of(self, ref: MediaRef, origin: str, good_until: float) -> str | None:
        """The address of a living result with these bytes; None where there is none."""
        for found in await self._writer.run(self._known, ref.sha256):
            life = life_of(found, origin, good_until)
            if life is Life.SURE:
                return found.url
            if life is Life.UNKNOWN and await self._is_there(origin, found.url):
                return found.url
        return None

    def _keep(self, clip: Clip) -> None:
        found = self._told(clip)
        if found is not None:
            self._stores.result_urls.keep(clip.clip_id, found)

    def _known(self, sha256: str) -> list[ResultUrl]:
        found = (
            self._stores.result_urls.get(clip.clip_id) or self._told(clip)
            for clip in self._stores.clips.by_sha256(sha256)
        )
        return [one for one in found if one is not None]

    def _told(self, clip: Clip) -> ResultUrl | None:
        """What the job says, if it is still here."""
        job = self._stores.jobs.get(clip.job_id)
        return result_url(clip, job) if job is not None else None
