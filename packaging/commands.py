"""The words of the command line: start, demo, test, bench."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import checks
import menu_entry
import system_parts
from screens import has_display, virtual_screen
from setup_steps import ROOT, SetupError, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

RUNTIME, TESTING = "requirements", "requirements-test"
NEEDS_SETUP, INTERRUPTED, TERMINATED = 3, 130, 143


def main_with(words: list[str]) -> int:
    """Runs the words; says plainly what is missing. Returns the exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return run(words)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return NEEDS_SETUP
    except KeyboardInterrupt:
        return INTERRUPTED


def run(words: list[str]) -> int:
    """Runs the command that the first word names; none, or an option first, is the start."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "demo": demo,
        "test": test,
        "bench": bench,
    }
    if words and not words[0].startswith("-"):
        command = commands.get(words[0])
        if command is None:
            known = ", ".join(commands)
            raise SetupError(f"There is no command {words[0]!r}. There are: {known}, or none.")
        return command(words[1:])
    return start(words)


def start(options: list[str]) -> int:
    """The everyday start."""
    if not has_display():
        raise SetupError(
            "There is no screen here. `python3 packaging/run.py demo` makes a virtual one\n"
            "and drives the program through a whole job."
        )
    system_parts.require(system_parts.PROGRAM)
    python = prepare(RUNTIME)
    menu_entry.offer_once(python.parent.parent / "menu-offered")
    return _program(python, options, dict(os.environ))


def demo(options: list[str]) -> int:
    """Rehearsal; without a screen, the tour on a virtual one."""
    screenless = not has_display()
    packages = system_parts.PROGRAM + (system_parts.SCREEN if screenless else ())
    system_parts.require(packages)
    python = prepare(RUNTIME)
    options = ["--demo", *options]
    if not screenless:
        return _program(python, options, dict(os.environ))
    if not any(option == "--tour" or option.startswith("--tour=") for option in options):
        folder = Path(tempfile.mkdtemp(prefix="kling-desktop-tour-"))
        print(f"No screen here: the tour runs on a virtual one, into {folder}", flush=True)
        options += ["--tour", str(folder)]
    with virtual_screen() as environment:
        return _program(python, options, environment)


def test(options: list[str]) -> int:
    """Every check and test; `--quick` leaves the long ones out."""
    system_parts.require(system_parts.PROGRAM + system_parts.TESTS)
    return checks.run_all(prepare(TESTING), quick="--quick" in options)


def bench(options: list[str]) -> int:
    """The tables of tests/benchmarks."""
    system_parts.require(system_parts.PROGRAM + system_parts.TESTS)
    python = prepare(TESTING)
    with virtual_screen() as environment:
        command = [str(python), "-m", "tests.benchmarks", *options]
        return subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode


def _program(python: Path, options: list[str], environment: dict[str, str]) -> int:
    """Runs the program of this checkout, whatever lies in the present folder."""
    alone = {**environment, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    alone.pop("PYTHONHOME", None)
    command = [str(python), "-m", "kling_desktop", *options]
    return subprocess.run(command, check=False, env=alone).returncode


def _terminated(_number: int, _frame: FrameType | None) -> None:
    sys.exit(TERMINATED)
