"""Uploads and clips on disk, each with a small sidecar of facts."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.disk import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

_ID = re.compile(r"[0-9a-zA-Z]{21}\Z")
_IN_PATH = re.compile(r"/files/b/[0-9a-f]{8}/([0-9a-zA-Z]{21})_")
_NOT_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One finished file of the media host."""

    file_id: str
    name: str
    content_type: str
    size: int
    sha256: str
    created_at: float

    @property
    def url_path(self) -> str:
        """Where it is served, shaped like the addresses of fal's own media host."""
        return url_path(self.file_id, self.name)


class Files:
    """The store behind the media host."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, file_id: str) -> Path:
        """Where the bytes of a file are or will be."""
        if not _ID.match(file_id):
            raise ValueError("not a file id")
        return self._folder / f"{file_id}.bin"

    def find(self, file_id: str) -> StoredFile | None:
        """What is known of a finished file."""
        if not _ID.match(file_id):
            return None
        facts: dict[str, Any] | None = read_json(self._folder / f"{file_id}.json")
        return None if facts is None else StoredFile(**facts)

    def find_by_path(self, path: str) -> StoredFile | None:
        """The file that is served at a path, whatever host and port stand before it."""
        found = _IN_PATH.match(path)
        return self.find(found[1]) if found else None

    async def take(
        self, file_id: str, name: str, content_type: str, chunks: AsyncIterator[bytes], at: float
    ) -> StoredFile:
        """Writes a file as it comes in; it exists only once it is whole."""
        digest, size, path = hashlib.sha256(), 0, self.path(file_id)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            async for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        part.replace(path)
        return self._finish(file_id, name, content_type, size, digest.hexdigest(), at)

    def adopt(
        self, made: Path, file_id: str, name: str, content_type: str, at: float
    ) -> StoredFile:
        """Moves a finished file in."""
        path = self.path(file_id)
        made.replace(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return self._finish(file_id, name, content_type, path.stat().st_size, sha256, at)

    def forget_before(self, at: float) -> None:
        """Removes what is older."""
        for sidecar in self._folder.glob("*.json"):
            facts = read_json(sidecar)
            if facts is None or facts["created_at"] < at:
                sidecar.with_suffix(".bin").unlink(missing_ok=True)
                sidecar.unlink(missing_ok=True)
        for part in self._folder.glob("*.part"):
            part.unlink(missing_ok=True)

    def _finish(
        self, file_id: str, name: str, content_type: str, size: int, sha256: str, at: float
    ) -> StoredFile:
        stored = StoredFile(
            file_id=file_id,
            name=name,
            content_type=content_type,
            size=size,
            sha256=sha256,
            created_at=at,
        )
        write_json(self._folder / f"{file_id}.json", asdict(stored))
        return stored


def new_file_id() -> str:
    """21 characters that nobody can guess, as fal's are."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(21))


def file_id_for(text: str) -> str:
    """The same 21 characters for the same text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    letters = []
    for _ in range(21):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def url_path(file_id: str, name: str) -> str:
    """Where a file of this id and name is served."""
    store = hashlib.sha256(file_id.encode()).hexdigest()[:8]
    return f"/files/b/{store}/{file_id}_{safe_name(name)}"


def safe_name(name: str) -> str:
    """A name that may stand in an address: plain letters, at most 80 of them."""
    return _NOT_SAFE.sub("_", name).strip("._")[-80:] or "file"
