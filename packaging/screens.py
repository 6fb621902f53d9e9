"""A screen where there is none: Xvfb with a window manager, on a display number of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from setup_steps import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_screen(size: str = "1440x900") -> Iterator[dict[str, str]]:
    """Gives the environment variables of a virtual screen, and ends it afterwards.

    Where the system has no Xvfb (macOS, Windows) it is the screen that is there.
    """
    if not sys.platform.startswith("linux"):
        yield dict(os.environ)
        return
    server, number = _server(size)
    variables = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    for name in ("WAYLAND_DISPLAY", "XAUTHORITY"):
        variables.pop(name, None)
    processes = [server]
    if shutil.which("openbox"):
        manager = subprocess.Popen(
            ["openbox"], env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        processes.insert(0, manager)
    try:
        yield variables
    finally:
        for process in processes:
            _end(process)


def _server(size: str) -> tuple[subprocess.Popen[bytes], str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24"]
    try:
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise SetupError("A virtual screen needs Xvfb. Please install it.") from error
    finally:
        os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        raise SetupError(f"Xvfb did not start; it ended with code {server.wait()}.")
    return server, number


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
