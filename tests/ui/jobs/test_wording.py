from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.core.problems import HISTORY_UNAVAILABLE
from kling_desktop.fal.problems import NOT_CONNECTED
from kling_desktop.records.job import JobState, MadeBy, WaitingFor
from kling_desktop.records.problem import Charge, Remedy
from kling_desktop.records.server import server_at
from kling_desktop.ui.jobs.menu import menu_of
from kling_desktop.ui.jobs.phrases import time_of_day
from kling_desktop.ui.jobs.row import Group, JobFacts, Verb
from kling_desktop.ui.jobs.wording import details_of, row_of, spoken
from tests.helpers.queue import (
    NOW,
    SENT,
    a_busy_queue,
    a_failing_queue,
    a_problem,
    any_job,
    at_fal,
    numbered,
    offers,
    rehearsal,
    row,
)

_S = JobState
_LOOKING = {Verb.SHOW_LOG, Verb.COPY_REQUEST_ID, Verb.COPY_DETAILS, Verb.EDIT_AS_NEW}
_UNSENT = {Verb.CANCEL, Verb.HOLD, Verb.SEND_NOW, Verb.EDIT}
_WAYS = {Verb.ENTER_KEY, Verb.OPEN_BILLING, Verb.CHOOSE_FOLDER}
POSSIBLE = {
    _S.WAITING: _UNSENT | _WAYS | {Verb.ALLOW_UPLOAD},
    _S.UPLOADING: _UNSENT,
    _S.SUBMITTING: set(),
    _S.UNCONFIRMED: {Verb.CHECK_NOW, Verb.OPEN_FAL, Verb.SEND_AGAIN, Verb.GIVE_UP},
    _S.IN_QUEUE: {Verb.CANCEL},
    _S.IN_PROGRESS: {Verb.CANCEL},
    _S.FETCHING: {Verb.PAUSE, Verb.RESUME} | _WAYS,
    _S.DOWNLOADING: {Verb.PAUSE, Verb.RESUME} | _WAYS,
    _S.FINISHED: {Verb.SHOW, Verb.MAKE_REAL, Verb.REMOVE},
    _S.FAILED: {Verb.RETRY, Verb.REMOVE} | _WAYS,
    _S.CANCELLED: {Verb.REMOVE},
}


@given(any_job(), st.booleans(), st.none() | st.tuples(st.integers(1, 99), st.integers(99, 900)))
def test_every_job_says_and_offers_only_what_is_possible(job, paused, usual):
    facts = JobFacts(usual=usual, sending_paused=paused, last_log="rendering 62 %")
    said = row_of(job, NOW, facts)
    verbs = [link.verb for link in said.links]
    menu = [link.verb for part in menu_of(job, said, facts) for link in part]
    assert said.lines
    assert all(said.lines)
    assert said.money
    assert said.alert == (said.group is Group.NEEDS_YOU)
    assert said.progress is None or 0 <= said.progress <= 1
    assert len(set(verbs)) == len(verbs)
    assert set(verbs) | set(menu) <= POSSIBLE[job.state] | _LOOKING
    assert len(set(menu)) == len(menu)
    assert all(link.text for link in said.links)
    assert spoken(said)


@given(any_job())
def test_a_wished_cancel_is_not_offered_twice(job):
    asked = replace(job, cancel_wished=True, state=_S.IN_QUEUE)
    assert Verb.CANCEL not in {link.verb for link in row_of(asked, NOW).links}


STATES = [
    (numbered(1), Group.HERE, "about to be sent"),
    (numbered(1, not_before=NOW + 12), Group.HERE, "about to be sent · next try in 0:12"),
    (numbered(1, waiting_for=WaitingFor.PERSON), Group.HERE, "held, not sent"),
    (numbered(1, waiting_for=WaitingFor.TURN), Group.HERE, "waiting for its turn"),
    (
        numbered(1, waiting_for=WaitingFor.FAL_LIMIT, not_before=NOW + 20),
        Group.HERE,
        "fal asks to wait · next try in 0:20",
    ),
    (
        numbered(1, waiting_for=WaitingFor.NETWORK),
        Group.HERE,
        "no connection, sent by itself when it is back",
    ),
    (numbered(1, waiting_for=WaitingFor.KEY), Group.NEEDS_YOU, "It waits for your fal key."),
    (
        numbered(1, waiting_for=WaitingFor.BALANCE),
        Group.NEEDS_YOU,
        "Your balance at fal does not cover it.",
    ),
    (
        numbered(1, waiting_for=WaitingFor.CONSENT),
        Group.NEEDS_YOU,
        "Nothing leaves this computer before you allow it.",
    ),
    (
        numbered(1, waiting_for=WaitingFor.DISK),
        Group.NEEDS_YOU,
        "There is no room for the clip, or no right to write it.",
    ),
    (
        numbered(1, state=_S.UPLOADING, transferred=43, to_transfer=100),
        Group.HERE,
        "uploading 43 %",
    ),
    (numbered(1, state=_S.UPLOADING), Group.HERE, "uploading"),
    (numbered(1, state=_S.SUBMITTING, attempts=SENT), Group.AT_FAL, "sending to fal"),
    (
        numbered(1, state=_S.UNCONFIRMED, attempts=SENT),
        Group.NEEDS_YOU,
        "Connection broke while sending. fal may have it.",
    ),
    (at_fal(_S.IN_QUEUE, queue_position=12), Group.AT_FAL, "waiting at fal, 12 ahead"),
    (at_fal(_S.IN_QUEUE, queue_position=0), Group.AT_FAL, "waiting at fal, next in line"),
    (at_fal(_S.IN_QUEUE), Group.AT_FAL, "waiting at fal · 0:01"),
    (
        at_fal(_S.IN_QUEUE, cancel_wished=True),
        Group.AT_FAL,
        "asked fal to cancel, waiting for its answer",
    ),
    (at_fal(_S.IN_PROGRESS), Group.AT_FAL, "making · 0:01"),
    (at_fal(_S.FETCHING), Group.AT_FAL, "made, getting the result"),
    (at_fal(_S.FETCHING, paused=True), Group.AT_FAL, "made, paused before getting the result"),
    (
        at_fal(_S.DOWNLOADING, transferred=3_100_000, to_transfer=8_000_000),
        Group.AT_FAL,
        "downloading 3.1 MB of 8.0 MB",
    ),
    (
        at_fal(_S.DOWNLOADING, paused=True, transferred=3_100_000, to_transfer=8_000_000),
        Group.AT_FAL,
        "paused at 3.1 MB of 8.0 MB",
    ),
    (at_fal(_S.FINISHED, clip_ids=("c",), charge=Charge.CHARGED), Group.MADE, "Charged $0.28"),
    (at_fal(_S.FINISHED, charge=Charge.CHARGED), Group.MADE, "It ended without a file."),
    (at_fal(_S.FAILED), Group.NEEDS_YOU, "It failed, and no reason was given."),
    (numbered(1, state=_S.CANCELLED), Group.MADE, "Cancelled."),
    (
        numbered(1, state=_S.CANCELLED, attempts=SENT, charge=Charge.MAY_BE),
        Group.MADE,
        "Given up. If it turns up at fal, you get it.",
    ),
    (rehearsal(1), Group.REHEARSING, "about to be sent"),
    (rehearsal(1, waiting_for=WaitingFor.PERSON), Group.HERE, "held, not sent"),
    (rehearsal(1, state=_S.UPLOADING), Group.REHEARSING, "getting the picture ready"),
    (rehearsal(1, state=_S.SUBMITTING), Group.REHEARSING, "handing it over"),
    (rehearsal(1, state=_S.IN_QUEUE), Group.REHEARSING, "waiting for its turn"),
    (rehearsal(1, state=_S.IN_PROGRESS), Group.REHEARSING, "rendering the rehearsal · 0:01"),
    (rehearsal(1, state=_S.FINISHED, clip_ids=("c",)), Group.MADE, "rehearsal · free"),
]


@pytest.mark.parametrize(("job", "group", "line"), STATES, ids=lambda value: str(value)[:40])
def test_a_state_in_words(job, group, line):
    assert (row(job).group, row(job).lines[0]) == (group, line)


def test_making_is_told_against_the_usual_time():
    job = at_fal(_S.IN_PROGRESS)
    usual = JobFacts(usual=(120, 240))
    assert row_of(job, NOW + 111, usual).lines == ("making · 1:52, usually 2 to 4 min",)
    late = row_of(job, NOW + 600, usual).lines
    assert late == ("making · 10:01, longer than the usual 2 to 4 min",)
    assert row_of(job, NOW, usual).progress is None


def test_a_rehearsal_takes_its_progress_from_the_log_alone():
    job = rehearsal(1, state=_S.IN_PROGRESS)
    assert row(job, last_log="rendering 62 %").progress == 0.62
    assert row(job, last_log="rendering 62 %").lines == ("rendering the rehearsal · 62 %",)
    assert row(job, last_log="reading the picture").progress is None
    assert row(at_fal(_S.IN_PROGRESS), last_log="at 62 %").progress is None


def test_uncertainty_offers_four_ways_and_says_what_each_costs():
    job = numbered(
        1, state=_S.UNCONFIRMED, attempts=SENT, price=Decimal("0.98"), checked_at=NOW - 60
    )
    said = row(job, next_check=NOW + 240)
    checked, following = time_of_day(NOW - 60), time_of_day(NOW + 240)
    assert said.lines[1] == f"Checked {checked}, next {following}."
    assert offers(job) == [
        ("check_now", "Check now"),
        ("open_fal", "Open fal"),
        ("send_again", "Send again: could cost $0.98 twice"),
        ("give_up", "Give up"),
        ("show_log", "Details"),
    ]
    unknown = replace(job, price=None)
    assert ("send_again", "Send again: could be charged twice") in offers(unknown)
    pretend = replace(job, made_by=MadeBy.REHEARSAL)
    verbs = [verb for verb, _ in offers(pretend)]
    assert verbs == ["check_now", "send_again", "give_up", "show_log"]


def test_what_is_uncertain_is_short_and_the_rest_is_among_the_details():
    job = numbered(
        1,
        state=_S.UNCONFIRMED,
        attempts=SENT,
        price=Decimal("0.98"),
        checked_at=NOW - 60,
        problem=HISTORY_UNAVAILABLE(endpoint="fal-ai/a/model", time="14:05"),
    )
    said = row(job, next_check=NOW + 240)
    assert len(said.lines) == 2
    assert said.lines[0] == "This clip could not be confirmed. fal may have it."
    assert "Look at fal for a request to fal-ai/a/model" in details_of(job)


def test_another_server_is_named_and_has_none_of_fals_pages():
    other = server_at("http://127.0.0.1:9000")
    for job in (*a_busy_queue(), *a_failing_queue()):
        said = row_of(job, NOW, JobFacts(server=other))
        words = " ".join(
            (*said.lines, said.money, *(link.text + link.tooltip for link in said.links))
        )
        assert not re.search(r"\bfal\b", words), words
        assert {"open_fal", "open_billing"}.isdisjoint(link.verb for link in said.links)
    uncertain = numbered(1, state=_S.UNCONFIRMED, attempts=SENT)
    said = row_of(uncertain, NOW, JobFacts(server=other))
    assert said.lines[0] == "Connection broke while sending. 127.0.0.1:9000 may have it."


def test_a_silent_server_is_told_while_its_upload_is_tried_again():
    job = numbered(
        1, state=_S.UPLOADING, to_transfer=100, problem=NOT_CONNECTED(host="127.0.0.1:9")
    )
    said = row_of(job, NOW, JobFacts(server=server_at("http://127.0.0.1:9")))
    assert said.lines == (
        "127.0.0.1:9 cannot be reached.",
        "trying again, goes on by itself when it is back",
        "Not sent, not charged.",
    )
    assert said.progress is None
    waiting = replace(job, state=_S.WAITING, waiting_for=WaitingFor.NETWORK, not_before=NOW + 7)
    assert "sent by itself when it is back · next try in 0:07" in row(waiting).lines[1]
    assert row(waiting).lines[-1] == "Not sent, not charged."
    again = replace(waiting, attempts=SENT)
    assert "Not sent, not charged." not in row(again).lines


def test_a_held_job_can_be_changed_sent_and_dropped():
    held = numbered(1, waiting_for=WaitingFor.PERSON)
    assert offers(held) == [
        ("edit", "Edit"),
        ("send_now", "Send now · $0.28"),
        ("cancel", "Cancel"),
    ]
    assert ("send_now", "Send now") in offers(replace(held, price=None))


def test_pausing_all_sending_is_said_on_what_waits_but_not_on_rehearsals():
    assert row(numbered(1), sending_paused=True).lines == ("sending is paused",)
    assert row(rehearsal(1), sending_paused=True).lines == ("about to be sent",)


@pytest.mark.parametrize(
    ("remedy", "first"),
    [
        (Remedy.ENTER_KEY, "enter_key"),
        (Remedy.OPEN_BILLING, "open_billing"),
        (Remedy.CHOOSE_FOLDER, "choose_folder"),
        (Remedy.RETRY, "retry"),
        (Remedy.NONE, "edit_as_new"),
    ],
)
def test_a_refused_post_offers_its_remedy_first(remedy, first):
    failed = numbered(1, state=_S.FAILED, attempts=SENT, problem=a_problem(remedy=remedy))
    assert offers(failed)[0][0] == first
    assert row(failed).lines[-1] == "Not charged: fal did not take it."


def test_a_made_clip_that_could_not_be_fetched_is_never_sent_again():
    failed = at_fal(_S.FAILED, charge=Charge.CHARGED, problem=a_problem(remedy=Remedy.NONE))
    assert offers(failed)[0] == ("retry", "Fetch again, no new charge")
    assert row(failed).lines[-1] == "Charged $0.28: fal made it."


def test_a_refused_prompt_is_named_at_its_place():
    failed = at_fal(_S.FAILED, charge=Charge.PROBABLY_NOT, problem=a_problem())
    assert row(failed).lines == (
        "fal’s filter refused the content.",
        "Probably not charged: stopped before making.",
    )
    assert offers(failed)[0] == ("edit_as_new", "Change the prompt")


def test_a_full_disk_while_downloading_needs_the_person_and_says_the_clip_is_safe():
    problem = a_problem(what="The disk is full.", remedy=Remedy.CHOOSE_FOLDER, loc=())
    stopped = at_fal(_S.DOWNLOADING, problem=problem, paused=True, charge=Charge.CHARGED)
    assert row(stopped).group is Group.NEEDS_YOU
    assert row(stopped).lines[-1] == "The clip is made and is kept at fal for you."
    assert [verb for verb, _ in offers(stopped)] == ["choose_folder", "resume", "show_log"]


def test_silence_of_fal_is_said_with_the_time_of_its_last_word():
    job = at_fal(_S.IN_QUEUE, queue_position=3, checked_at=NOW - 300)
    since = time_of_day(NOW - 300)
    assert row(job).lines[1] == f"fal last answered {since}. It goes on there."
    assert len(row(replace(job, checked_at=NOW - 5)).lines) == 1


def test_a_row_is_spoken_with_title_take_state_and_money():
    said = row(at_fal(_S.IN_QUEUE, take=2, queue_position=12))
    assert spoken(said) == "Cat turns to the window, take C. waiting at fal, 12 ahead. about $0.28."
    new = row(at_fal(_S.FINISHED, clip_ids=("c",), charge=Charge.CHARGED), unseen=True)
    assert spoken(new) == "Cat turns to the window, take A, new. Charged $0.28."


def test_details_hold_the_raw_facts_and_the_request_id():
    text = details_of(at_fal(_S.FAILED, problem=a_problem()))
    for part in ("req-019f", "content_refused", "content_policy_violation", "failed"):
        assert part in text
