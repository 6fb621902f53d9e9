"""How long a clip usually takes, learned from one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kling_desktop.catalog.catalog import Catalog

LEAST_RUNS = 3
"""Fewer say nothing yet."""
_MOST_RUNS = 15
"""The newest count: models become faster and slower."""


def usual_times(runs: Iterable[tuple[str, float]]) -> dict[str, tuple[int, int]]:
    """From and to in seconds, by endpoint, from runs with the newest first.

    One in five at each end is left out, so that one night of a full queue does not count.
    """
    by_endpoint: dict[str, list[float]] = {}
    for endpoint_id, seconds in runs:
        by_endpoint.setdefault(endpoint_id, []).append(seconds)
    found: dict[str, tuple[int, int]] = {}
    for endpoint_id, times in by_endpoint.items():
        newest = sorted(times[:_MOST_RUNS])
        if len(newest) >= LEAST_RUNS:
            odd = len(newest) // 5
            found[endpoint_id] = (round(newest[odd]), max(1, round(newest[-1 - odd])))
    return found


def with_usual(catalog: Catalog, usual: Mapping[str, tuple[int, int]]) -> Catalog:
    """The catalogue with these times; itself where there are none."""
    if not usual:
        return catalog
    return replace(
        catalog,
        endpoints=tuple(
            replace(one, usual_seconds=usual.get(one.endpoint_id, one.usual_seconds))
            for one in catalog.endpoints
        ),
    )
