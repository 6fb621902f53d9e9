"""Which Python runs the program. An older Python can read this, and say what it needs."""

import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def is_fitting() -> bool:
    """Whether this Python is one of those that the program was tested with."""
    return OLDEST <= sys.version_info[:2] <= NEWEST


def go_on_with_a_fitting_one() -> None:
    """Starts the same command with a fitting Python. Comes back only where there is none."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and works(found):
            sys.exit(subprocess.call([found, *sys.argv]))
    wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    sys.stderr.write(
        f"Kling Desktop needs Python {wanted}; this is {sys.version.split()[0]}.\n"
        "Install one of them and run the command with it.\n"
    )


def works(python: str) -> bool:
    """Whether a file is a Python that runs."""
    nowhere = subprocess.DEVNULL
    try:
        return subprocess.call([python, "-c", "0"], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False
