#!/usr/bin/env python3
"""Starts, shows, tests and measures Kling Desktop. Needs nothing but Python itself.

    python3 packaging/run.py              the everyday start
    python3 packaging/run.py demo         rehearsal: no key is read, nothing leaves the computer
    python3 packaging/run.py test         every check and every test
    python3 packaging/run.py bench        the figures, as tables

Options of the program follow the word: --data-dir DIR, --fal-url URL, --tour DIR.
The first run makes an environment in .venv with pinned packages; later runs are offline and quick.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import python_choice  # noqa: E402 - found beside this file


def main() -> int:
    """Runs one word of the command line; returns the exit code."""
    if sys.argv[1:2] in (["-h"], ["--help"], ["help"]):
        print(__doc__)
        return 0
    if not python_choice.is_fitting():
        python_choice.go_on_with_a_fitting_one()
        return 3
    from commands import main_with

    return main_with(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
