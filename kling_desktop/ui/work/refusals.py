"""What fal said against values: shown at their fields for as long as they stand there unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.records.job import Job, JobState

if TYPE_CHECKING:
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.problem import Problem

_MOST = 20


class Refusals:
    """Remembers the last refused jobs. They keep nobody from sending the same again."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def keep(self, job: Job) -> bool:
        """Whether the job failed for something that stands in a field."""
        if job.state is not JobState.FAILED or job.problem is None or not job.problem.loc:
            return False
        self._jobs[job.job_id] = job
        while len(self._jobs) > _MOST:
            del self._jobs[next(iter(self._jobs))]
        return True

    def of(self, draft: Draft) -> tuple[Problem, ...]:
        """What was said against the draft as it is now."""
        found: list[Problem] = []
        for job in self._jobs.values():
            if job.problem is not None and _is_about(job, draft) and job.problem not in found:
                found.append(job.problem)
        return tuple(found)


def _is_about(job: Job, draft: Draft) -> bool:
    if job.problem is None or job.endpoint_id != draft.endpoint_id:
        return False
    name = str(job.problem.loc[0])
    return job.values.get(name) == draft.values.get(name)
