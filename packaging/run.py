#!/usr/bin/env python3
"""Starts, shows, tests and measures Kling Desktop. Needs nothing but Python itself.

    python3 packaging/run.py              the everyday start
    python3 packaging/run.py demo         rehearsal: no key is read, nothing leaves the computer
    python3 packaging/run.py test         every check and every test
    python3 packaging/run.py bench        the figures, as tables

The first run makes an environment in .venv with pinned packages; later runs are offline and quick.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from setup_steps import SetupError, python_is_new_enough  # noqa: E402 - found beside this file


def main() -> int:
    """Runs one word of the command line; returns the exit code."""
    if not python_is_new_enough():
        return 3
    from commands import run

    try:
        return run(sys.argv[1:])
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
