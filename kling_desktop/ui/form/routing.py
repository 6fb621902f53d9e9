"""Finds the place in a form that a problem belongs to: the longest way in that still leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from kling_desktop.records.problem import Problem

Step = TypeVar("Step", str, int)


def split_by_step(
    problems: Sequence[Problem], steps: Container[Step]
) -> tuple[dict[Step, tuple[Problem, ...]], tuple[Problem, ...]]:
    """Those whose first step leads somewhere, each seen from there; and the rest as it is."""
    inside: dict[Step, tuple[Problem, ...]] = {}
    rest: list[Problem] = []
    for problem in problems:
        first = problem.loc[0] if problem.loc else None
        if first is not None and first in steps:
            step: Step = first  # type: ignore[assignment]
            inside[step] = (*inside.get(step, ()), problem.at(*problem.loc[1:]))
        else:
            rest.append(problem)
    return inside, tuple(rest)
