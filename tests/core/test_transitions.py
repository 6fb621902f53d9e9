"""The table of arrows, and a machine that tries everything anybody could ask for."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kling_desktop.core import actions
from kling_desktop.core.problems import ActionRefusedError
from kling_desktop.core.transitions import (
    ARROWS,
    BEFORE_REQUEST,
    NEEDS_REQUEST,
    Cause,
    ForbiddenChangeError,
    allowed,
    check,
    unresolved,
)
from kling_desktop.records.job import FINAL_STATES, Attempt, JobState, Request
from tests.helpers.records import a_job

DESIGN = """
waiting > uploading
uploading > submitting waiting failed cancelled
submitting > in_queue waiting failed unconfirmed
unconfirmed > in_queue waiting cancelled
in_queue > in_progress fetching failed cancelled
in_progress > in_queue fetching failed cancelled
fetching > downloading in_queue finished failed cancelled
downloading > finished fetching failed
waiting > cancelled
failed > waiting fetching
"""


def test_the_table_is_the_one_that_was_designed():
    designed = {
        (JobState(line.split(" > ")[0]), JobState(end))
        for line in DESIGN.strip().splitlines()
        for end in line.split(" > ")[1].split()
    }
    assert {(begin, end) for begin, ends in ARROWS.items() for end in ends} == designed


def test_every_state_is_in_the_table():
    assert set(ARROWS) == set(JobState)


@pytest.mark.parametrize("state", [JobState.FINISHED, JobState.CANCELLED])
def test_nothing_follows_an_end(state):
    assert not ARROWS[state]


def test_only_a_person_sends_again():
    assert [cause for cause in Cause if allowed(JobState.UNCONFIRMED, JobState.WAITING, cause)] == [
        Cause.PERSON
    ]
    assert not allowed(JobState.FAILED, JobState.WAITING, Cause.ENGINE)


def test_only_fals_word_ends_what_fal_has():
    for state in (JobState.IN_QUEUE, JobState.IN_PROGRESS, JobState.FETCHING):
        for end in FINAL_STATES:
            assert not allowed(state, end, Cause.ENGINE)
            assert not allowed(state, end, Cause.PERSON)


def _request(number):
    return Request(request_id=f"r{number}", status_url="s", response_url="r", cancel_url="c")


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ({"state": JobState.SUBMITTING}, {"state": JobState.IN_QUEUE}, Cause.FAL),
        ({"state": JobState.UPLOADING}, {"state": JobState.SUBMITTING, "body": {}}, Cause.ENGINE),
        (
            {"state": JobState.SUBMITTING, "attempts": 1},
            {"state": JobState.WAITING},
            Cause.ENGINE,
        ),
        ({"state": JobState.FAILED, "attempts": 1}, {"state": JobState.WAITING}, Cause.PERSON),
        (
            {"state": JobState.FAILED, "request": _request(1)},
            {"state": JobState.WAITING},
            Cause.PERSON,
        ),
        (
            {"state": JobState.IN_QUEUE, "request": _request(1)},
            {"request": _request(2)},
            Cause.FAL,
        ),
        ({"state": JobState.IN_QUEUE, "request": _request(1)}, {"request": None}, Cause.FAL),
        ({"state": JobState.WAITING}, {"origin": "https://elsewhere.example"}, Cause.PERSON),
    ],
)
def test_what_must_not_happen_is_an_error(old, new, cause):
    attempts = old.pop("attempts", 0) if "attempts" in old else 0
    sent = tuple(Attempt(number=n, sent_at=1.0, body_sha256="h") for n in range(attempts))
    job = a_job(**old, attempts=sent)
    with pytest.raises(ForbiddenChangeError):
        check(job, replace(job, **new), cause)


class LifeOfAJob(RuleBasedStateMachine):
    """Tries arrows at random, allowed or not, and a person who presses everything."""

    def __init__(self):
        super().__init__()
        self.job = a_job()
        self.numbers = count(1)
        self.posts = 0
        self.sure = 0
        """POSTs that certainly did not reach fal."""
        self.risks = 0
        """How often the person took the risk."""

    def _try(self, new, cause):
        old = self.job
        try:
            check(old, new, cause)
        except ForbiddenChangeError:
            return False
        self.job = new
        assert not (old.state in {JobState.FINISHED, JobState.CANCELLED} and new.state != old.state)
        assert not (old.request and new.state in BEFORE_REQUEST)
        return True

    @rule(state=st.sampled_from(JobState), cause=st.sampled_from(Cause))
    def goes(self, state, cause):
        self._try(replace(self.job, state=state), cause)

    @rule()
    def sends(self):
        attempt = Attempt(number=next(self.numbers), sent_at=1.0, body_sha256="h")
        new = replace(
            self.job, state=JobState.SUBMITTING, attempts=(*self.job.attempts, attempt), body={}
        )
        if self._try(new, Cause.ENGINE):
            self.posts += 1

    @rule(state=st.sampled_from([JobState.WAITING, JobState.FAILED]))
    def is_refused(self, state):
        if self._try(replace(self.job, state=state, attempts=self.job.attempts[:-1]), Cause.FAL):
            self.sure += 1

    @rule(cause=st.sampled_from(Cause))
    def is_found(self, cause):
        new = replace(self.job, state=JobState.IN_QUEUE, request=_request(next(self.numbers)))
        self._try(new, cause)

    @rule(
        wish=st.sampled_from(
            [
                actions.cancelled, actions.held, actions.sent_now, actions.retried,
                actions.sent_again, actions.given_up, actions.paused, actions.resumed,
            ]
        )
    )  # fmt: skip
    def presses(self, wish):
        try:
            new = wish(self.job)
        except ActionRefusedError:
            return
        was = self.job.state
        assert self._try(new, Cause.PERSON)
        if was is JobState.UNCONFIRMED and new.state is JobState.WAITING:
            self.risks += 1

    @invariant()
    def no_second_post_without_proof_or_person(self):
        assert self.posts - self.sure <= 1 + self.risks

    @invariant()
    def a_request_is_where_it_must_be(self):
        assert (self.job.request is not None) or self.job.state not in NEEDS_REQUEST
        assert unresolved(self.job) >= 0


TestLifeOfAJob = LifeOfAJob.TestCase
