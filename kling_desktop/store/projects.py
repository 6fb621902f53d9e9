"""Projects, their shots, and the letters of the takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.store.database import Database


class ProjectStore:
    """Shots know which letter comes next, so that a removed take's letter is not given again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def name(self, project_id: str) -> str | None:
        """The project's name."""
        row = self._database.connection.execute(
            "SELECT name FROM project WHERE project_id = ?", (project_id,)
        ).fetchone()
        return None if row is None else str(row["name"])

    def ratio(self, project_id: str) -> str:
        """The ratio in which its clips are delivered, as "16:9"; empty where there is none."""
        row = self._database.connection.execute(
            "SELECT ratio FROM project WHERE project_id = ?", (project_id,)
        ).fetchone()
        return "" if row is None else str(row["ratio"])

    def set_ratio(self, project_id: str, ratio: str) -> None:
        """Another ratio of delivery, or none."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE project SET ratio = ? WHERE project_id = ?", (ratio, project_id)
            )

    def add_shot(self, shot_id: str, project_id: str, title: str, created_at: float) -> None:
        """Begins a shot; one that exists stays as it is."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO shot VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
                (shot_id, project_id, title, created_at),
            )

    def take_letters(self, shot_id: str, count: int) -> int:
        """Reserves `count` takes of the shot and returns the number of the first (0 is A).

        Raises KeyError for an unknown shot.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "UPDATE shot SET next_take = next_take + ? WHERE shot_id = ? RETURNING next_take",
                (count, shot_id),
            ).fetchone()
            if row is None:
                raise KeyError(shot_id)
            return int(row["next_take"]) - count
