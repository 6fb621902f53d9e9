"""Voices that were made: paid for once, and named in requests for as long as they live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.records.voice import MadeVoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.store.database import Database


class VoiceStore:
    """One row per voice and origin; a voice outlives the job that made it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, voices: Iterable[MadeVoice]) -> None:
        """Adds those that are not here yet."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO voice VALUES (?, ?, ?, ?)",
                [(one.voice_id, one.origin, one.name, one.made_at) for one in voices],
            )

    def all(self) -> list[MadeVoice]:
        """The newest first."""
        rows = self._database.connection.execute(
            "SELECT * FROM voice ORDER BY made_at DESC, voice_id"
        )
        return [
            MadeVoice(
                voice_id=row["voice_id"],
                origin=row["origin"],
                name=row["name"],
                made_at=row["made_at"],
            )
            for row in rows
        ]
