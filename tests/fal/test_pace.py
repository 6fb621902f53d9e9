"""How an upload is cut: small for the slow, large for the fast."""

from __future__ import annotations

import socket

from kling_desktop.fal.pace import (
    LARGEST,
    SMALLEST,
    Pace,
    bound_unsent,
    held_up,
    unacknowledged,
)

MEGABYTE = 1 << 20


def after(seconds, held, *, stretches=1, pace=None):
    pace = pace or Pace()
    for number in range(4 * stretches):
        told = None if held is None else held * (number + 1) / 4
        pace.sent(MEGABYTE, seconds / 4, told)
    return pace


def test_it_begins_small():
    pace = Pace()
    assert pace.size == SMALLEST
    pace.sent(3 * MEGABYTE, 0.0, 0.0)
    assert pace.size == SMALLEST


def test_a_receiver_that_never_holds_us_up_is_fast_on_any_machine():
    assert after(10.0, 0.0).size == LARGEST


def test_a_receiver_that_holds_us_up_is_slow():
    assert after(0.1, 0.06).size == SMALLEST


def test_a_moment_does_not_count():
    assert after(0.1, 0.004).size == LARGEST
    assert after(1.0, 0.1).size == LARGEST


def test_it_becomes_small_again():
    pace = after(0.1, 0.0)
    for number in range(4):
        pace.sent(MEGABYTE, 0.05, 0.05 * (number + 1))
    assert pace.size == SMALLEST


def test_where_the_system_cannot_tell_the_time_decides():
    assert after(0.01, None).size == LARGEST
    assert after(0.1, None).size == SMALLEST


def test_what_the_system_tells_of_a_connection():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with socket.create_connection(listening.getsockname()) as plug:
            assert unacknowledged(plug) == 0
            assert held_up(plug) in {0.0, None}
        assert unacknowledged(plug) == 0
        assert held_up(plug) is None
        bound_unsent(plug, SMALLEST)
    assert (unacknowledged(None), held_up(None)) == (0, None)
    bound_unsent(None, SMALLEST)
