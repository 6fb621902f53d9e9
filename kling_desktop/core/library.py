"""Finished clips: finding, rating, saving elsewhere, and a trash that can be undone."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from typing import TYPE_CHECKING

from psygnal import Signal

from kling_desktop.core import disk, exports
from kling_desktop.core.file_problems import CLIP_GONE, TRASH_FAILED, UNDO_FAILED, UNDO_OVER
from kling_desktop.core.posters import PosterFolder
from kling_desktop.core.telling import tell
from kling_desktop.core.trash import ToSystem, Trash, to_system_trash
from kling_desktop.media import recipe
from kling_desktop.records.clip import Clip
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kling_desktop.core.writer import Threads
    from kling_desktop.records.recipe import Recipe
    from kling_desktop.store.clips import ClipStore

_log = logging.getLogger(__name__)

_POSTERS_AT_ONCE = 2


class Library:
    """Owns the clips. Reads are quick and on the caller's thread; writes wait for the disk."""

    added = Signal(Clip)
    changed = Signal(Clip)
    removed = Signal(str)

    def __init__(
        self,
        store: ClipStore,
        writer: Threads,
        poster_folder: Path,
        to_system: ToSystem = to_system_trash,
    ) -> None:
        """The way back from the trash is kept beside the posters, in `undo`."""
        self._store = store
        self._writer = writer
        self._posters = PosterFolder(poster_folder)
        self._posters_at_once = asyncio.Semaphore(_POSTERS_AT_ONCE)
        self._trash = Trash(poster_folder.with_name("undo"), to_system)
        self._trashing = asyncio.Lock()

    def ids(self, search: str = "") -> list[str]:
        """Newest first."""
        return self._store.ids(search)

    def window(self, clip_ids: Sequence[str]) -> list[Clip]:
        """These clips, in this order."""
        return self._store.window(clip_ids)

    def get(self, clip_id: str) -> Clip | None:
        """The clip of that id."""
        return self._store.get(clip_id)

    def takes(self, shot_id: str) -> list[Clip]:
        """The takes of a shot, A first."""
        return self._store.by_shot(shot_id)

    def tell_added(self, clip: Clip) -> None:
        """The engine put a clip into its place and into the store."""
        tell(self.added, clip)

    async def tidy(self) -> None:
        """Ends what an earlier run left half-done, and bounds the posters. Once, at the start."""
        async with self._trashing:
            for clip_id in await asyncio.to_thread(self._trash.kept_ids):
                await self._settle(clip_id)
        await asyncio.to_thread(self._posters.tidy)

    async def rate(self, clip_id: str, stars: int) -> None:
        """0 to 5 stars."""
        await self._change(clip_id, stars=max(0, min(5, stars)))

    async def mark_seen(self, clip_id: str) -> None:
        """It was on the stage."""
        await self._change(clip_id, seen=True)

    async def poster(self, clip_id: str, width: int, height: int) -> bytes:
        """A JPEG that fits into that many pixels, made once and kept.

        Raises ProblemError where the file is gone or has nothing to see in it.
        """
        clip = self._existing(clip_id)
        async with self._posters_at_once:
            return await asyncio.to_thread(self._posters.poster, clip, (width, height))

    async def trash(self, clip_id: str) -> None:
        """Puts the file into the system's trash; until the program ends, undo_trash undoes it.

        Raises ProblemError where the system has no trash there; then nothing has changed.
        """
        async with self._trashing:
            clip = self.get(clip_id)
            if clip is None or clip.deleted_at is not None:
                return
            try:
                await asyncio.to_thread(self._trash.take, clip)
            except OSError as error:
                problem = TRASH_FAILED(name=clip.path.name, reason=disk.reason_of(error))
                raise ProblemError(problem) from error
            await self._mark_trashed(clip)
        tell(self.removed, clip_id)

    async def undo_trash(self, clip_id: str) -> None:
        """Brings the file and the row back; the file gets a counter if its name was taken since.

        Raises ProblemError where that is over or the folder refuses.
        """
        async with self._trashing:
            clip = self.get(clip_id)
            if clip is None or clip.deleted_at is None:
                return
            try:
                path = await asyncio.to_thread(self._trash.bring_back, clip)
            except FileNotFoundError as error:
                raise ProblemError(UNDO_OVER(name=clip.path.name)) from error
            except OSError as error:
                problem = UNDO_FAILED(name=clip.path.name, reason=disk.reason_of(error))
                raise ProblemError(problem) from error
            back = await self._change(clip_id, deleted_at=None, path=path)
            await asyncio.to_thread(self._trash.let_go, clip_id)
        if back is not None:
            tell(self.added, back)

    async def forget_undo(self) -> None:
        """Lets go of what was kept for undo; the system's trash keeps its own. At the end."""
        async with self._trashing:
            await asyncio.to_thread(self._trash.let_go_all)

    async def save_as(self, clip_id: str, target: Path) -> Path:
        """Copies the whole file, with its recipe, to where a person chose. Raises ProblemError."""
        clip = self._existing(clip_id)
        return await asyncio.to_thread(exports.copy_clip, clip.path, target)

    async def save_frame(self, clip_id: str, index: int | None, target: Path) -> Path:
        """One frame as PNG, exactly as decoded; None is the true last one. Raises ProblemError."""
        clip = self._existing(clip_id)
        return await asyncio.to_thread(exports.frame_png, clip.path, index, target)

    async def recipe(self, clip_id: str) -> Recipe | None:
        """All that made it, read from the file. Raises ProblemError for an unknown clip."""
        clip = self._existing(clip_id)
        return await asyncio.to_thread(recipe.read_recipe, clip.path)

    async def _mark_trashed(self, clip: Clip) -> None:
        try:
            await self._change(clip.clip_id, deleted_at=time.time())
        except asyncio.CancelledError:
            raise  # the row may still be written; the next start looks at both
        except BaseException:
            await asyncio.to_thread(self._trash.put_back, clip)
            raise

    async def _settle(self, clip_id: str) -> None:
        """The program ended between a file and its row; the row, and then the file, decides."""
        clip = self.get(clip_id)
        try:
            if clip is not None and clip.deleted_at is None:
                await asyncio.to_thread(self._trash.put_back, clip)
                tell(self.changed, clip)
            elif clip is not None and await asyncio.to_thread(self._trash.is_back, clip):
                tell(self.added, await self._change(clip_id, deleted_at=None))
        except OSError as error:
            _log.info("a clip is not brought back yet: %s", disk.reason_of(error))
            return
        await asyncio.to_thread(self._trash.let_go, clip_id)

    async def _change(self, clip_id: str, **changes: object) -> Clip | None:
        """Reads and writes in the writer's one thread, so that no change undoes another."""
        before, after = await self._writer.run(self._changed, clip_id, changes)
        if before and after and after != before and before.deleted_at == after.deleted_at:
            tell(self.changed, after)
        return after

    def _changed(self, clip_id: str, changes: dict[str, object]) -> tuple[Clip | None, Clip | None]:
        """The clip before and after."""
        before = self._store.get(clip_id)
        if before is None:
            return None, None
        after = dataclasses.replace(before, **changes)  # type: ignore[arg-type]  # names are ours
        if after != before:
            self._store.save(after)
        return before, after

    def _existing(self, clip_id: str) -> Clip:
        clip = self.get(clip_id)
        if clip is None or clip.deleted_at is not None:
            raise ProblemError(CLIP_GONE(name=clip.path.name if clip else clip_id))
        return clip
