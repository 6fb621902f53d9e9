"""What a person drops or pastes: copied under its hash, looked into, never lost again."""

from __future__ import annotations

import asyncio
import hashlib
import time
import unicodedata
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from kling_desktop.core import disk
from kling_desktop.core.file_problems import COPY_NOT_MADE, INPUT_GONE, INPUT_NOT_KEPT
from kling_desktop.media import cut_clip, cut_sound, fit, magic, posters, probe
from kling_desktop.media.opened import LARGEST_FILE, open_regular, refuse_larger
from kling_desktop.media.pictures import LARGEST_PICTURE
from kling_desktop.media.problems import UNREADABLE, MediaRefused
from kling_desktop.records.framing import Framing, Made
from kling_desktop.records.json_values import media_refs
from kling_desktop.records.media import MediaKind, MediaRef, StoredInput
from kling_desktop.records.problem import ProblemError, Severity

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldLimits
    from kling_desktop.core.writer import Writer
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.sound import Part
    from kling_desktop.store.inputs import InputStore

FetchUrl = Callable[[str, Path], Awaitable[None]]
"""Brings the file at an https URL to a path, or raises ProblemError."""

_AT_ONCE = 2
"""Files looked into at the same time: each unpacks a whole picture."""
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A file that may leave the computer: upright, without place and camera."""

    path: Path
    name: str
    content_type: str
    """Of these bytes, which may be others than those that were dropped."""
    size: int
    """Bytes."""


class Inputs:
    """The store of inputs: files named by the hash of their bytes, with names and facts.

    A file is on the disk under its hash before its row is written, so a stop in between leaves a
    file that nobody names, which the next drop of the same bytes takes up, and never the reverse.
    """

    def __init__(
        self, folder: Path, outgoing: Path, store: InputStore, writer: Writer, fetch: FetchUrl
    ) -> None:
        run = uuid.uuid4().hex[:12]
        self._folder = folder
        self._outgoing = outgoing
        self._outgoing_now = outgoing / run
        self._part_prefix = f"{run}-"
        self._store = store
        self._writer = writer
        self._fetch = fetch
        self._known: dict[MediaRef, StoredInput] = {}
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def tidy(self) -> None:
        """Cleans away what an earlier run left unfinished. Once, at the start."""
        await asyncio.to_thread(self._tidy)

    async def take_file(self, path: Path, name: str = "") -> StoredInput:
        """Copies a file into the store. Raises ProblemError where it is none that can be used."""
        async with self._places:
            stored = await asyncio.to_thread(self._take, path, name or path.name)
        return await self._remember(stored)

    async def take_bytes(self, data: bytes, name: str) -> StoredInput:
        """Keeps a pasted picture. Raises ProblemError."""
        async with self._places:
            stored = await asyncio.to_thread(self._take_bytes, data, name)
        return await self._remember(stored)

    async def take_url(self, url: str) -> StoredInput:
        """Fetches a file from the web and keeps it. Raises ProblemError."""
        part = self._part()
        try:
            await self._fetch(url, part)
            async with self._places:
                stored = await asyncio.to_thread(self._kept_or_refused, part, _name_in(url))
        finally:
            await asyncio.to_thread(self._let_go_fetched, part)
        return await self._remember(stored)

    async def fitted(
        self, ref: MediaRef, limits: FieldLimits, framing: Framing | None = None
    ) -> StoredInput:
        """Another input: the same picture in a form that the limits allow. Raises ProblemError.

        It is made of the original, also where `ref` was itself made of that one, and framed as it
        was, unless another `framing` is given, in pixels of the original. An original that can
        stay as it is comes back itself where a framing asks for all of it.
        """
        source, last = self.original(ref)
        wanted = framing or last
        if framing and framing.is_whole(source.size) and _may_stay(source, framing, limits):
            return source
        async with self._places:
            made = await asyncio.to_thread(self._fit, source, limits, wanted)
        if made.ref == source.ref:
            return source
        return await self._remember(replace(made, made=Made(source.ref, wanted)))

    async def sound_of(
        self, ref: MediaRef, limits: FieldLimits, part: Part | None = None
    ) -> StoredInput:
        """Another input: that part of a sound, or of a clip's sound, as the limits allow.

        Without a part, as much from the beginning on as is allowed. Raises ProblemError.
        """
        return await self._made(ref, partial(cut_sound.cut_sound, limits=limits, part=part))

    async def beginning_of(self, ref: MediaRef, seconds: float) -> StoredInput:
        """Another input: the first seconds of a clip. Raises ProblemError."""
        return await self._made(ref, partial(cut_clip.cut_clip, seconds=seconds))

    def original(self, ref: MediaRef) -> tuple[StoredInput, Framing]:
        """The picture that it was made of, itself where it was given so, and how it is framed."""
        stored = self._existing(ref)
        source = self.get(stored.made.source) if stored.made else None
        if stored.made is None or source is None or not self.path(source.ref).exists():
            return stored, Framing.whole(stored.size)
        return source, stored.made.framing

    def get(self, ref: MediaRef) -> StoredInput | None:
        """What is known of it."""
        found = self._known.get(ref) or self._store.get(ref)
        if found is not None:
            self._known[ref] = found
        return found

    def facts_in(self, values: Values) -> dict[str, MediaFacts]:
        """What is known of the files that these values name, by their `media://…` text."""
        found = {str(ref): self.get(ref) for _loc, ref in media_refs(values)}
        return {text: stored.facts for text, stored in found.items() if stored is not None}

    def path(self, ref: MediaRef) -> Path:
        """The stored file."""
        return self._folder / ref.file_name

    async def thumbnail(self, ref: MediaRef, longest: int) -> bytes:
        """A JPEG at most `longest` pixels wide and high. Raises ProblemError."""
        async with self._places:
            return await asyncio.to_thread(posters.thumbnail, self.path(ref), longest)

    async def to_send(self, ref: MediaRef) -> ToSend:
        """The input in a form that may leave the computer; `sent` ends its life.

        Raises ProblemError where the stored file is gone or was changed.
        """
        stored = self._existing(ref)
        async with self._places:
            return await asyncio.to_thread(self._clean_copy, stored)

    def sent(self, parcel: ToSend) -> None:
        """The copy was sent, or will not be."""
        if parcel.path.parent == self._outgoing_now:
            disk.let_go(parcel.path)

    def _take(self, path: Path, name: str) -> StoredInput:
        """Looks into the copy and not into the original, which may change at any moment."""
        part = self._part(path.suffix)
        try:
            with open_regular(path) as source:
                self._refuse_at_sight(source, path.suffix)
                sha256 = _copied(source, part)
            return self._kept(part, sha256, name)
        except OSError as error:
            raise _not_kept(name, error) from error
        finally:
            disk.let_go(part)

    def _take_bytes(self, data: bytes, name: str) -> StoredInput:
        part = self._part()
        try:
            part.write_bytes(data)
            return self._kept(part, hashlib.sha256(data).hexdigest(), name)
        except OSError as error:
            raise _not_kept(name, error) from error
        finally:
            disk.let_go(part)

    def _kept_or_refused(self, part: Path, name: str) -> StoredInput:
        try:
            open_regular(part).close()
            return self._kept(part, disk.sha256_of(part), name)
        except OSError as error:
            raise _not_kept(name, error) from error

    def _kept(self, part: Path, sha256: str, name: str) -> StoredInput:
        facts = probe.probe(part)
        with part.open("rb") as file:
            suffix = probe.recognized(file, part.suffix)[1]
        ref = MediaRef(sha256, suffix)
        if self._is_whole(ref):
            disk.folder_to_disk(self._folder)
        else:
            disk.put(part, self.path(ref))
        return StoredInput(ref=ref, name=_plain(name), facts=facts, added_at=time.time())

    def _refuse_at_sight(self, source: BinaryIO, suffix: str) -> None:
        """What the first bytes and the size rule out is not even copied."""
        kind = probe.recognized(source, suffix)[0]
        source.seek(0, 2)
        refuse_larger(source.tell(), LARGEST_PICTURE if kind is MediaKind.IMAGE else LARGEST_FILE)
        source.seek(0)

    async def _made(self, ref: MediaRef, make: Callable[..., Path]) -> StoredInput:
        stored = self._existing(ref)
        async with self._places:
            made = await asyncio.to_thread(self._make, stored, make)
        return await self._remember(made)

    def _fit(self, stored: StoredInput, limits: FieldLimits, framing: Framing) -> StoredInput:
        return self._make(stored, partial(fit.fit, limits=limits, framing=framing))

    def _make(self, stored: StoredInput, make: Callable[..., Path]) -> StoredInput:
        path = self.path(stored.ref)
        try:
            made = make(path, stored.facts, folder=self._made_folder())
        except OSError as error:
            raise _not_kept(stored.name, error) from error
        try:
            return self._take(made, Path(stored.name).stem + made.suffix)
        finally:
            disk.let_go(made)

    def _clean_copy(self, stored: StoredInput) -> ToSend:
        if not self._is_whole(stored.ref):
            raise ProblemError(INPUT_GONE(name=stored.name))
        try:
            path = fit.upload_copy(self.path(stored.ref), stored.facts, self._made_folder())
            return ToSend(
                path=path,
                name=Path(stored.name).stem + path.suffix,
                content_type=_content_type(path, stored),
                size=path.stat().st_size,
            )
        except OSError as error:
            reason = disk.reason_of(error)
            raise ProblemError(COPY_NOT_MADE(name=stored.name, reason=reason)) from error

    def _is_whole(self, ref: MediaRef) -> bool:
        try:
            return disk.sha256_of(self.path(ref)) == ref.sha256
        except OSError:
            return False

    def _existing(self, ref: MediaRef) -> StoredInput:
        stored = self.get(ref)
        if stored is None:
            raise ProblemError(INPUT_GONE(name=ref.file_name))
        return stored

    async def _remember(self, stored: StoredInput) -> StoredInput:
        await self._writer.run(self._store.add, stored)
        # The store may know more: of what these bytes were made once.
        kept = self._store.get(stored.ref) or stored
        self._known[stored.ref] = kept
        return kept

    def _part(self, suffix: str = "") -> Path:
        """A new unfinished file; the suffix stays at its end, since it tells raw pictures."""
        plain = suffix.lower() if suffix[1:].isascii() and suffix[1:].isalnum() else ""
        return self._folder / f"{self._part_prefix}{uuid.uuid4().hex}.part{plain[:9]}"

    def _let_go_fetched(self, part: Path) -> None:
        for one in self._folder.glob(f"{part.name}*"):
            disk.let_go(one)

    def _made_folder(self) -> Path:
        self._outgoing_now.mkdir(parents=True, exist_ok=True)
        return self._outgoing_now

    def _tidy(self) -> None:
        for part in self._folder.glob("*.part*"):
            if not part.name.startswith(self._part_prefix):
                disk.let_go(part)
        for left in self._outgoing.glob("*"):
            if left != self._outgoing_now:
                disk.let_go(left)


def _may_stay(stored: StoredInput, framing: Framing, limits: FieldLimits) -> bool:
    """Whether nothing has to be done to the whole picture."""
    if framing.most and framing.most < max(stored.size):
        return False
    problem = fit.needs_fit(stored.facts, limits)
    return problem is None or problem.severity is not Severity.ERROR


def _copied(source: BinaryIO, part: Path) -> str:
    """Copies what is left of `source`; returns the hash of the copy. Raises OSError of the copy."""
    digest, size = hashlib.sha256(), 0
    with part.open("xb") as file:
        while chunk := _read(source):
            size += len(chunk)
            refuse_larger(size, LARGEST_FILE)
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(disk.CHUNK)
    except OSError as error:
        raise MediaRefused(UNREADABLE(reason=disk.reason_of(error))) from error


def _not_kept(name: str, error: OSError) -> ProblemError:
    return ProblemError(INPUT_NOT_KEPT(name=_plain(name), reason=disk.reason_of(error)))


def _content_type(path: Path, stored: StoredInput) -> str:
    """A picture may have become a JPEG or PNG; clips and sound stay what they were."""
    if stored.facts.kind is not MediaKind.IMAGE:
        return stored.facts.content_type
    with path.open("rb") as file:
        found = magic.kind_of(file.read(magic.FIRST_BYTES))
    return found[2] if found else stored.facts.content_type


def _name_in(url: str) -> str:
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or ""


def _plain(name: str) -> str:
    """The name as it can be stored and shown: no half characters, no control signs."""
    text = name.encode("utf-8", "replace").decode("utf-8")
    kept = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in text)
    return kept.strip()[:_LONGEST_NAME] or "file"
