"""Posters of clips on the disk: made once, used again, the longest unused thrown away first."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from typing import TYPE_CHECKING

from kling_desktop.core import disk
from kling_desktop.core.file_problems import CLIP_GONE
from kling_desktop.media import posters
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.records.clip import Clip

MOST_BYTES = 500_000_000
_USED_AGAIN_AFTER = 24 * 3600.0
"""Seconds between two notes that a poster is in use."""


class PosterFolder:
    """A folder of JPEGs named by the clip's hash and their size. All methods block.

    It can be deleted at any time: whatever is missing, cut or unwritable is made anew.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def poster(self, clip: Clip, size: tuple[int, int]) -> bytes:
        """A JPEG that fits into `size` pixels.

        Raises ProblemError where the clip's file is gone, or has nothing to see in it, as sound.
        """
        if not clip.path.exists():
            raise ProblemError(CLIP_GONE(name=clip.path.name))
        kept = self._folder / f"{clip.sha256}-{size[0]}x{size[1]}.jpg"
        data = self._read(kept)
        if data is None:
            data = posters.poster(clip.path, size)
            self._keep(kept, data)
        return data

    def tidy(self) -> None:
        """Throws away what was left unfinished, and the longest unused beyond the bound."""
        for part in self._folder.glob("*.part"):
            disk.let_go(part)
        by_use: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*"):
            with contextlib.suppress(OSError):
                found = path.stat()
                by_use.append((found.st_mtime, found.st_size, path))
        total = sum(size for _, size, _ in by_use)
        for _, size, path in sorted(by_use):
            if total <= self._most_bytes:
                return
            total -= size
            disk.let_go(path)

    def _read(self, kept: Path) -> bytes | None:
        try:
            data = kept.read_bytes()
            if time.time() - kept.stat().st_mtime > _USED_AGAIN_AFTER:
                os.utime(kept)
        except OSError:
            return None
        is_whole = data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9")
        return data if is_whole else None

    def _keep(self, kept: Path, data: bytes) -> None:
        part = self._folder / f"{uuid.uuid4().hex}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(kept)
        except OSError:
            disk.let_go(part)
