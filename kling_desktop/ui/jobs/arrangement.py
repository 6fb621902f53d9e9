"""Which job stands in which group and in which order: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.ui.jobs.row import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.job import Job
    from kling_desktop.ui.jobs.row import JobRow

_NEWEST_FIRST = frozenset({Group.NEEDS_YOU, Group.MADE})


def arranged(rows: Mapping[str, JobRow], jobs: Mapping[str, Job]) -> dict[Group, list[str]]:
    """Job ids by group; empty groups are left out.

    What was ended stands newest first; what is under way in the order it was asked for, so that
    rows do not change places while they are being read.
    """
    groups: dict[Group, list[str]] = {}
    for group in Group:
        ids = [job_id for job_id, row in rows.items() if row.group is group]
        if not ids:
            continue
        if group in _NEWEST_FIRST:
            ids.sort(key=lambda one: (jobs[one].changed_at, one), reverse=True)
        else:
            ids.sort()
        groups[group] = ids
    return groups


def counts_of(groups: Mapping[Group, list[str]]) -> dict[Group, int]:
    """How many rows each group has."""
    return {group: len(ids) for group, ids in groups.items()}
