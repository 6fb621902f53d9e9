"""How long to wait before asking again. Pure functions; chance comes in as a number from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass

from kling_desktop.records.job import JobState

RECONCILE_AFTER = (0.0, 5.0, 15.0, 60.0, 300.0)
"""Seconds after a job became unconfirmed at which fal's history is read; then every 5 minutes."""
RECONCILE_FOR = 24 * 3600.0
"""Seconds after which fal's history is no longer read by itself."""
NOT_FOUND_GRACE = 30.0
"""Seconds for which "not found" about a young request means nothing."""
NOT_FOUND_LIMIT = 600.0
"""Seconds of nothing but "not found" after which the result is asked for as the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known of a request when the next question is planned. Times in seconds."""

    state: JobState
    position: int | None
    elapsed: float
    """Since it was accepted."""
    usual: tuple[int, int] | None = None
    """From and to, what this model usually takes."""
    hidden: bool = False
    """Whether nobody can see the window."""
    nearby: bool = False
    """A server on this computer, where asking costs nothing."""


def poll_delay(reading: Reading, chance: float) -> float:
    """Seconds until the next status is asked for, spread by a fifth either way."""
    if reading.nearby:
        seconds = 0.5
    elif reading.elapsed < 10:
        seconds = 1.5
    elif reading.state is JobState.IN_QUEUE:
        seconds = _in_queue(reading.position)
    else:
        seconds = 2.0 if _nearly_done(reading) else 5.0
    return seconds * (2 if reading.hidden else 1) * (1 + 0.4 * (chance - 0.5))


def back_off(failures: int, chance: float, *, first: float = 2.0, cap: float = 60.0) -> float:
    """Seconds to wait after that many failures in a row, 1 and up: half fixed, half chance."""
    seconds = min(cap, first * 2.0 ** min(max(failures, 1) - 1, 16))
    return seconds * (0.5 + 0.5 * chance)


def next_reconcile(since: float, now: float) -> float | None:
    """Seconds until fal's history is read again for a job unconfirmed since `since`; None: no more.

    A check that is due now gives 0 only at the very beginning; later ones lie ahead.
    """
    elapsed = max(0.0, now - since)
    if elapsed >= RECONCILE_FOR:
        return None
    for after in RECONCILE_AFTER[1:]:
        if elapsed < after:
            return after - elapsed
    step = RECONCILE_AFTER[-1]
    return step - (elapsed - step) % step


def _in_queue(position: int | None) -> float:
    if position is None or position == 0:
        return 3.0
    return 5.0 if position <= 3 else 10.0


def _nearly_done(reading: Reading) -> bool:
    if reading.usual is None:
        return reading.elapsed < 300
    shortest, longest = reading.usual
    return 0.8 * shortest <= reading.elapsed <= 1.3 * longest
