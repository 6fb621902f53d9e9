"""The library's rows. The files themselves are where the rows say."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling_desktop.records.clip import Clip
from kling_desktop.records.job import MadeBy
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kling_desktop.store.database import Database

_COLUMNS = tuple(one.name for one in dataclasses.fields(Clip))
_SAVE = "INSERT OR REPLACE INTO clip ({}) VALUES ({})".format(  # noqa: S608 - names of fields
    ", ".join(_COLUMNS), ", ".join(f":{name}" for name in _COLUMNS)
)


class ClipStore:
    """Clips by id, and the order of the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, clip: Clip) -> None:
        """Adds the clip or replaces the one of that id."""
        with self._database.transaction() as connection:
            connection.execute(_SAVE, _row_of(clip))

    def get(self, clip_id: str) -> Clip | None:
        """The clip of that id, also one in the trash."""
        found = self.window([clip_id])
        return found[0] if found else None

    def ids(self, search: str = "", project_id: str | None = None) -> list[str]:
        """Newest first; every word of `search` must stand in title, prompt or endpoint id."""
        wheres, values = ["deleted_at IS NULL"], []
        if project_id is not None:
            wheres.append("project_id = ?")
            values.append(project_id)
        for word in search.split():
            wheres.append("(title || ' ' || prompt || ' ' || endpoint_id) LIKE ? ESCAPE '\\'")
            values.append(f"%{_literal(word)}%")
        query = (
            f"SELECT clip_id FROM clip WHERE {' AND '.join(wheres)} "  # noqa: S608 - own words only
            "ORDER BY created_at DESC, clip_id DESC"
        )
        return [row["clip_id"] for row in self._database.connection.execute(query, values)]

    def window(self, clip_ids: Sequence[str]) -> list[Clip]:
        """These clips in this order; unknown ids are left out."""
        marks = ", ".join("?" for _ in clip_ids)
        rows = self._database.connection.execute(
            f"SELECT * FROM clip WHERE clip_id IN ({marks})",  # noqa: S608 - marks only
            list(clip_ids),
        )
        found = {row["clip_id"]: _clip_of(row) for row in rows}
        return [found[clip_id] for clip_id in clip_ids if clip_id in found]

    def by_sha256(self, sha256: str) -> list[Clip]:
        """The clips whose file had these bytes when it was finished, the newest first."""
        rows = self._database.connection.execute(
            "SELECT * FROM clip WHERE sha256 = ? ORDER BY created_at DESC", (sha256,)
        )
        return [_clip_of(row) for row in rows]

    def by_shot(self, shot_id: str) -> list[Clip]:
        """The takes of a shot that are in the library, A first."""
        rows = self._database.connection.execute(
            "SELECT * FROM clip WHERE shot_id = ? AND deleted_at IS NULL ORDER BY take, clip_id",
            (shot_id,),
        )
        return [_clip_of(row) for row in rows]


def _row_of(clip: Clip) -> dict[str, Any]:
    row = {name: getattr(clip, name) for name in _COLUMNS}
    return {
        **row,
        "path": str(clip.path),
        "kind": clip.kind.value,
        "made_by": clip.made_by.value,
        "seen": int(clip.seen),
    }


def _clip_of(row: sqlite3.Row) -> Clip:
    data: dict[str, Any] = dict(row)
    return Clip(
        **{
            **data,
            "path": Path(data["path"]),
            "kind": MediaKind(data["kind"]),
            "made_by": MadeBy(data["made_by"]),
            "seen": bool(data["seen"]),
        }
    )


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
