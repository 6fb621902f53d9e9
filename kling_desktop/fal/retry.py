"""What is tried again, how often and how soon: a policy as a value and one pure decider.

The paid POST has the policy NEVER. Polls leave waiting to their caller, which knows the person's
network; only a kept-alive connection that died is replaced at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from kling_desktop.fal.errors import AnswerLost, FalError, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WAIT = 3600.0
"""Seconds; a server that asks for more is asked again after this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often a call is made, and how long is waited in between. Seconds."""

    attempts: int = 1
    first_delay: float = 0.5
    longest_delay: float = 30.0
    lost_answers_only: bool = False
    """True: only an answer that was lost on the way, and without waiting."""


NEVER = RetryPolicy()
POLLS = RetryPolicy(attempts=2, first_delay=0.0, lost_answers_only=True)
READS = RetryPolicy(attempts=3)
UPLOADS = RetryPolicy(attempts=4, first_delay=1.0)
DOWNLOADS = RetryPolicy(attempts=5, first_delay=0.5, longest_delay=10.0)
VERDICTS = RetryPolicy(attempts=4, first_delay=1.0)
"""For a 5xx in place of a result: it may be the model's last word, or a passing trouble."""


def delay_before_next(
    policy: RetryPolicy, attempt: int, error: FalError, chance: float
) -> float | None:
    """Seconds to wait before attempt number `attempt` + 1, or None where there is none.

    `attempt` counts from 1. `chance` is a number from 0 to 1 that spreads the delays by ±50 %.
    """
    if attempt >= policy.attempts or not isinstance(error, Unreachable):
        return None
    if policy.lost_answers_only:
        return 0.0 if isinstance(error, AnswerLost) else None
    if error.retry_after is not None:
        return error.retry_after if error.retry_after <= policy.longest_delay else None
    return backoff(policy, attempt, chance)


def backoff(policy: RetryPolicy, attempt: int, chance: float) -> float:
    """The plain doubling delay after attempt number `attempt`, spread by ±50 %."""
    doubled = policy.first_delay * 2.0 ** min(attempt - 1, 30)
    return min(doubled, policy.longest_delay) * (0.5 + chance)


def retry_after_of(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait by `Retry-After` (seconds or a date) or `x-ratelimit-reset`, 0 to an hour.

    `now` is Unix seconds. Header names are lower case.
    """
    for text in (headers.get("retry-after"), headers.get("x-ratelimit-reset")):
        seconds = _seconds(text.strip(), now) if text else None
        if seconds is not None:
            return min(max(seconds, 0.0), LONGEST_WAIT)
    return None


def _seconds(text: str, now: float) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return _until(text, now)
    if not math.isfinite(number):
        return None
    # Some servers write the moment (Unix seconds) where others write the wait.
    return number - now if number > 1e9 else number


def _until(text: str, now: float) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() - now
