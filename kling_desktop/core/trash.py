"""The system's trash with a way back: a second name for each file until the program ends.

The systems' trashes have no common way to take a file out again, so a link to the bytes (a copy
where links cannot be) is kept in a folder of our own. All of it blocks.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kling_desktop.core import disk
from kling_desktop.core.naming import numbered
from kling_desktop.media import naming, recipe
from kling_desktop.media.problems import MediaRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.records.clip import Clip

ToSystem = Callable[[Path], None]
"""Moves one file to the system's trash. Raises OSError."""

_NAMES_TRIED = 1000


def to_system_trash(path: Path) -> None:
    """By the system's own rules. Raises OSError where it has no trash for that drive."""
    from send2trash import send2trash

    send2trash(path)


class Trash:
    """What was put into the trash in this run of the program."""

    def __init__(self, kept: Path, to_system: ToSystem = to_system_trash) -> None:
        self._kept = kept
        self._to_system = to_system

    def take(self, clip: Clip) -> None:
        """Puts a clip and its sidecar into the trash, both or none. A file that is gone is fine.

        Raises OSError.
        """
        kept = self._place(clip.clip_id)
        disk.let_go(kept)
        kept.mkdir(parents=True)
        try:
            for path in _files_of(clip):
                if path.exists():
                    disk.link_or_copy(path, kept / path.name)
                    self._to_system(path)
        except OSError:
            self.put_back(clip)
            raise

    def bring_back(self, clip: Clip) -> Path:
        """Brings the files back; under another name where that one was taken meanwhile.

        What is kept stays until `let_go`. Raises FileNotFoundError where nothing is kept any
        more, and OSError where the folder refuses.
        """
        kept = self._place(clip.clip_id)
        if not kept.is_dir():
            raise FileNotFoundError(2, "nothing is kept", str(kept))
        film = kept / clip.path.name
        if not film.exists():
            return clip.path
        clip.path.parent.mkdir(parents=True, exist_ok=True)
        target = clip.path if self.is_back(clip) else _placed(film, clip.path)
        sidecar, beside = recipe.sidecar_of(film), recipe.sidecar_of(target)
        if sidecar.exists() and not beside.exists():
            _linked(sidecar, beside)
        return target

    def put_back(self, clip: Clip) -> None:
        """Undoes a half-done `take`: files that are missing are where they were. Raises OSError."""
        kept = self._place(clip.clip_id)
        for path in _files_of(clip):
            if (kept / path.name).exists() and not path.exists():
                _linked(kept / path.name, path)
        disk.let_go(kept)

    def is_back(self, clip: Clip) -> bool:
        """Whether what is kept is also where the clip was: `bring_back` was not the end of it."""
        film = self._place(clip.clip_id) / clip.path.name
        try:
            return film.samefile(clip.path) or disk.sha256_of(clip.path) == clip.sha256
        except OSError:
            return False

    def kept_ids(self) -> list[str]:
        """Clips of which something is kept."""
        return [path.name for path in self._kept.glob("*")]

    def let_go(self, clip_id: str) -> None:
        """No way back any more; what is in the system's trash stays there."""
        disk.let_go(self._place(clip_id))

    def let_go_all(self) -> None:
        """As let_go, of every clip."""
        disk.let_go(self._kept)

    def _place(self, clip_id: str) -> Path:
        return self._kept / clip_id


def _files_of(clip: Clip) -> tuple[Path, Path]:
    """The sidecar first: without it the clip is still the clip."""
    return recipe.sidecar_of(clip.path), clip.path


def _placed(film: Path, wished: Path) -> Path:
    for target in _names(wished):
        if recipe.sidecar_of(target).exists():
            continue
        with contextlib.suppress(MediaRefused):  # the name is taken
            _linked(film, target)
            return target
    raise FileExistsError(17, "too many files of this name", str(wished))


def _names(wished: Path) -> Iterator[Path]:
    for stem, _ in zip(numbered(wished.stem), range(_NAMES_TRIED), strict=False):
        yield wished.with_name(f"{stem}{wished.suffix}")


def _linked(source: Path, target: Path) -> None:
    naming.write_whole(target, lambda part: disk.link_or_copy(source, part))
