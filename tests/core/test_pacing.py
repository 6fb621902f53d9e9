"""How long is waited, as pure functions."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kling_desktop.core.pacing import (
    RECONCILE_FOR,
    Reading,
    back_off,
    next_reconcile,
    poll_delay,
)
from kling_desktop.records.job import JobState

chances = st.floats(0, 1)
readings = st.builds(
    Reading,
    state=st.sampled_from([JobState.IN_QUEUE, JobState.IN_PROGRESS]),
    position=st.none() | st.integers(0, 10_000),
    elapsed=st.floats(0, 1e6),
    usual=st.none() | st.just((60, 120)),
    hidden=st.booleans(),
    nearby=st.booleans(),
)


_FAR_DOWN = Reading(
    state=JobState.IN_QUEUE, position=200, elapsed=60.0, usual=None, hidden=True, nearby=False
)


@given(readings, chances)
@example(_FAR_DOWN, 1.0)
@example(_FAR_DOWN, 0.0)
def test_a_poll_is_never_hasty_and_never_forgotten(reading, chance):
    delay = poll_delay(reading, chance)
    assert 0.4 <= delay <= 24
    if not reading.nearby:
        assert delay >= 1.2


@pytest.mark.parametrize(
    ("changes", "seconds"),
    [
        ({"elapsed": 3}, 1.5),
        ({"state": JobState.IN_QUEUE, "position": 200, "elapsed": 60}, 10),
        ({"state": JobState.IN_QUEUE, "position": 2, "elapsed": 60}, 5),
        ({"state": JobState.IN_QUEUE, "position": 0, "elapsed": 60}, 3),
        ({"usual": (100, 200), "elapsed": 150}, 2),
        ({"usual": (100, 200), "elapsed": 30}, 5),
        ({"usual": (100, 200), "elapsed": 900}, 5),
        ({"usual": (100, 200), "elapsed": 150, "hidden": True}, 4),
        ({"nearby": True, "elapsed": 900}, 0.5),
    ],
)
def test_polls(changes, seconds):
    facts = {"state": JobState.IN_PROGRESS, "position": None, "elapsed": 60.0, **changes}
    assert poll_delay(Reading(**facts), 0.5) == seconds


@given(st.integers(1, 10_000), chances)
def test_back_off_grows_to_its_cap(failures, chance):
    assert 1 <= back_off(failures, chance) <= 60
    assert back_off(failures + 1, chance) >= back_off(failures, chance)


def test_the_history_is_read_at_growing_distances_for_a_day():
    now, looks = 0.0, []
    while (delay := next_reconcile(0.0, now)) is not None:
        assert delay > 0
        now += delay
        looks.append(now)
    assert looks[:6] == [5, 15, 60, 300, 600, 900]
    assert RECONCILE_FOR <= looks[-1] <= RECONCILE_FOR + 300


@given(st.floats(-1e6, 1e9))
def test_a_clock_that_was_set_back_does_no_harm(now):
    delay = next_reconcile(1e6, now)
    assert delay is None or 0 < delay <= 300
