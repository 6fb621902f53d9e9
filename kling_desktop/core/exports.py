"""Copies for outside the library: a clip, or one frame of it, where a person chose. Blocks."""

from __future__ import annotations

import shutil
import uuid
from typing import TYPE_CHECKING

from kling_desktop.core import disk
from kling_desktop.core.file_problems import CLIP_GONE, COPY_FAILED, NO_SUCH_FRAME
from kling_desktop.media import frames, recipe
from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def copy_clip(source: Path, target: Path) -> Path:
    """Copies a whole file over `target`, with its recipe: beside it where it is not inside.

    Raises ProblemError where the clip is gone or the folder refuses; then `target` is as it was.
    """
    _require(source)
    _over(target, lambda part: shutil.copyfile(source, part))
    sidecar = recipe.sidecar_of(source)
    if sidecar.exists() and recipe.read_recipe(target) is None:
        _over(recipe.sidecar_of(target), lambda part: shutil.copyfile(sidecar, part))
    return target


def frame_png(source: Path, index: int | None, target: Path) -> Path:
    """Writes one frame over `target` as PNG, exactly as decoded; None is the true last one.

    Raises ProblemError as copy_clip, for a clip that cannot be read, and for no such frame.
    """
    _require(source)

    def write(part: Path) -> None:
        try:
            if index is None:
                frames.last_frame_png(source, part)
            else:
                frames.frame_png(source, index, part)
        except IndexError as error:
            raise ProblemError(NO_SUCH_FRAME(name=source.name, number=index or 0)) from error

    _over(target, write)
    return target


def _require(source: Path) -> None:
    if not source.exists():
        raise ProblemError(CLIP_GONE(name=source.name))


def _over(target: Path, write: Callable[[Path], object]) -> None:
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        write(part)
        disk.put(part, target)
    except OSError as error:
        reason = disk.reason_of(error)
        raise ProblemError(COPY_FAILED(name=target.name, reason=reason)) from error
    finally:
        disk.let_go(part)
