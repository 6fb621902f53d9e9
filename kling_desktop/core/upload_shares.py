"""Bytes of shared uploads, shown on each job that waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.records.job import Job, JobState
from kling_desktop.records.json_values import media_refs

if TYPE_CHECKING:
    from kling_desktop.core.parts import Parts
    from kling_desktop.core.uploads import UploadState
    from kling_desktop.records.media import MediaRef


class UploadShares:
    """Sums up the inputs of a job."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._states: dict[tuple[MediaRef, str], UploadState] = {}

    def moved(self, state: UploadState) -> None:
        """One input is further on its way to one origin."""
        self._states[state.ref, state.origin] = state
        if state.done > 0:
            self._parts.reach(state.origin).answered()
        for job in self._parts.journal.all():
            if job.state is JobState.UPLOADING and job.origin == state.origin:
                self._show(job, state.ref)

    def _show(self, job: Job, moved: MediaRef) -> None:
        refs = {ref for _, ref in media_refs(job.values)}
        if moved not in refs:
            return
        known = [self._states.get((ref, job.origin)) for ref in refs]
        done = sum(one.done for one in known if one is not None)
        self._parts.journal.show(
            job.job_id,
            problem=None if done else job.problem,
            transferred=done,
            to_transfer=sum(one.total for one in known if one is not None) or None,
        )
