"""A screen of its own, the program on it as a process, and a hand with mouse and keys.

Needs Xvfb, openbox, xdotool and ImageMagick's `import`.
"""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PIL import Image

from tests.helpers.sight import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which what was waited for is given up."""
_STEPS = 12
"""Parts of a drag; a drag that jumps is none."""


class Screen:
    """A virtual screen with a window manager."""

    def __init__(self, display: str) -> None:
        self.display = display

    def hand(self, *words: str | int) -> str:
        """Lets xdotool do something."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout.strip()

    def click(self, place: tuple[int, int]) -> None:
        """One click of the left button."""
        self.hand("mousemove", "--sync", *place, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Presses, moves in steps, and lets go."""
        self.hand("mousemove", "--sync", *start, "mousedown", 1)
        for step in range(1, _STEPS + 1):
            part = step / _STEPS
            place = (round(a + (b - a) * part) for a, b in zip(start, end, strict=True))
            self.hand("mousemove", "--sync", *place)
        self.hand("mousemove_relative", "--sync", 1, 1)
        self.hand("mouseup", 1)

    def drag_until(
        self, start: tuple[int, int], end: tuple[int, int], seen: Callable[[], bool]
    ) -> None:
        """Drags until something came of it: a busy program may miss that a drag began."""
        for _ in range(5):
            self.drag(start, end)
            with suppress(TimeoutError):
                until(seen, lambda: "nothing came of the drag", 8)
                return
        raise TimeoutError("nothing came of the drag")

    def keys(self, *names: str) -> None:
        """Presses keys, by the names of X."""
        self.hand("key", "--clearmodifiers", *names)

    def write(self, text: str) -> None:
        """Types."""
        self.hand("type", "--delay", 5, text)

    def picture(self, place: tuple[int, int, int, int] | None = None) -> Image.Image:
        """What is seen, or a part of it: left, top, width, height."""
        command = ["import", "-silent", "-window", "root", "png:-"]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, check=True, timeout=30
        )
        whole = Image.open(io.BytesIO(done.stdout)).convert("RGB")
        if place is None:
            return whole
        left, top, width, height = place
        return whole.crop((left, top, left + width, top + height))

    def environment(self, **more: str) -> dict[str, str]:
        """For everything that runs on this screen."""
        kept = {name: text for name, text in os.environ.items() if name != "QT_QPA_PLATFORM"}
        return {**kept, "DISPLAY": self.display, "PYTHONPATH": str(ROOT), **more}


class OnScreen:
    """One start of the program, seen through its accessible tree."""

    def __init__(self, process: subprocess.Popen[str], port: int, screen: Screen) -> None:
        self.process, self.port, self.screen = process, port, screen

    def look(self) -> list[Seen]:
        """Everything in its windows; nothing while it does not answer."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as line:
                return [one for tree in _read(line) for one in _seen(tree).walk()]
        except (OSError, ValueError):
            return []

    def words(self) -> str:
        """All words in sight."""
        return "\n".join(one.said for one in self.look())

    def find(self, name: str, role: str = "") -> Seen | None:
        """The first thing whose name begins like that."""
        return next(
            (one for one in self.look() if one.name.startswith(name) and role in {"", one.role}),
            None,
        )

    def until(self, seen: Callable[[], T | None], what: str, seconds: float = PATIENCE) -> T:
        """Waits until something is seen, and gives it."""
        return until(seen, lambda: f"{what} was not seen:\n{self.words()}", seconds)

    def until_said(self, text: str, seconds: float = PATIENCE) -> None:
        """Waits until a text is in sight."""
        self.until(lambda: text in self.words(), f"“{text}”", seconds)

    def click(self, name: str, role: str = "") -> None:
        """Waits for something that can be pressed, and clicks its middle."""
        found = self.until(lambda: self._pressable(name, role), f"“{name}”")
        self.screen.click(found.middle)

    def kill(self) -> None:
        """Ends it without warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def _pressable(self, name: str, role: str) -> Seen | None:
        found = self.find(name, role)
        return found if found is not None and "disabled" not in found.states else None


@contextmanager
def a_screen(size: tuple[int, int] = (1440, 900)) -> Iterator[Screen]:
    """Starts a screen on a free number."""
    read, write = os.pipe()
    width, height = size
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24",
         "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as line:
        display = f":{line.readline().strip()}"
    screen = Screen(display)
    manager = subprocess.Popen(
        ["openbox"], env=screen.environment(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        until(lambda: screen.hand("getdisplaygeometry"), lambda: "a screen", 20)
        yield screen
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@contextmanager
def on_screen(
    screen: Screen, data_dir: Path, *arguments: str, **environment: str
) -> Iterator[OnScreen]:
    """Starts the program; kills it at the end if it still runs."""
    command = [sys.executable, "-m", "tests.helpers.watched", "--data-dir", str(data_dir)]
    process = subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        env=screen.environment(**environment),
        stdout=subprocess.PIPE,
        text=True,
    )
    out = process.stdout
    if out is None:
        raise ValueError("the process has no pipe to read from")
    try:
        port = int(json.loads(out.readline())["port"])
        running = OnScreen(process, port, screen)
        running.until(lambda: running.find("Kling Desktop"), "the window")
        yield running
    finally:
        process.kill()
        process.wait(10)
        out.close()


@contextmanager
def neighbor(screen: Screen, wish: str, *paths: Path) -> Iterator[tuple[int, int]]:
    """Starts another program on the screen; gives the middle of its window."""
    command = [sys.executable, "-m", "tests.helpers.neighbor", wish, *map(str, paths)]
    process = subprocess.Popen(command, cwd=ROOT, env=screen.environment())
    try:
        yield until(lambda: _middle(screen, f"Neighbor: {wish}"), lambda: "the neighbor", 30)
    finally:
        process.kill()
        process.wait(10)


def until(seen: Callable[[], T | None], complaint: Callable[[], str], seconds: float) -> T:
    """Waits until something is seen, and gives it."""
    end = time.monotonic() + seconds
    while True:
        found = seen()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(complaint())
        time.sleep(0.05)


def _middle(screen: Screen, title: str) -> tuple[int, int] | None:
    try:
        number = screen.hand("search", "--onlyvisible", "--name", title).splitlines()[-1]
    except (subprocess.CalledProcessError, IndexError):
        return None
    said = dict(
        part.split("=") for part in screen.hand("getwindowgeometry", "--shell", number).split()
    )
    left, top, width, height = (int(said[one]) for one in ("X", "Y", "WIDTH", "HEIGHT"))
    return left + width // 2, top + height // 2


def _read(line: socket.socket) -> Sequence[dict[str, Any]]:
    with line.makefile() as text:
        found: list[dict[str, Any]] = json.loads(text.readline())
    return found


def _seen(tree: dict[str, Any]) -> Seen:
    parts = tuple(_seen(part) for part in tree["parts"])
    return Seen(
        **{**tree, "states": tuple(tree["states"]), "place": tuple(tree["place"]), "parts": parts}
    )
