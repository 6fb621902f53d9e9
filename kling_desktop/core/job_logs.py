"""What a server said about each request: a moving window of lines, each kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.records.job import LogLine
    from kling_desktop.records.json_values import JsonValue

MOST_LINES = 500


class JobLogs:
    """In memory while a job runs; its lines go into the job's last event."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[LogLine, None]] = {}

    def add(self, job_id: str, lines: Iterable[LogLine]) -> bool:
        """Adds what is new (by time, level and text), and says whether anything was."""
        kept = self._lines.setdefault(job_id, {})
        before = len(kept)
        new = [line for line in lines if line not in kept]
        kept.update(dict.fromkeys(new))
        while len(kept) > MOST_LINES:
            kept.pop(next(iter(kept)))
        return bool(new) or len(kept) != before

    def of(self, job_id: str) -> tuple[LogLine, ...]:
        """The lines in the order they came."""
        return tuple(self._lines.get(job_id, ()))

    def forget(self, job_id: str) -> None:
        """The job is gone."""
        self._lines.pop(job_id, None)

    def facts(self, job_id: str) -> dict[str, JsonValue]:
        """The lines as plain JSON for an event; empty where there are none."""
        lines = self.of(job_id)
        if not lines:
            return {}
        return {"logs": [[line.at, line.level, line.message] for line in lines]}
