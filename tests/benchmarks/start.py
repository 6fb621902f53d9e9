"""Process start to a painted, responsive window, beside a bare QMainWindow in the same run.

Three kinds of start: into an empty folder, the second one, and one with clips and jobs to show.
Time on the clock is what a person waits; processor time tells less of what else the machine does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.furnished import furnish
from tests.benchmarks.table import machine, middle, show

ROOT = Path(__file__).resolve().parents[2]
RUNS = 10
WARM_UP = 2

BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
class Window(QMainWindow):
    seen = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.end)
    def end(self):
        sys.stdout.write(f"{time.monotonic()} {time.process_time()} 0 0")
        sys.stdout.flush()
        os._exit(0)
window = Window()
window.resize(1200, 800)
window.show()
app.exec()
"""
OURS = """
import os, sys, time
from pathlib import Path
from kling_desktop import __main__, app
options = app.Options(data_dir=Path(sys.argv[1]))
folders, settings = app.lay_folders(options)
from kling_desktop.ui.qt_imports import plain_imports
plain_imports()
from kling_desktop.ui.program import furnish, show_window
theme, window = show_window(settings, folders.window)
times = [time.monotonic(), time.process_time()]
desk = furnish(app.opening_of(app.lay_ground(options, folders, settings)), theme, window)
sys.stdout.write(f"{times[0]} {times[1]} {time.monotonic()} {time.process_time()}")
sys.stdout.flush()
os._exit(0)
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds on the clock and on the processor."""

    waited: float
    worked: float


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starts = _Starts(folder)
        kinds = {
            "bare QMainWindow": starts.bare,
            "first start, empty folder": starts.first,
            "second start": starts.second,
            "with 50 clips and 20 jobs": starts.furnished,
        }
        seen: dict[str, list[Start]] = {kind: [] for kind in kinds}
        for turn in range(WARM_UP + RUNS):
            for kind, start in kinds.items():
                found = start()
                if turn >= WARM_UP:
                    seen[kind].append(found)
    _show(seen)


class _Starts:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rich = folder / "rich"
        furnish(self._rich, clips=50, jobs=20)
        self._environment = _with_bytecode(folder / "bytecode")

    def bare(self) -> Start:
        return self._once(BARE, self._folder)

    def first(self) -> Start:
        empty = self._folder / "empty"
        shutil.rmtree(empty, ignore_errors=True)
        return self._once(OURS, empty)

    def second(self) -> Start:
        return self._once(OURS, self._folder / "empty")

    def furnished(self) -> Start:
        return self._once(OURS, self._rich)

    def _once(self, program: str, data: Path) -> Start:
        began = _now()
        done = subprocess.run(
            [sys.executable, "-c", program, str(data)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=self._environment,
        )
        ended, worked = map(float, done.stdout.split())
        return Start(ended - began, worked)


def _with_bytecode(folder: Path) -> dict[str, str]:
    """As an installed program: Python reads compiled files, wherever they may be written."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONPATH": str(ROOT)}


def _show(seen: dict[str, list[Start]]) -> None:
    waited = {kind: middle([one.waited for one in starts]) for kind, starts in seen.items()}
    worked = {kind: middle([one.worked for one in starts]) for kind, starts in seen.items()}
    least = {kind: min(one.waited for one in starts) for kind, starts in seen.items()}
    bare = "bare QMainWindow"
    show(
        f"Start to first paint, median of {RUNS} interleaved runs ({machine()})",
        ("what", "ms", "× bare", "best ms", "× bare", "CPU ms", "× bare", "goal"),
        [
            (
                kind,
                waited[kind] * 1000,
                waited[kind] / waited[bare],
                least[kind] * 1000,
                least[kind] / least[bare],
                worked[kind] * 1000,
                worked[kind] / worked[bare],
                "" if kind == bare else "1.35, moonshot 1.15",
            )
            for kind in seen
        ],
    )


def _now() -> float:
    import time

    return time.monotonic()


if __name__ == "__main__":
    main()
