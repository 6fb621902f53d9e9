"""Which lines of the history are ours, by counting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.core.canonical import body_hash, canonical
from kling_desktop.core.history import OpenAttempt, match, open_attempts
from kling_desktop.fal.platform import HistoryRow
from kling_desktop.records.job import Attempt, JobState
from tests.helpers.records import a_job, json_values

CAT, DOG = {"prompt": "cat", "cfg": 0.5}, {"prompt": "dog"}


def attempt(number, body=CAT, at=1000.0):
    return OpenAttempt(f"job{number}", Attempt(number=1, sent_at=at, body_sha256=body_hash(body)))


def row(number, body=CAT, at=1000.0):
    return HistoryRow(request_id=f"r{number}", endpoint_id="e", sent_at=at, input=body)


def ids(pairs):
    return [(one.job_id, line.request_id) for one, line in pairs]


@given(
    st.lists(st.sampled_from([0, 1]), max_size=6),
    st.lists(st.sampled_from([0, 1]), max_size=6),
    st.sets(st.integers(0, 5)),
)
def test_as_many_as_there_are_of_both(sent, listed, known):
    bodies = (CAT, DOG)
    attempts = [attempt(n, bodies[one]) for n, one in enumerate(sent)]
    rows = [row(n, bodies[one]) for n, one in enumerate(listed)]
    known_ids = {f"r{number}" for number in known}
    pairs = match(attempts, [*rows, *rows], known_ids)
    unknown = [one for n, one in enumerate(listed) if n not in known]
    assert len(pairs) == sum(min(sent.count(one), unknown.count(one)) for one in (0, 1))
    assert len({line.request_id for _, line in pairs}) == len(pairs)
    assert len({one.job_id for one, _ in pairs}) == len(pairs)
    assert not {line.request_id for _, line in pairs} & known_ids
    assert all(body_hash(line.input) == one.attempt.body_sha256 for one, line in pairs)


def test_in_the_order_they_were_sent():
    attempts = [attempt(1, at=1000), attempt(2, at=1010)]
    assert ids(match(attempts, [row(8, at=1011), row(9, at=1001)], ())) == [
        ("job1", "r9"), ("job2", "r8"),
    ]  # fmt: skip


def test_the_time_must_fit_and_the_payload_must_be_there():
    rows = [row(1, at=500.0), row(2, at=5000.0), row(3, body=None)]
    assert not match([attempt(1)], rows, ())
    assert ids(match([attempt(1)], [row(4, at=None)], ())) == [("job1", "r4")]


def test_which_attempts_are_open():
    sent = tuple(Attempt(number=n, sent_at=float(n), body_sha256="h") for n in (1, 2))
    facts = {"origin": "o", "endpoint_id": "e"}
    jobs = [
        a_job(job_id="a", state=JobState.UNCONFIRMED, attempts=sent, **facts),
        a_job(job_id="b", state=JobState.SUBMITTING, attempts=sent, **facts),
        a_job(job_id="c", state=JobState.UNCONFIRMED, attempts=sent, origin="p"),
    ]
    found = [(one.job_id, one.attempt.number) for one in open_attempts(jobs, "o", "e")]
    assert sorted(found) == [("a", 1), ("a", 2), ("b", 1)]


@given(json_values)
def test_equal_values_have_one_spelling(value):
    assert canonical(value) == canonical(value)
    assert body_hash({"a": 1, "b": 2.0}) == body_hash({"b": 2, "a": 1.0})
    assert body_hash({"a": "1"}) != body_hash({"a": 1})
    assert body_hash({"a": True}) != body_hash({"a": 1})
