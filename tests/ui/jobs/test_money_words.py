"""What each row says of the money, and what it offers for how much."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from kling_desktop.records.job import JobState, MadeBy
from kling_desktop.records.problem import Charge
from kling_desktop.ui.jobs.row import Group, Verb
from kling_desktop.ui.jobs.wording import row_of
from tests.helpers.queue import (
    NOW,
    REQUEST,
    SENT,
    any_job,
    at_fal,
    numbered,
    offers,
    rehearsal,
    row,
)

_S = JobState


@given(any_job())
def test_a_rehearsal_is_free_in_every_state(job):
    said = row_of(replace(job, made_by=MadeBy.REHEARSAL), NOW)
    assert said.money == "free"
    assert said.group is not Group.AT_FAL
    lines = " ".join(said.lines).lower()
    assert "charged" not in lines.replace("not charged", "")
    assert all("$" not in link.text for link in said.links if link.verb is not Verb.MAKE_REAL)


@given(any_job())
def test_every_end_states_the_money_on_the_row(job):
    if job.is_final and job.made_by is MadeBy.FAL:
        assert row_of(job, NOW).money in row_of(job, NOW).lines


def test_stopping_is_named_by_what_it_costs():
    assert offers(at_fal(_S.IN_QUEUE)) == [("cancel", "Cancel, free while it waits")]
    assert offers(at_fal(_S.IN_PROGRESS))[1] == (
        "cancel",
        "Ask fal to stop · probably still charged",
    )


@pytest.mark.parametrize(
    ("charge", "changes", "money"),
    [
        (Charge.NOT_CHARGED, {}, "Not charged: nothing was sent."),
        (Charge.NOT_CHARGED, {"attempts": SENT}, "Not charged: fal did not take it."),
        (
            Charge.NOT_CHARGED,
            {"attempts": SENT, "request": REQUEST},
            "Not charged: nothing was made.",
        ),
        (Charge.PROBABLY_NOT, {}, "Probably not charged: stopped before making."),
        (Charge.MAY_BE, {"attempts": SENT}, "May be charged: fal may have it."),
        (Charge.MAY_BE, {"request": REQUEST}, "May be charged: fal may have worked on it."),
        (Charge.CHARGED, {"request": REQUEST}, "Charged $0.28: fal made it."),
    ],
)
def test_the_money_of_a_failure(charge, changes, money):
    assert row(numbered(1, state=_S.FAILED, charge=charge, **changes)).money == money


@pytest.mark.parametrize(
    ("job", "money"),
    [
        (numbered(1), "not charged yet, about $0.28"),
        (numbered(1, price=None), "not charged yet"),
        (at_fal(_S.IN_QUEUE), "about $0.28"),
        (at_fal(_S.DOWNLOADING, charge=Charge.CHARGED), "Charged $0.28"),
        (numbered(1, state=_S.UNCONFIRMED), "may be charged, about $0.28"),
    ],
)
def test_the_money_of_what_is_under_way(job, money):
    assert row(job).money == money


def test_make_it_for_real_names_the_real_price():
    made = rehearsal(1, state=_S.FINISHED, clip_ids=("c",), price=Decimal(0))
    assert offers(made)[0] == ("make_real", "Make it for real")
    priced = offers(made, real_price=Decimal("0.28"))
    assert priced[0] == ("make_real", "Make it for real · $0.28")
