"""The files that were given, by hash, with their names and facts."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from kling_desktop.records.framing import Made
from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef, StoredInput

if TYPE_CHECKING:
    import sqlite3

    from kling_desktop.store.database import Database

_ADD = """
INSERT INTO input (sha256, suffix, name, facts, added_at, made) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET name = excluded.name, facts = excluded.facts,
    added_at = excluded.added_at, made = COALESCE(excluded.made, made)
"""


class InputStore:
    """Stored inputs by reference."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, stored: StoredInput) -> None:
        """Keeps it; the newest name wins where the same bytes come again.

        Of what it was made stays known when the same bytes are given by hand.
        """
        facts = {**dataclasses.asdict(stored.facts), "kind": stored.facts.kind.value}
        with self._database.transaction() as connection:
            connection.execute(
                _ADD,
                (
                    stored.ref.sha256,
                    stored.ref.suffix,
                    stored.name,
                    json.dumps(facts),
                    stored.added_at,
                    json.dumps(stored.made.to_json()) if stored.made else None,
                ),
            )

    def get(self, ref: MediaRef) -> StoredInput | None:
        """What is known of that reference."""
        row = self._database.connection.execute(
            "SELECT * FROM input WHERE sha256 = ? AND suffix = ?", (ref.sha256, ref.suffix)
        ).fetchone()
        return None if row is None else _input_of(row)

    def recent(self, limit: int = 50) -> list[StoredInput]:
        """The last ones given, newest first."""
        rows = self._database.connection.execute(
            "SELECT * FROM input ORDER BY added_at DESC LIMIT ?", (limit,)
        )
        return [_input_of(row) for row in rows]


def _input_of(row: sqlite3.Row) -> StoredInput:
    facts = json.loads(row["facts"])
    return StoredInput(
        ref=MediaRef(row["sha256"], row["suffix"]),
        name=row["name"],
        facts=MediaFacts(**{**facts, "kind": MediaKind(facts["kind"])}),
        added_at=row["added_at"],
        made=_made_of(row["made"]),
    )


def _made_of(text: str | None) -> Made | None:
    try:
        return Made.from_json(json.loads(text)) if text else None
    except (KeyError, TypeError, ValueError):
        return None  # A later version may say more; the picture itself is whole.
