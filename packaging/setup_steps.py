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

import python_choice

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

_ASTRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH")
"""Settings of a person that would put packages anywhere but into the environment."""


class SetupError(Exception):
    """Something outside the program is missing; the text says what to do."""


def environment_python(environment: Path) -> Path:
    """The interpreter inside an environment."""
    if sys.platform == "win32":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def prepare(lock_name: str) -> Path:
    """Makes or updates the environment for a lock file; returns its interpreter.

    Does nothing, and needs no network, where it is already filled from the same lock file.
    Raises SetupError.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    lock = HERE / f"{lock_name}.lock"
    places = [place / f"{lock_name}-{version}" for place in _places()]
    for environment in places:
        if _is_filled(environment, lock):
            return environment_python(environment)
    environment = next((one for one in places if _can_write(one.parent)), places[-1])
    python = environment_python(environment)
    print(f"Setting up in {environment}. This is done once and takes a minute or two.", flush=True)
    began = time.monotonic()
    (environment / "filled-from").unlink(missing_ok=True)
    _make(environment, python)
    _fill(python, lock, environment / "setup.log")
    _compile(python)
    (environment / "filled-from").write_text(_stamp(environment, lock))
    print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)
    return python


def lacks_ensurepip() -> bool:
    """Whether this Python was shipped without what makes environments (Debian splits it off)."""
    return importlib.util.find_spec("ensurepip") is None


def _places() -> tuple[Path, Path]:
    """In the checkout; where that cannot be written, in the cache folder of the person."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    whose = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return ROOT / ".venv", cache / "kling-desktop" / f"venv-{whose}"


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _is_filled(environment: Path, lock: Path) -> bool:
    try:
        stamp = (environment / "filled-from").read_text()
    except OSError:
        return False
    return stamp == _stamp(environment, lock) and environment_python(environment).exists()


def _stamp(environment: Path, lock: Path) -> str:
    """What it was filled from, and where: an environment does not outlive a move."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()}\n{environment}\n"


def _make(environment: Path, python: Path) -> None:
    if environment.exists() and not python_choice.works(str(python)):
        shutil.rmtree(environment)
    if python.exists():
        return
    done = subprocess.run([sys.executable, "-m", "venv", str(environment)], check=False)
    if done.returncode:
        shutil.rmtree(environment, ignore_errors=True)
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupError(
            "Python could not make a virtual environment. On Debian and Ubuntu, please run once:\n"
            f"\n  sudo apt-get install -y python{version}-venv"
        )


def _fill(python: Path, lock: Path, log: Path) -> None:
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    kept = {name: value for name, value in os.environ.items() if name not in _ASTRAY}
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=kept,
            text=True,
            errors="replace",
        ) as filling,
    ):
        for line in filling.stdout or ():
            output.write(line)
            _show(line)
    _show("")
    if filling.returncode:
        last = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
        raise SetupError(
            f"The packages could not be installed. The end of {log}:\n\n{last}\n\n"
            "Check the network and run the command again; what was fetched is kept."
        )


def _compile(python: Path) -> None:
    """So that the first start is as quick as the second. No matter where it cannot be written."""
    command = [str(python), "-m", "compileall", "-q", str(ROOT / "kling_desktop")]
    subprocess.run(command, check=False, capture_output=True)


def _show(line: str) -> None:
    """One line that changes, for whoever watches."""
    if sys.stdout.isatty():
        words = line.strip()[: shutil.get_terminal_size().columns - 1]
        print(f"\r\033[K{words}", end="", flush=True)
