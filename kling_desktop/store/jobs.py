"""Jobs and the events of their lives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kling_desktop.records.job import FINAL_STATES, Job, JobEvent, JobState, MadeBy
from kling_desktop.store.job_rows import job_from_text, job_to_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.store.database import Database

_SAVE = """
INSERT INTO job VALUES (:job_id, :project_id, :shot_id, :take, :batch_id, :made_by, :origin,
    :endpoint_id, :state, :request_id, :created_at, :changed_at, :record)
ON CONFLICT (job_id) DO UPDATE SET state = excluded.state, request_id = excluded.request_id,
    changed_at = excluded.changed_at, record = excluded.record
"""


class JobStore:
    """Every save replaces the whole record, and adds an event, in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, job: Job, note: str = "", facts: Mapping[str, JsonValue] | None = None) -> None:
        """Keeps the job as it is now. Raises sqlite3.Error where the disk does not take it."""
        with self._database.transaction() as connection:
            _save(connection, job, note, facts or {})

    def save_many(self, jobs: Iterable[Job], note: str = "") -> None:
        """Keeps several jobs, all or none."""
        with self._database.transaction() as connection:
            for job in jobs:
                _save(connection, job, note, {})

    def get(self, job_id: str) -> Job | None:
        """The job of that id."""
        row = self._database.connection.execute(
            "SELECT record FROM job WHERE job_id = ?", (job_id,)
        ).fetchone()
        return None if row is None else job_from_text(row["record"])

    def open_jobs(self) -> list[Job]:
        """All that are not final, oldest first."""
        final = [state.value for state in FINAL_STATES]
        rows = self._database.connection.execute(
            "SELECT record FROM job WHERE state NOT IN (?, ?, ?) ORDER BY job_id", final
        )
        return [job_from_text(row["record"]) for row in rows]

    def times_at_fal(self, limit: int = 400) -> list[tuple[str, float]]:
        """Endpoint and seconds from its queue to its result, of real clips, the newest first."""
        rows = self._database.connection.execute(
            "SELECT job.endpoint_id, MIN(came.at) - MIN(went.at) AS seconds FROM"
            " (SELECT job_id, endpoint_id, changed_at FROM job WHERE state = ? AND made_by = ?"
            " ORDER BY changed_at DESC LIMIT ?) AS job"
            " JOIN job_event AS went ON went.job_id = job.job_id AND went.state = ?"
            " JOIN job_event AS came ON came.job_id = job.job_id AND came.state = ?"
            " GROUP BY job.job_id ORDER BY job.changed_at DESC",
            (JobState.FINISHED, MadeBy.FAL, limit, JobState.IN_QUEUE, JobState.FETCHING),
        )
        return [(row["endpoint_id"], row["seconds"]) for row in rows if row["seconds"] > 0]

    def recent(self, limit: int = 50) -> list[Job]:
        """The final ones that ended last, newest first."""
        final = [state.value for state in FINAL_STATES]
        rows = self._database.connection.execute(
            "SELECT record FROM job WHERE state IN (?, ?, ?) ORDER BY changed_at DESC LIMIT ?",
            (*final, limit),
        )
        return [job_from_text(row["record"]) for row in rows]

    def known_requests(self, origin: str) -> set[str]:
        """Every request id of that origin that belongs to a job."""
        rows = self._database.connection.execute(
            "SELECT request_id FROM job WHERE origin = ? AND request_id IS NOT NULL", (origin,)
        )
        return {row["request_id"] for row in rows}

    def remove(self, job_id: str) -> None:
        """Takes the job out of the list; its events stay."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM job WHERE job_id = ?", (job_id,))

    def events(self, job_id: str) -> list[JobEvent]:
        """The life of a job, oldest first."""
        rows = self._database.connection.execute(
            "SELECT * FROM job_event WHERE job_id = ? ORDER BY event_id", (job_id,)
        )
        return [
            JobEvent(
                job_id=row["job_id"],
                at=row["at"],
                state=JobState(row["state"]),
                note=row["note"],
                facts=json.loads(row["facts"]),
            )
            for row in rows
        ]


def _save(
    connection: sqlite3.Connection, job: Job, note: str, facts: Mapping[str, JsonValue]
) -> None:
    connection.execute(
        _SAVE,
        {
            "job_id": job.job_id,
            "project_id": job.project_id,
            "shot_id": job.shot_id,
            "take": job.take,
            "batch_id": job.batch_id,
            "made_by": job.made_by.value,
            "origin": job.origin,
            "endpoint_id": job.endpoint_id,
            "state": job.state.value,
            "request_id": job.request.request_id if job.request else None,
            "created_at": job.created_at,
            "changed_at": job.changed_at,
            "record": job_to_text(job),
        },
    )
    connection.executemany(
        "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?)",
        [(job.job_id, one.number, one.sent_at, one.body_sha256) for one in job.attempts],
    )
    connection.execute(
        "INSERT INTO job_event (job_id, at, state, note, facts) VALUES (?, ?, ?, ?, ?)",
        (job.job_id, job.changed_at, job.state.value, note, json.dumps(facts)),
    )
