"""Runs the figures that are named on the command line, all of them by itself."""

from __future__ import annotations

import importlib
import sys

from tests.benchmarks.table import machine, write

NAMES = ("start", "transfers", "network_back", "event_loop", "use", "forms", "brush")


def main(wanted: list[str]) -> int:
    """Returns the exit code."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        write(f"There is no {unknown[0]!r}. There are: {', '.join(NAMES)}.")
        return 2
    write(f"Figures of this computer: {machine()}. Ratios hold elsewhere, times do not.")
    for name in wanted or NAMES:
        importlib.import_module(f"tests.benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
