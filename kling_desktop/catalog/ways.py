"""The ways out of what is wrong with values, each one click, and each tried before it is offered.

A way is offered only where the problem is gone with it and no new error takes its place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kling_desktop.catalog.replacing import applied
from kling_desktop.catalog.validation import validate
from kling_desktop.catalog.way_kinds import Look, candidates, refusal_candidates
from kling_desktop.records.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem, Way

    _Kind = tuple[str, str, bool]

_MOST_PROBLEMS = 8
"""That ways are looked for; the paths of a motion brush could have hundreds."""


def with_ways(
    request_type: RequestType,
    values: Values,
    media: Mapping[str, MediaFacts],
    problems: tuple[Problem, ...],
) -> tuple[Problem, ...]:
    """What `validate` found, each with the ways out of it."""
    trial = _Trial(Look(request_type, values, media), _counted(problems))
    looked_at = (
        replace(one, ways=_chosen(candidates(trial.look, one), partial(trial.helps, one)))
        for one in problems[:_MOST_PROBLEMS]
    )
    return (*looked_at, *problems[_MOST_PROBLEMS:])


def with_ways_of_refusal(
    request_type: RequestType,
    values: Values,
    media: Mapping[str, MediaFacts],
    problem: Problem,
) -> Problem:
    """What fal said against a value, with the ways out of that before those it has."""
    before = _counted(validate(request_type, values, media))
    trial = _Trial(Look(request_type, values, media), before)
    found = _chosen(refusal_candidates(trial.look, problem), partial(trial.is_harmless, problem))
    return replace(problem, ways=(*found, *problem.ways))


@dataclass(frozen=True, slots=True)
class _Trial:
    """Tries a way, and compares what is wrong then with what was wrong before."""

    look: Look
    before: Counter[_Kind]

    def helps(self, problem: Problem, way: Way) -> bool:
        after = self._after(way)
        kind = _kind_of(problem)
        return after[kind] < self.before[kind] and self._is_no_worse(after, problem)

    def is_harmless(self, problem: Problem, way: Way) -> bool:
        """Whether another value is sent then, and nothing is wrong with it."""
        name = str(problem.loc[0])
        field = self.look.request_type.field(name)
        usual = field.default if field else None
        now, then = self.look.values.get(name), way.changes.get(name)
        is_other = (usual if now is None else now) != (usual if then is None else then)
        return is_other and self._is_no_worse(self._after(way), problem)

    def _is_no_worse(self, after: Counter[_Kind], problem: Problem) -> bool:
        """Nothing new is wrong, but for warnings elsewhere."""
        here = _kind_of(problem)[0]
        return not any(is_error or place == here for place, _, is_error in after - self.before)

    def _after(self, way: Way) -> Counter[_Kind]:
        values = applied(self.look.values, way.changes)
        return _counted(validate(self.look.request_type, values, self.look.media))


def _chosen(found: Iterable[Iterator[Way]], is_good: Callable[[Way], bool]) -> tuple[Way, ...]:
    """Of each row the first that is good, and none that does the same as one before it."""
    kept: list[Way] = []
    for row in found:
        good = next((one for one in row if is_good(one)), None)
        if good is not None and all(good.changes != one.changes for one in kept):
            kept.append(good)
    return tuple(kept)


def _counted(problems: Iterable[Problem]) -> Counter[_Kind]:
    """How often each is there in each field; entries of a list may have moved."""
    return Counter(map(_kind_of, problems))


def _kind_of(problem: Problem) -> _Kind:
    place = str(problem.loc[0]) if problem.loc else ""
    return place, problem.code, problem.severity is Severity.ERROR
