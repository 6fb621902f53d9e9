"""Problems: a kind makes them, JSON keeps them, and they can always be said."""

from __future__ import annotations

import json

from hypothesis import given

from kling_desktop.records.problem import (
    Charge,
    Problem,
    ProblemError,
    ProblemKind,
    Remedy,
    Severity,
)
from tests.helpers.records import problems

TOO_SMALL = ProblemKind(
    code="too_small",
    what="The picture is {width} × {height} pixels.",
    why="At least {least} are needed.",
    do="Use a larger one.",
    charge=Charge.PROBABLY_NOT,
    severity=Severity.WARNING,
    remedy=Remedy.SHRINK,
)


@given(problems)
def test_json_keeps_all_of_it(problem):
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


@given(problems)
def test_another_place_is_all_that_changes(problem):
    moved = problem.at("images", 3)
    assert moved.loc == ("images", 3)
    assert moved.at(*problem.loc) == problem


def test_a_kind_makes_problems_of_its_sort():
    problem = TOO_SMALL("image_url", details="raw", width=200, height=100, least=300)
    assert problem.loc == ("image_url",)
    assert (problem.code, problem.details) == ("too_small", "raw")
    assert (problem.charge, problem.severity, problem.remedy) == (
        Charge.PROBABLY_NOT, Severity.WARNING, Remedy.SHRINK,
    )  # fmt: skip
    assert problem.said() == (
        "The picture is 200 × 100 pixels. At least 300 are needed. Use a larger one."
    )
    assert TOO_SMALL(charge=Charge.CHARGED).charge is Charge.CHARGED


def test_a_value_that_is_missing_is_no_reason_to_fall():
    assert TOO_SMALL(width=5).said().startswith("The picture is 5 × {height} pixels.")


def test_what_is_empty_is_not_said():
    assert ProblemKind(code="x", what="What.", do="Do.")().said() == "What. Do."


def test_an_error_reads_as_its_problem():
    error = ProblemError(TOO_SMALL(width=1, height=2, least=3))
    assert str(error) == error.problem.said()
