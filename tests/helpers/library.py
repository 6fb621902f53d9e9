"""A library with real clips in it, and all that its signals said."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from kling_desktop.core.library import Library
from kling_desktop.core.writer import Writer
from kling_desktop.media.probe import probe
from kling_desktop.media.recipe import write_recipe
from kling_desktop.records.job import MadeBy
from kling_desktop.records.problem import Problem, ProblemError
from kling_desktop.records.recipe import Recipe
from kling_desktop.store.clips import ClipStore
from tests.helpers.media_zoo import ClipPlan, numbered_clip
from tests.helpers.records import a_clip

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from kling_desktop.records.clip import Clip
    from kling_desktop.store.database import Database

RECIPE = Recipe(
    endpoint_id="invented/model", values={"prompt": "The cat turns"}, inputs=(), request_id="r1",
    made_by=MadeBy.FAL, title="Cat", take=0, made_at="2026-11-22T08:00:00Z", program="x",
)  # fmt: skip


class House:
    """The library, the folder of its clips, and what is left in the folder of undo."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.store, self.writer = folder, ClipStore(database), Writer()
        self.clips = folder / "Videos" / "My clips"
        self.clips.mkdir(parents=True)
        self.said: list[tuple[str, str]] = []
        self.library = self.restarted()

    def restarted(self, **more: Any) -> Library:
        """The library as the next start of the program has it; `said` begins anew."""
        library = Library(self.store, self.writer, self.folder / "posters", **more)
        self.said = []
        library.added.connect(lambda clip: self.said.append(("added", clip.clip_id)))
        library.changed.connect(lambda clip: self.said.append(("changed", clip.clip_id)))
        library.removed.connect(lambda clip_id: self.said.append(("removed", clip_id)))
        return library

    def clip(
        self,
        name: str = "cat_A.mp4",
        made: Callable[[Path], object] | None = None,
        clip_id: str = "clip",
    ) -> Clip:
        """Adds a clip: one of twelve numbered frames with its recipe, or what `made` writes."""
        path = self.clips / name
        if made is None:
            raw = self.folder / f"raw{path.suffix}"
            write_recipe(numbered_clip(raw, ClipPlan(frames=12)), RECIPE, path)
        else:
            made(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        kind = probe(path).kind
        clip = a_clip(clip_id=clip_id, path=path, sha256=sha256, kind=kind, shot_id="shot")
        self.store.save(clip)
        return clip

    def files(self) -> list[str]:
        """Names in the folder of the clips."""
        return sorted(path.name for path in self.clips.iterdir())

    def kept(self) -> list[Path]:
        """Files that are kept for undo."""
        return [path for path in (self.folder / "undo").rglob("*") if path.is_file()]


async def problem_of(work: Awaitable[object]) -> Problem:
    """What the work ends with."""
    with pytest.raises(ProblemError) as caught:
        await work
    return caught.value.problem
