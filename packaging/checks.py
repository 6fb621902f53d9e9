"""Every check and every test, one after another, and one verdict."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from screens import virtual_screen
from setup_steps import ROOT

_LONGEST = 1200
"""Seconds after which a step that hangs is ended and counts as failed."""
_KEYRING_START = (
    "printf %s test-password |"
    " gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null;"
    ' exec "$@"'
)


@dataclass(frozen=True)
class Verdict:
    """How one step ended."""

    name: str
    is_good: bool
    seconds: float


def run_all(python: Path, *, quick: bool) -> int:
    """Runs everything even where something fails; 0 where nothing did."""
    environment = _clean_environment()
    verdicts = _checks(python, environment) + _tests(python, environment, quick=quick)
    print(f"\n{'─' * 40}", flush=True)
    for one in verdicts:
        print(f"{one.name:<24} {'good' if one.is_good else 'FAILED':<7} {one.seconds:4.0f} s")
    good = sum(one.is_good for one in verdicts)
    whole = sum(one.seconds for one in verdicts) / 60
    print(f"{good} of {len(verdicts)} steps are good, in {whole:.1f} minutes.", flush=True)
    return 0 if good == len(verdicts) else 1


def _checks(python: Path, environment: dict[str, str]) -> list[Verdict]:
    imports = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    commands = {
        "style": ["-m", "ruff", "check", "."],
        "layout": ["-m", "ruff", "format", "--check", "."],
        "types": ["-m", "mypy"],
        "imports": ["-c", imports],
    }
    return [
        run_step(name, [str(python), *command], environment) for name, command in commands.items()
    ]


def _tests(python: Path, environment: dict[str, str], *, quick: bool) -> list[Verdict]:
    pytest = [str(python), "-m", "pytest", "-q"]
    no_slow = " and not slow" if quick else ""
    hidden = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    screenless = f"not screen and not secret_service{no_slow}"
    verdicts = [run_step("tests without a screen", [*pytest, "-n", "2", "-m", screenless], hidden)]
    if not sys.platform.startswith("linux"):
        return verdicts
    with virtual_screen() as screen:
        shown = {**environment, "DISPLAY": screen["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
        on_screen = [*pytest, "-m", f"screen and not secret_service{no_slow}"]
        verdicts.append(run_step("tests on a screen", on_screen, shown))
    with tempfile.TemporaryDirectory(prefix="kd") as folder:
        keyring = _keyring_environment(Path(folder), hidden)
        command = ["dbus-run-session", "--", "bash", "-c", _KEYRING_START, "_"]
        with_keyring = [*command, *pytest, "-m", "secret_service"]
        verdicts.append(run_step("tests with a keyring", with_keyring, keyring))
    return verdicts


def run_step(
    name: str, command: list[str], environment: dict[str, str], longest: float = _LONGEST
) -> Verdict:
    """Runs one command; it is good where it ends in time, with 0."""
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as step:
        try:
            is_good = step.wait(longest) == 0
        except subprocess.TimeoutExpired:
            print(f"── {name} did not end within {longest:.0f} s", flush=True)
            is_good = False
        finally:
            _end_all_of(step)
    seconds = time.monotonic() - began
    print(f"── {name}: {'good' if is_good else 'FAILED'} in {seconds:.0f} s", flush=True)
    return Verdict(name, is_good, seconds)


def _end_all_of(step: subprocess.Popen[bytes]) -> None:
    """Ends what a step left running, children included."""
    if sys.platform == "win32":
        step.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(step.pid, signal.SIGKILL)


def _clean_environment() -> dict[str, str]:
    foreign = ("FAL_", "PYTEST_", "QT_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "PYTHONPYCACHEPREFIX": str(ROOT / ".cache" / "bytecode")}


def _keyring_environment(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    home, run = folder / "home", folder / "run"
    places = {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": run,
    }
    for place in (*places.values(), home / "data" / "keyrings"):
        place.mkdir(parents=True, exist_ok=True)
    run.chmod(0o700)
    inherited = ("DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "DISPLAY")
    kept = {name: value for name, value in environment.items() if name not in inherited}
    return {**kept, **{name: str(place) for name, place in places.items()}}
