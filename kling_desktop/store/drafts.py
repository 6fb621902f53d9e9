"""Unsent forms: the current one, and those that it replaced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kling_desktop.records.draft import Draft

if TYPE_CHECKING:
    import sqlite3

    from kling_desktop.store.database import Database


RECENT_KEPT = 50


class DraftStore:
    """One current draft per project; the others are kept as recent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, draft: Draft) -> None:
        """Keeps the draft and makes it the current one of its project."""
        record = json.dumps(draft.to_json(), ensure_ascii=False)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE draft SET is_current = 0 WHERE project_id = ? AND draft_id <> ?",
                (draft.project_id, draft.draft_id),
            )
            connection.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, 1, ?)",
                (draft.draft_id, draft.project_id, draft.saved_at, record),
            )
            _prune(connection, draft.project_id)

    def current(self, project_id: str) -> Draft | None:
        """The one that the form held last."""
        row = self._database.connection.execute(
            "SELECT record FROM draft WHERE project_id = ? AND is_current = 1", (project_id,)
        ).fetchone()
        return None if row is None else Draft.from_json(json.loads(row["record"]))

    def recent(self, project_id: str, limit: int = 20) -> list[Draft]:
        """The replaced ones, newest first."""
        rows = self._database.connection.execute(
            "SELECT record FROM draft WHERE project_id = ? AND is_current = 0"
            " ORDER BY saved_at DESC LIMIT ?",
            (project_id, limit),
        )
        return [Draft.from_json(json.loads(row["record"])) for row in rows]


def _prune(connection: sqlite3.Connection, project_id: str) -> None:
    """Untouched samples and empty forms are not worth a place among the recent ones."""
    connection.execute(
        "DELETE FROM draft WHERE project_id = ? AND is_current = 0 AND ("
        " json_extract(record, '$.is_sample') = 1"
        " OR (json_extract(record, '$.values') = '{}' AND json_extract(record, '$.parked') = '{}')"
        " OR draft_id NOT IN (SELECT draft_id FROM draft WHERE project_id = ? AND is_current = 0"
        " ORDER BY saved_at DESC LIMIT ?))",
        (project_id, project_id, RECENT_KEPT),
    )
