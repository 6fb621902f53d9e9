"""The environment: a virtual one in the checkout, filled from a lock file with hashes."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OLDEST, NEWEST = (3, 11), (3, 13)


class SetupError(Exception):
    """Something outside the program is missing; the text says what to do."""


def python_is_new_enough() -> bool:
    """Says so where this Python cannot run the program, and starts a better one if there is."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return True
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and _works(found):
            os.execv(found, [found, *sys.argv])  # noqa: S606 - the same command, a newer Python
    wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    print(
        f"Kling Desktop needs Python {wanted}; this is {sys.version.split()[0]}.\n"
        "Install one of them and run the command with it.",
        file=sys.stderr,
    )
    return False


def environment_python(environment: Path) -> Path:
    """The interpreter inside an environment."""
    if sys.platform == "win32":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def prepare(lock_name: str) -> Path:
    """Makes or updates the environment for a lock file; returns its interpreter.

    Does nothing, and needs no network, where it is already filled from the same lock file.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    environment = _place() / f"{lock_name}-{version}"
    python = environment_python(environment)
    lock = HERE / f"{lock_name}.lock"
    stamp = environment / "filled-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text().strip() == wanted:
        return python
    print(f"Setting up ({environment}); this is done once and takes a minute or two.", flush=True)
    began = time.monotonic()
    stamp.unlink(missing_ok=True)
    _make(environment, python)
    _fill(python, lock, environment / "setup.log")
    stamp.write_text(wanted)
    print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)
    return python


def missing_system_python() -> bool:
    """Whether this Python was shipped without what makes environments (Debian splits it off)."""
    return importlib.util.find_spec("ensurepip") is None


def _place() -> Path:
    inside = ROOT / ".venv"
    try:
        inside.mkdir(exist_ok=True)
    except OSError:
        cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        inside = Path(cache) / "kling-desktop" / "venv"
        inside.mkdir(parents=True, exist_ok=True)
    return inside


def _make(environment: Path, python: Path) -> None:
    if environment.exists() and not _works(str(python)):
        shutil.rmtree(environment)
    if not python.exists():
        done = subprocess.run([sys.executable, "-m", "venv", str(environment)], check=False)
        if done.returncode:
            shutil.rmtree(environment, ignore_errors=True)
            raise SetupError(
                "Python could not make a virtual environment.\n"
                "On Debian and Ubuntu: sudo apt-get install python3-venv"
            )


def _fill(python: Path, lock: Path, log: Path) -> None:
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    with log.open("w") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        last = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
        raise SetupError(
            f"The packages could not be installed. The end of {log}:\n\n{last}\n\n"
            "Check the network and run the command again; what was fetched is kept."
        )


def _works(python: str) -> bool:
    try:
        done = subprocess.run([python, "-c", "0"], check=False, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0
