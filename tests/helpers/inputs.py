"""A store of inputs with a web of its own, and files of every sort to put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kling_desktop.core.inputs import Inputs
from kling_desktop.core.writer import Writer
from kling_desktop.records.problem import Problem, ProblemError
from kling_desktop.store.inputs import InputStore
from tests.helpers.media_zoo import (
    animation,
    camera_jpeg,
    deep_png,
    numbered_clip,
    scene,
    sound_only,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from PIL import Image

    from kling_desktop.store.database import Database


def inputs_in(folder: Path, database: Database, web: Mapping[str, bytes | Exception]) -> Inputs:
    """Inputs below a folder; `web` is what lies at each URL, an error is raised."""
    (folder / "inputs").mkdir(exist_ok=True)

    async def fetch(url: str, part: Path) -> None:
        _arrive(web[url], part)

    store = InputStore(database)
    return Inputs(folder / "inputs", folder / "outgoing", store, Writer(), fetch)


def _arrive(found: bytes | Exception, part: Path) -> None:
    if isinstance(found, Exception):
        part.write_bytes(b"half")
        part.with_name(f"{part.name}.from").write_text("{}")
        raise found
    if found:
        part.write_bytes(found)


def saved(picture: Image.Image, path: Path, **options: Any) -> Path:
    """The picture as a file."""
    picture.save(path, **options)
    return path


ZOO: dict[str, Callable[[Path], Path]] = {
    "jpeg from a camera": lambda folder: camera_jpeg(folder / "a.jpg", orientation=6),
    "cmyk": lambda folder: saved(scene().convert("CMYK"), folder / "a.jpg"),
    "16 bits": lambda folder: deep_png(folder / "a.png", colour=True),
    "webp": lambda folder: saved(scene(), folder / "a.webp"),
    "gif that moves": lambda folder: animation(folder / "a.gif"),
    "palette": lambda folder: saved(scene().convert("P"), folder / "a.png"),
    "see-through": lambda folder: saved(scene().convert("RGBA"), folder / "a.png"),
    "clip": lambda folder: numbered_clip(folder / "a.mp4"),
    "sound": lambda folder: sound_only(folder / "a.m4a"),
}


async def refused(work: Awaitable[object]) -> Problem:
    """Why the work did not succeed."""
    with pytest.raises(ProblemError) as caught:
        await work
    return caught.value.problem
