"""What a tour is to do, and the clock that it counts by."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_STAT = Path("/proc/self/stat")
_START_FIELD = 19
"""The 22nd field of proc(5)'s stat, counted after the name in brackets: start in clock ticks."""

PROMPT = "Steam rises slowly from the cup while the camera moves in a little."


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPlan:
    """One tour through the window."""

    folder: Path
    """Where pictures, facts and the saved clip are left."""
    picture: Path
    """What is dropped into the slot."""
    begun: float
    """When the process began, in seconds of `time.monotonic`."""
    is_real: bool = False
    """Presses Real instead of Rehearse."""
    expects_sample: bool = True
    """Whether the form is filled in at the start, as on every first start."""
    prompt: str = PROMPT


def process_began(first_line: float) -> float:
    """When this process began, in seconds of `time.monotonic`.

    Where the system does not tell, `first_line`: the time taken at the program's first line.
    """
    if not sys.platform.startswith("linux"):
        return first_line
    try:
        ticks = int(_STAT.read_text().rpartition(")")[2].split()[_START_FIELD])
    except (OSError, ValueError, IndexError):
        return first_line
    running = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    return min(first_line, time.monotonic() - running)
