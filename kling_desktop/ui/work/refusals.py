"""What was said against values: shown at their fields for as long as they stand there unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog.replacing import value_at
from kling_desktop.records.job import REHEARSAL_ORIGIN, Job, JobState, MadeBy
from kling_desktop.records.problem import Way, WayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem

_MOST = 20


class Refusals:
    """The last refused jobs of this run in their own words, and all that the engine remembers.

    They keep nobody from sending the same again. A rehearsal and fal do not speak for each other.
    """

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up, with what it remembers."""
        self._studio = studio

    def keep(self, job: Job) -> bool:
        """Whether the job changes what is shown: refused for a field, or made after all."""
        if job.state is JobState.FINISHED:
            return self._drop_alike(job)
        if job.state is not JobState.FAILED or job.problem is None or not job.problem.loc:
            return False
        self._jobs[job.job_id] = job
        while len(self._jobs) > _MOST:
            del self._jobs[next(iter(self._jobs))]
        return True

    def of(
        self, draft: Draft, request_type: RequestType, media: Mapping[str, MediaFacts]
    ) -> tuple[Problem, ...]:
        """What was said against the draft as it is now, with the ways out of it."""
        from kling_desktop.catalog.ways import with_ways_of_refusal

        found = list(self._of_this_run(draft))
        places = {one.loc for one in found}
        found += [one for one in self._remembered(draft, request_type) if one.loc not in places]
        return tuple(
            with_ways_of_refusal(request_type, draft.values, media, _forgettable(one))
            for one in found
        )

    def forget(self, draft: Draft, loc: Loc) -> None:
        """A person wants to hear no more of what stands at that place."""
        for job_id, job in [*self._jobs.items()]:
            if job.problem is not None and job.problem.loc == loc and _is_about(job, draft):
                del self._jobs[job_id]
        if self._studio is not None:
            origin = self._origin(self._studio, draft)
            forgetting = self._studio.refused.forget(origin, draft.endpoint_id, loc, draft.values)
            self._studio.tasks.spawn(forgetting, "forget a refusal")

    def _of_this_run(self, draft: Draft) -> Iterator[Problem]:
        told: list[Problem] = []
        for job in self._jobs.values():
            if job.problem is not None and _is_about(job, draft) and job.problem not in told:
                told.append(job.problem)
                yield job.problem

    def _remembered(self, draft: Draft, request_type: RequestType) -> Iterator[Problem]:
        from kling_desktop.catalog.refused_values import refused_problems

        if self._studio is not None:
            origin = self._origin(self._studio, draft)
            known = self._studio.refused.of(origin, draft.endpoint_id)
            yield from refused_problems(request_type, draft.values, known)

    def _origin(self, studio: Studio, draft: Draft) -> str:
        return REHEARSAL_ORIGIN if draft.made_by is MadeBy.REHEARSAL else studio.fal_origin

    def _drop_alike(self, made: Job) -> bool:
        alike = [
            job_id
            for job_id, job in self._jobs.items()
            if (job.endpoint_id, job.made_by) == (made.endpoint_id, made.made_by)
            and job.problem is not None
            and _same_there(job, made.values, job.problem.loc)
        ]
        for job_id in alike:
            del self._jobs[job_id]
        return bool(alike)


def _forgettable(problem: Problem) -> Problem:
    return replace(problem, ways=(Way(kind=WayKind.FORGET, loc=problem.loc),))


def _is_about(job: Job, draft: Draft) -> bool:
    if job.problem is None or job.endpoint_id != draft.endpoint_id:
        return False
    return job.made_by is draft.made_by and _same_there(job, draft.values, job.problem.loc[:1])


def _same_there(job: Job, values: Mapping[str, object], loc: Loc) -> bool:
    return value_at(job.values, loc) == value_at(values, loc)  # type: ignore[arg-type]  # plain JSON
