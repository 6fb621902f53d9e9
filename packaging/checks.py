"""Every check and every test, one after another, and one verdict."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from screens import virtual_screen
from setup_steps import ROOT

_KEYRING_START = (
    "printf %s test-password |"
    " gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null;"
    ' exec "$@"'
)


def run_all(python: Path, *, quick: bool) -> int:
    """Runs everything even where something fails; 0 where nothing did."""
    environment = _clean_environment()
    verdicts = [
        _step(name, [str(python), "-m", *command.split()], environment)
        for name, command in (
            ("style", "ruff check ."),
            ("layout", "ruff format --check ."),
            ("types", "mypy"),
        )
    ]
    imports = str(python.with_name("lint-imports"))
    verdicts.append(_step("imports", [imports], environment))
    verdicts += _tests(python, environment, quick=quick)
    failed = [name for name, good in verdicts if not good]
    print(f"\n{len(verdicts) - len(failed)} of {len(verdicts)} steps are good.", flush=True)
    if failed:
        print(f"Not good: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _tests(python: Path, environment: dict[str, str], *, quick: bool) -> list[tuple[str, bool]]:
    pytest = [str(python), "-m", "pytest", "-q"]
    no_slow = " and not slow" if quick else ""
    verdicts = [
        _step(
            "tests without a screen",
            [*pytest, "-n", "2", "-m", f"not screen and not secret_service{no_slow}"],
            {**environment, "QT_QPA_PLATFORM": "offscreen"},
        )
    ]
    with virtual_screen() as screen:
        shown = {**environment, "DISPLAY": screen["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
        verdicts.append(_step("tests on a screen", [*pytest, "-m", f"screen{no_slow}"], shown))
    with tempfile.TemporaryDirectory(prefix="kd") as folder:
        keyring = _keyring_environment(Path(folder), environment)
        command = ["dbus-run-session", "--", "bash", "-c", _KEYRING_START, "_"]
        verdicts.append(
            _step("tests with a keyring", [*command, *pytest, "-m", "secret_service"], keyring)
        )
    return verdicts


def _step(name: str, command: list[str], environment: dict[str, str]) -> tuple[str, bool]:
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment)
    good = done.returncode == 0
    took = time.monotonic() - began
    print(f"── {name}: {'good' if good else 'FAILED'} in {took:.0f} s", flush=True)
    return name, good


def _clean_environment() -> dict[str, str]:
    foreign = ("FAL_", "PYTEST_", "QT_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


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
