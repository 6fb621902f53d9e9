"""A screen where there is none: Xvfb with a window manager, on a display number of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_screen(size: str = "1440x900") -> Iterator[dict[str, str]]:
    """Gives the environment variables of a virtual screen, and ends it afterwards."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    variables = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    for name in ("WAYLAND_DISPLAY", "XAUTHORITY"):
        variables.pop(name, None)
    manager = None
    if shutil.which("openbox"):
        manager = subprocess.Popen(
            ["openbox"], env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    try:
        yield variables
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait()
