"""Uploads: fal gives an address for one file, the file goes there, its public URL comes back."""

from __future__ import annotations

import json
import logging
import os
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.fal.border import Departure
from kling_desktop.fal.dispatch import Call, Dispatch
from kling_desktop.fal.errors import AddressRefused, NotFound, Unintelligible, UploadRefused
from kling_desktop.fal.held_file import held
from kling_desktop.fal.parcel import Parcel, Progress, opened
from kling_desktop.fal.problems import FILE_EMPTY, UNINTELLIGIBLE, UPLOADS_NOT_TAKEN
from kling_desktop.fal.retry import READS, UPLOADS
from kling_desktop.fal.verdicts import error_of, facts, host_in

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.fal.answers import Answer
    from kling_desktop.fal.hosts import Hosts

log = logging.getLogger(__name__)

_STORAGE_TYPE = "fal-cdn-v3"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Where a file now is, for fal to read."""

    url: str
    expires_at: float | None
    """Unix seconds; None where nobody said."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """One address to put a file to, and the address it will have then."""

    upload_url: str
    file_url: str


class Storage:
    """fal's storage: initiate through the API, then a plain PUT without the key."""

    def __init__(self, hosts: Hosts, api: Dispatch, media: Dispatch) -> None:
        self._hosts = hosts
        self._api = api
        self._media = media

    async def upload(
        self,
        path: Path,
        name: str,
        content_type: str,
        progress: Progress = lambda _: None,
        *,
        lifetime: int | None = None,
    ) -> Uploaded:
        """Uploads one file. `lifetime` is how long fal keeps it, in seconds.

        `progress` hears how many bytes the other side has taken, give or take what is on the wire;
        the whole size only once it has confirmed. It falls back when an attempt begins anew.
        Raises UploadRefused for an empty or unreadable file or a server that takes none, and
        FalError for the rest.
        """
        async with held(lambda: opened(path, name)) as file:
            size = os.fstat(file.fileno()).st_size
            if size == 0:
                raise UploadRefused(FILE_EMPTY(name=name))
            begun = self._api.timing.now()
            url = await self._put_twice(Parcel(file, size, content_type, progress), name, lifetime)
        progress(size)
        return Uploaded(url, None if lifetime is None else begun + lifetime)

    async def _put_twice(self, parcel: Parcel, name: str, lifetime: int | None) -> str:
        """The second time at a new address, since one lives for minutes only."""
        for _ in range(2):
            slot = await self._initiate(name, parcel.content_type, lifetime)
            answer = await self._put(slot, parcel)
            if answer.succeeded:
                return slot.file_url
            log.info("upload address not taken: HTTP %d", answer.status)
        refused = UPLOADS_NOT_TAKEN(
            host=host_in(answer.url), status=answer.status, details=facts(answer)
        )
        raise UploadRefused(refused)

    async def _initiate(self, name: str, content_type: str, lifetime: int | None) -> _Slot:
        said = {"content_type": content_type, "file_name": plain_name(name)}
        call = Call(
            method="POST",
            url=f"{self._hosts.rest}/storage/upload/initiate",
            params={"storage_type": _STORAGE_TYPE},
            headers=_lifecycle(lifetime),
            content=json.dumps(said).encode(),
        )
        try:
            answer = await self._api.ask(call, READS)
        except NotFound as error:
            refused = UPLOADS_NOT_TAKEN(host=host_in(call.url), status=404)
            raise UploadRefused(refused) from error
        return self._slot(answer)

    def _slot(self, answer: Answer) -> _Slot:
        upload_url, file_url = answer.word("upload_url"), answer.word("file_url")
        problem = UNINTELLIGIBLE(host=host_in(answer.url), details=facts(answer))
        if not upload_url or not file_url:
            raise Unintelligible(problem)
        try:
            target = self._hosts.media_address(upload_url, relative_to=answer.url)
            public = self._hosts.media_address(file_url, relative_to=answer.url)
        except AddressRefused as error:
            raise UploadRefused(error.problem) from error
        return _Slot(str(target), str(public))

    async def _put(self, slot: _Slot, parcel: Parcel) -> Answer:
        async def once() -> Answer:
            departure = Departure()
            answer = await self._media.send(parcel.call(slot.upload_url, departure), departure)
            if _is_final(answer):
                return answer
            raise error_of(answer, self._media.timing.now())

        return await self._media.repeat(once, UPLOADS)


def _is_final(answer: Answer) -> bool:
    """A store's refusal is told by its status; its text is anything from XML to a web page."""
    return answer.status < 500 and answer.status not in {408, 425, 429}


def plain_name(name: str) -> str:
    """A name for the server: ASCII, short, with its suffix, and nothing of the person's folders."""
    stem, dot, suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    plain = _ascii(stem)[:60].strip("-._") or "file"
    ending = _ascii(suffix).lower()[:8]
    return f"{plain}.{ending}" if ending else plain


def _ascii(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", flat)


def _lifecycle(lifetime: int | None) -> dict[str, str]:
    """Both names of the header, since fal's own clients differ in which one they send."""
    if lifetime is None:
        return {}
    said = json.dumps({"expiration_duration_seconds": lifetime})
    return {"X-Fal-Object-Lifecycle": said, "X-Fal-Object-Lifecycle-Preference": said}
