"""Values that a server refused, so that the next try with them can be warned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kling_desktop.records.refused_value import RefusedValue

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kling_desktop.store.database import Database


class RefusedValueStore:
    """One row per server, endpoint, place and value; the newest refusal of it counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, refused: Iterable[RefusedValue], *, keep: int) -> None:
        """Keeps them, and lets go of the oldest of all where there are more than `keep`."""
        with self._database.transaction() as connection:
            for one in refused:
                connection.execute(
                    "INSERT OR REPLACE INTO refused_value VALUES (?, ?, ?, ?, ?, ?)", _row(one)
                )
            connection.execute(
                "DELETE FROM refused_value WHERE rowid NOT IN"
                " (SELECT rowid FROM refused_value ORDER BY refused_at DESC, rowid DESC LIMIT ?)",
                (keep,),
            )

    def all(self) -> list[RefusedValue]:
        """All that are kept, the newest first."""
        rows = self._database.connection.execute(
            "SELECT record FROM refused_value ORDER BY refused_at DESC, rowid DESC"
        )
        return [RefusedValue.from_json(json.loads(row["record"])) for row in rows]

    def forget(self, refused: Iterable[RefusedValue]) -> None:
        """Takes them out; those that are not there do not matter."""
        with self._database.transaction() as connection:
            for one in refused:
                _delete(connection, one)


def _delete(connection: sqlite3.Connection, one: RefusedValue) -> None:
    connection.execute(
        "DELETE FROM refused_value WHERE origin = ? AND endpoint_id = ? AND loc = ? AND digest = ?",
        _row(one)[:4],
    )


def _row(one: RefusedValue) -> tuple[str, str, str, str, float, str]:
    loc = json.dumps(one.loc, ensure_ascii=False)
    record = json.dumps(one.to_json(), ensure_ascii=False)
    return one.origin, one.endpoint_id, loc, one.digest, one.refused_at, record
