"""The recipe of a clip, kept where the clip goes: inside the file and in a sidecar beside it."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, BinaryIO

from kling_desktop.media import remux
from kling_desktop.media.magic import FIRST_BYTES, kind_of
from kling_desktop.media.naming import free_name, sidecar_of, write_whole
from kling_desktop.media.opened import open_regular
from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.streams import TROUBLE, open_container
from kling_desktop.records.recipe import Recipe

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["free_name", "read_recipe", "sidecar_of", "write_recipe"]

_LARGEST_SIDECAR = 8_000_000
"""Bytes."""
_IN_FILE = "comment"
"""The name of the tag, which every player and file browser shows."""


def write_recipe(path: Path, recipe: Recipe, target: Path) -> None:
    """Puts a finished file in its place, together with its recipe.

    An MP4 or MOV is packed anew around the same frames with the recipe as JSON in its comment;
    any other file, and one that cannot be packed anew without loss, is copied as it is. Beside
    it comes the sidecar. `target` must not exist, or be from free_name; `path` stays.
    Raises MediaRefused for an unreadable source or a taken name, and OSError for the disk.
    """
    text = recipe_text(recipe)
    with open_regular(path) as source:
        try:
            write_whole(target, lambda part: _packed(source, part, recipe.title, text))
        except (*TROUBLE, remux.RemuxError):
            write_whole(target, lambda part: _copied(source, part))
    sidecar = sidecar_of(target)
    write_whole(sidecar, lambda part: part.write_text(text, encoding="utf-8"))


def read_recipe(path: Path) -> Recipe | None:
    """What write_recipe wrote, from the file itself, else from its sidecar; None for neither."""
    return _parsed(_comment_of(path)) or _parsed(_sidecar_text(path))


def recipe_text(recipe: Recipe) -> str:
    """The recipe as JSON. Of the files that went in it tells the names and never a folder."""
    told = recipe.to_json()
    for one in told["files"]:
        one["name"] = re.split(r"[/\\]", one["name"])[-1]
    try:
        text = json.dumps(told, ensure_ascii=False, indent=1)
        text.encode("utf-8")
    except UnicodeEncodeError:
        # Half of a character, which only escapes can carry.
        text = json.dumps(told, indent=1)
    return text


def _packed(source: BinaryIO, part: Path, title: str, text: str) -> None:
    source.seek(0)
    found = kind_of(source.read(FIRST_BYTES))
    if found is None or found[2] not in remux.WRITERS:
        _copied(source, part)
        return
    plain_title = title.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    remux.with_metadata(source, found[2], part, {"title": plain_title, _IN_FILE: text})


def _copied(source: BinaryIO, part: Path) -> None:
    source.seek(0)
    with part.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)


def _comment_of(path: Path) -> str:
    try:
        with open_regular(path) as file:
            found = kind_of(file.read(FIRST_BYTES))
            if found is None or found[2] not in remux.WRITERS:
                return ""
            with open_container(file, found[2]) as container:
                return container.metadata.get(_IN_FILE, "")
    except (MediaRefused, *TROUBLE):
        return ""


def _sidecar_text(path: Path) -> str:
    try:
        with open_regular(sidecar_of(path), _LARGEST_SIDECAR) as file:
            return file.read().decode("utf-8")
    except (MediaRefused, OSError, ValueError):
        return ""


def _parsed(text: str) -> Recipe | None:
    try:
        told = json.loads(text)
        return Recipe.from_json(told) if isinstance(told, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
