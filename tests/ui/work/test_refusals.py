"""What was refused stands at the field for as long as the field holds the same."""

import dataclasses

import pytest

from kling_desktop.catalog.problems import TEXT_TOO_LONG
from kling_desktop.records.draft import Draft
from kling_desktop.records.job import JobState, MadeBy
from kling_desktop.records.problem import WayKind
from kling_desktop.ui.work.refusals import Refusals
from tests.helpers.catalog import bundled
from tests.helpers.records import a_job

PROBLEM = TEXT_TOO_LONG("prompt", count=3, most=2, over=1)
VALUES = {"prompt": "abc", "duration": "5"}
TYPE = bundled().request_type("TextToVideoV21MasterRequest")


def failed(**changes):
    facts = {"state": JobState.FAILED, "problem": PROBLEM, "values": VALUES, "endpoint_id": "a/b"}
    return a_job(**{**facts, **changes})


def draft(**changes):
    facts = {
        "draft_id": "d", "project_id": "p", "intention": "i", "endpoint_id": "a/b",
        "made_by": MadeBy.FAL, "values": VALUES,
    }  # fmt: skip
    return Draft(**{**facts, **changes})


def said(refusals, **changes):
    found = refusals.of(draft(**changes), TYPE, {})
    assert all(one.ways[-1].kind is WayKind.FORGET for one in found)
    return tuple(dataclasses.replace(one, ways=()) for one in found)


def test_the_same_value_shows_it_and_another_does_not():
    refusals = Refusals()
    assert refusals.keep(failed())
    assert said(refusals) == (PROBLEM,)
    assert said(refusals, values={**VALUES, "duration": "10"}) == (PROBLEM,)
    assert said(refusals, values={**VALUES, "prompt": "ab"}) == ()
    assert said(refusals, endpoint_id="a/c") == ()


def test_a_rehearsal_and_fal_do_not_speak_for_each_other():
    refusals = Refusals()
    refusals.keep(failed(made_by=MadeBy.REHEARSAL, origin="rehearsal"))
    assert said(refusals) == ()
    assert said(refusals, made_by=MadeBy.REHEARSAL) == (PROBLEM,)


def test_only_failures_that_name_a_field_are_kept():
    refusals = Refusals()
    assert not refusals.keep(failed(state=JobState.CANCELLED))
    assert not refusals.keep(failed(problem=None))
    assert not refusals.keep(failed(problem=PROBLEM.at()))
    assert said(refusals) == ()


@pytest.mark.parametrize(
    ("changes", "is_gone"),
    [
        ({}, True),
        ({"values": {**VALUES, "duration": "10"}}, True),
        ({"values": {**VALUES, "prompt": "other"}}, False),
        ({"made_by": MadeBy.REHEARSAL}, False),
        ({"endpoint_id": "a/c"}, False),
    ],
)
def test_a_clip_of_the_same_value_ends_it(changes, is_gone):
    refusals = Refusals()
    refusals.keep(failed())
    made = failed(job_id="made", state=JobState.FINISHED, problem=None, **changes)
    assert refusals.keep(made) is is_gone
    assert said(refusals) == (() if is_gone else (PROBLEM,))


def test_a_person_can_have_it_forgotten():
    refusals = Refusals()
    refusals.keep(failed())
    refusals.forget(draft(), ("duration",))
    refusals.forget(draft(values={"prompt": "other"}), ("prompt",))
    assert said(refusals) == (PROBLEM,)
    refusals.forget(draft(), ("prompt",))
    assert said(refusals) == ()


def test_two_takes_with_one_problem_say_it_once():
    refusals = Refusals()
    refusals.keep(failed(job_id="one"))
    refusals.keep(failed(job_id="two"))
    assert said(refusals) == (PROBLEM,)


def test_it_does_not_grow_for_ever():
    refusals = Refusals()
    for number in range(100):
        other = dataclasses.replace(PROBLEM, what=f"number {number}")
        refusals.keep(failed(job_id=str(number), problem=other))
    assert len(said(refusals)) <= 20
