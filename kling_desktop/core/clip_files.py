"""From a whole `.part` to a clip in its place: looked into, marked with its recipe, recognized.

All of it blocks and belongs into a worker thread.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import kling_desktop
from kling_desktop.core.naming import numbered
from kling_desktop.core.problems import NOT_WHAT_WAS_MADE, ClipRefusedError
from kling_desktop.media import magic, naming, probe, recipe
from kling_desktop.media.other_files import other_file
from kling_desktop.media.problems import NAME_TAKEN, MediaRefused
from kling_desktop.records.clip import Clip
from kling_desktop.records.json_values import media_refs
from kling_desktop.records.media import MediaFacts
from kling_desktop.records.recipe import Recipe, RecipeInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kling_desktop.core.clip_places import ClipPlace
    from kling_desktop.records.job import Job
    from kling_desktop.records.media import MediaRef

_NAMES_TRIED = 10_000


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A finished file and what is in it."""

    path: Path
    facts: MediaFacts
    sha256: str


def part_of(place: ClipPlace, job: Job) -> Path:
    """Where a download grows; another job of the same name gets another one."""
    return place.folder / f"{place.stem}.{job.job_id[-12:]}.part"


def recipe_of(job: Job, name_of: Callable[[MediaRef], str]) -> Recipe:
    """All that made a job's clip; neither key nor path nor price."""
    refs = dict.fromkeys(ref for _, ref in media_refs(job.values))
    made_at = datetime.datetime.fromtimestamp(job.created_at, datetime.UTC)
    return Recipe(
        endpoint_id=job.endpoint_id,
        values=job.values,
        inputs=tuple(RecipeInput(ref=str(ref), name=name_of(ref)) for ref in refs),
        request_id=job.request.request_id if job.request else "",
        made_by=job.made_by,
        title=job.title,
        take=job.take,
        made_at=made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        program=f"Kling Desktop {kling_desktop.__version__}",
    )


def finish(part: Path, place: ClipPlace, made: Recipe) -> ClipFile:
    """Puts a whole download in its place, never over another file; the part is gone then.

    The file is synced, then named, then its folder synced. Raises ClipRefusedError where the bytes
    are no clip (the part stays), and OSError.
    """
    first = _first_bytes(part)
    found = magic.kind_of(first) or other_file(first)
    try:
        _facts(part)
    except MediaRefused as error:
        refused = NOT_WHAT_WAS_MADE(folder=str(place.folder), details=error.problem.said())
        raise ClipRefusedError(refused) from error
    suffix = found[1] if found else ".bin"
    path = _placed(part, place, made, suffix)
    part.unlink(missing_ok=True)
    return _looked_at(path)


def recognized(place: ClipPlace, made: Recipe) -> ClipFile | None:
    """The file of an earlier run that was in its place before its row was written."""
    for path in _candidates(place):
        try:
            if _is_same(recipe.read_recipe(path), made):
                _complete(path, made)
                return _looked_at(path)
        except (MediaRefused, OSError):
            continue
    return None


def clip_of(job: Job, clip_id: str, file: ClipFile, now: float) -> Clip:
    """The library's record of a finished file."""
    prompt = job.values.get("prompt")
    facts = file.facts
    return Clip(
        clip_id=clip_id,
        job_id=job.job_id,
        project_id=job.project_id,
        shot_id=job.shot_id,
        take=job.take,
        made_by=job.made_by,
        kind=facts.kind,
        path=file.path,
        title=job.title,
        prompt=prompt if isinstance(prompt, str) else "",
        endpoint_id=job.endpoint_id,
        created_at=now,
        sha256=file.sha256,
        size=facts.size,
        content_type=facts.content_type,
        width=facts.width,
        height=facts.height,
        duration=facts.duration,
        frame_rate=facts.frame_rate,
        frames=facts.frames,
    )


def _placed(part: Path, place: ClipPlace, made: Recipe, suffix: str) -> Path:
    for name, _ in zip(numbered(place.stem), range(_NAMES_TRIED), strict=False):
        target = place.folder / f"{name}{suffix}"
        if target.exists() or recipe.sidecar_of(target).exists():
            continue
        try:
            recipe.write_recipe(part, made, target)
        except MediaRefused as error:
            if error.problem.code != NAME_TAKEN.code:
                raise
        else:
            return target
    raise FileExistsError(17, "too many files of this name", place.stem)


def _complete(path: Path, made: Recipe) -> None:
    """A stop may have come between the file and its sidecar."""
    sidecar = recipe.sidecar_of(path)
    if not sidecar.exists():
        text = recipe.recipe_text(made)
        naming.write_whole(sidecar, lambda part: _write_text(part, text))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _candidates(place: ClipPlace) -> Iterator[Path]:
    if not place.folder.is_dir():
        return
    for path in sorted(place.folder.iterdir()):
        named = path.stem == place.stem or path.stem.startswith(f"{place.stem} (")
        if named and path.suffix not in {".json", ".part", ".from"} and path.is_file():
            yield path


def _is_same(found: Recipe | None, made: Recipe) -> bool:
    return found is not None and bool(made.request_id) and found.request_id == made.request_id


def _looked_at(path: Path) -> ClipFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ClipFile(path, _facts(path), digest)


def _facts(path: Path) -> MediaFacts:
    """Raises MediaRefused for what is neither media nor another file that is known."""
    other = other_file(_first_bytes(path))
    if other is None:
        return probe.probe(path)
    kind, _, content_type = other
    return MediaFacts(kind=kind, content_type=content_type, size=path.stat().st_size)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(magic.FIRST_BYTES)
