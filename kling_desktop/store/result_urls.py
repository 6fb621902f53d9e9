"""Where the files of clips lie at the servers that made them; they outlive their jobs here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.records.result_url import ResultUrl

if TYPE_CHECKING:
    from kling_desktop.store.database import Database


class ResultUrlStore:
    """One address per clip."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, clip_id: str, found: ResultUrl) -> None:
        """Adds it, or replaces the one of that clip."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO result_url VALUES (?, ?, ?, ?)",
                (clip_id, found.origin, found.url, found.expires_at),
            )

    def get(self, clip_id: str) -> ResultUrl | None:
        """The address of that clip."""
        row = self._database.connection.execute(
            "SELECT * FROM result_url WHERE clip_id = ?", (clip_id,)
        ).fetchone()
        if row is None:
            return None
        return ResultUrl(url=row["url"], origin=row["origin"], expires_at=row["expires_at"])
