"""What fal refused stands at the field for as long as the field holds the same."""

import dataclasses

from kling_desktop.catalog.problems import TEXT_TOO_LONG
from kling_desktop.records.draft import Draft
from kling_desktop.records.job import JobState, MadeBy
from kling_desktop.ui.work.refusals import Refusals
from tests.helpers.records import a_job

PROBLEM = TEXT_TOO_LONG("prompt", count=3, most=2, over=1)
VALUES = {"prompt": "abc", "duration": "5"}


def failed(**changes):
    facts = {"state": JobState.FAILED, "problem": PROBLEM, "values": VALUES, "endpoint_id": "a/b"}
    return a_job(**{**facts, **changes})


def draft(**changes):
    facts = {
        "draft_id": "d", "project_id": "p", "intention": "i", "endpoint_id": "a/b",
        "made_by": MadeBy.FAL, "values": VALUES,
    }  # fmt: skip
    return Draft(**{**facts, **changes})


def test_the_same_value_shows_it_and_another_does_not():
    refusals = Refusals()
    assert refusals.keep(failed())
    assert refusals.of(draft()) == (PROBLEM,)
    assert refusals.of(draft(values={**VALUES, "duration": "10"})) == (PROBLEM,)
    assert refusals.of(draft(values={**VALUES, "prompt": "ab"})) == ()
    assert refusals.of(draft(endpoint_id="a/c")) == ()


def test_only_failures_that_name_a_field_are_kept():
    refusals = Refusals()
    assert not refusals.keep(failed(state=JobState.CANCELLED))
    assert not refusals.keep(failed(problem=None))
    assert not refusals.keep(failed(problem=PROBLEM.at()))
    assert refusals.of(draft()) == ()


def test_two_takes_with_one_problem_say_it_once():
    refusals = Refusals()
    refusals.keep(failed(job_id="one"))
    refusals.keep(failed(job_id="two"))
    assert refusals.of(draft()) == (PROBLEM,)


def test_it_does_not_grow_for_ever():
    refusals = Refusals()
    for number in range(100):
        other = dataclasses.replace(PROBLEM, what=f"number {number}")
        refusals.keep(failed(job_id=str(number), problem=other))
    assert len(refusals.of(draft())) <= 20
