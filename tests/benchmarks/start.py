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
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.furnished import furnish
from tests.benchmarks.table import machine, middle, show

if TYPE_CHECKING:
    from collections.abc import Callable

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
        sys.stdout.write(f"{time.monotonic()} {time.process_time()}")
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
from kling_desktop.ui.program import furnish, run_furnished, show_window
def now():
    return f"{time.monotonic()} {time.process_time()} "
theme, window = show_window(settings, folders.window)
said = now()
desk = furnish(app.opening_of(app.lay_ground(options, folders, settings)), theme, window)
said += now()
async def build():
    sys.stdout.write(said + now())
    sys.stdout.flush()
    os._exit(0)
run_furnished(desk, build)
"""
BARE_NAME = "bare QMainWindow"


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds since the process began, on the clock and on the processor."""

    waited: float
    worked: float


@dataclass(frozen=True, slots=True)
class Start:
    """The moments of one start. A bare window has the first one only."""

    painted: Moment
    """The window is there: its surfaces, where it stood last."""
    whole: Moment
    """Everything in it is there too."""
    loop: Moment
    """Its event loop runs; the engine comes up in threads from now on."""


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starts = _Starts(folder)
        kinds = {
            BARE_NAME: starts.bare,
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
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", program, str(data)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=self._environment,
        )
        said = [float(word) for word in done.stdout.split()]
        pairs = zip(said[::2], said[1::2], strict=True)
        moments = [Moment(at - began, worked) for at, worked in pairs]
        return Start(*moments) if len(moments) == 3 else Start(*(moments[:1] * 3))


def _with_bytecode(folder: Path) -> dict[str, str]:
    """As an installed program: Python reads compiled files, wherever they may be written."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONPATH": str(ROOT)}


def _show(seen: dict[str, list[Start]]) -> None:
    show(
        f"Start to first paint, median of {RUNS} interleaved runs ({machine()})",
        ("what", "ms", "× bare", "best ms", "× bare", "CPU ms", "× bare", "goal"),
        [_row(kind, seen, lambda start: start.painted) for kind in seen],
    )
    later = {kind: starts for kind, starts in seen.items() if kind != BARE_NAME}
    show(
        "The same starts, until the window is filled",
        ("what", "ms", "× bare", "best ms", "× bare", "CPU ms", "× bare", "goal"),
        [_row(kind, seen, lambda start: start.whole, goal="") for kind in later],
    )
    show(
        "The same starts, until the event loop runs",
        ("what", "ms", "× bare", "best ms", "× bare", "CPU ms", "× bare", "goal"),
        [_row(kind, seen, lambda start: start.loop, goal="") for kind in later],
    )


def _row(
    kind: str,
    seen: dict[str, list[Start]],
    moment: Callable[[Start], Moment],
    goal: str = "1.35, moonshot 1.15",
) -> tuple[object, ...]:
    """Medians and bests, each with its ratio to a bare window's first paint."""
    cells: list[object] = [kind]
    bare = [start.painted for start in seen[BARE_NAME]]
    ours = [moment(start) for start in seen[kind]]
    for pick, of in ((_waited, middle), (_waited, min), (_worked, middle)):
        found = of([pick(one) for one in ours])
        cells += [round(found * 1000), found / of([pick(one) for one in bare])]
    return (*cells, "" if kind == BARE_NAME else goal)


def _waited(moment: Moment) -> float:
    return moment.waited


def _worked(moment: Moment) -> float:
    return moment.worked


if __name__ == "__main__":
    main()
