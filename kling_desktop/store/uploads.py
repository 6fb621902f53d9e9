"""Where an input already lies at an origin, for as long as it lives there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.store.database import Database


_LONG_AGO = 0.0
"""The time at which what was forgotten expired."""


class UploadStore:
    """One URL per input and origin."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def url_for(self, sha256: str, origin: str, now: float) -> str | None:
        """The URL, unless it has expired at `now` (Unix seconds)."""
        row = self._database.connection.execute(
            "SELECT url FROM upload WHERE sha256 = ? AND origin = ?"
            " AND (expires_at IS NULL OR expires_at > ?)",
            (sha256, origin, now),
        ).fetchone()
        return None if row is None else str(row["url"])

    def remember(self, sha256: str, origin: str, url: str, expires_at: float | None) -> None:
        """Keeps the URL; None never expires."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO upload VALUES (?, ?, ?, ?)",
                (sha256, origin, url, expires_at),
            )

    def forget(self, sha256: str, origin: str) -> None:
        """The URL is gone or was refused; that it was so stays known until the next upload."""
        self.remember(sha256, origin, "", _LONG_AGO)

    def is_forgotten(self, sha256: str, origin: str) -> bool:
        """Whether a URL of this input was refused there, and none took its place."""
        row = self._database.connection.execute(
            "SELECT 1 FROM upload WHERE sha256 = ? AND origin = ? AND expires_at = ?",
            (sha256, origin, _LONG_AGO),
        ).fetchone()
        return row is not None
