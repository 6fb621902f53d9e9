"""What is tried again, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.fal import errors, problems, retry

LOST = errors.AnswerLost(problems.ANSWER_LOST(host="h"))
OFFLINE = errors.NotConnected(problems.NOT_CONNECTED(host="h"))
TROUBLE = errors.ServerTrouble(problems.SERVER_TROUBLE(host="h", status=502), status=502)
REFUSED = errors.CallRefused(problems.INPUT_REFUSED(reason="no"))
ALL = [LOST, OFFLINE, TROUBLE, REFUSED]


def busy(seconds):
    return errors.Busy(problems.BUSY(), retry_after=seconds)


@pytest.mark.parametrize("error", ALL)
def test_the_paid_post_is_never_repeated(error):
    assert retry.delay_before_next(retry.NEVER, 1, error, 0.5) is None


@pytest.mark.parametrize(("error", "delay"), [(LOST, 0.0), (OFFLINE, None), (TROUBLE, None)])
def test_a_poll_only_replaces_a_dead_connection(error, delay):
    assert retry.delay_before_next(retry.POLLS, 1, error, 0.5) == delay
    assert retry.delay_before_next(retry.POLLS, 2, error, 0.5) is None


def test_a_read_doubles_its_waits_and_ends():
    delays = [retry.delay_before_next(retry.READS, number, TROUBLE, 0.5) for number in (1, 2, 3)]
    assert delays == [0.5, 1.0, None]


def test_what_is_refused_is_not_repeated():
    assert retry.delay_before_next(retry.READS, 1, REFUSED, 0.5) is None


def test_the_servers_own_wait_counts_unless_it_is_too_long():
    assert retry.delay_before_next(retry.READS, 1, busy(7.0), 0.5) == 7.0
    assert retry.delay_before_next(retry.READS, 1, busy(600.0), 0.5) is None


@given(st.integers(1, 2000), st.floats(0, 1))
def test_waits_stay_within_bounds(attempt, chance):
    policy = retry.RetryPolicy(attempts=5000, first_delay=0.5, longest_delay=30.0)
    assert 0.25 <= retry.backoff(policy, attempt, chance) <= 45.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "5"}, 5.0),
        ({"retry-after": " 2.5 "}, 2.5),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "99999"}, 3600.0),
        ({"retry-after": "Sun, 22 Nov 2026 08:00:10 GMT"}, 10.0),
        ({"retry-after": "Sun, 22 Nov 2026 07:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 08:00:10 -0000"}, 10.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon", "x-ratelimit-reset": "3"}, 3.0),
        ({"x-ratelimit-reset": "1795334405"}, 5.0),
    ],
)
def test_how_long_a_server_asks_to_wait(headers, seconds):
    assert retry.retry_after_of(headers, now=1_795_334_400.0) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_survived(text):
    seconds = retry.retry_after_of({"retry-after": text}, now=1_795_334_400.0)
    assert seconds is None or 0 <= seconds <= 3600
