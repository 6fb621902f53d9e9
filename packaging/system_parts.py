"""What Qt and the tests need from Debian's own packages, and how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from setup_steps import SetupError, lacks_ensurepip

PROGRAM = (
    "libdbus-1-3", "libegl1", "libfontconfig1", "libfreetype6", "libgl1", "libglib2.0-0",
    "libopengl0", "libpulse0", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1",
    "libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1",
    "libxcb-xfixes0", "libxcb-xinerama0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxkbcommon0",
)  # fmt: skip
SCREEN = ("xvfb", "openbox")
TESTS = (
    *SCREEN,
    "curl",
    "dbus",
    "ffmpeg",
    "gnome-keyring",
    "imagemagick",
    "procps",
    "strace",
    "xdotool",
)
VENV = "python3-venv"


def require(packages: tuple[str, ...]) -> None:
    """Installs what is missing. Raises SetupError with the one line to run where it may not."""
    if not sys.platform.startswith("linux") or shutil.which("dpkg-query") is None:
        return
    missing = still_missing(packages, _installed(packages), needs_venv=lacks_ensurepip())
    if not missing:
        return
    before = _privilege()
    if before is None:
        raise SetupError(
            f"Some system packages are missing. Please run once:\n\n  {line_for(missing)}\n"
        )
    print(f"Installing {len(missing)} system packages: {' '.join(missing)}", flush=True)
    _install(before, missing)


def still_missing(
    packages: tuple[str, ...], installed: frozenset[str], *, needs_venv: bool
) -> tuple[str, ...]:
    """Those of the packages that are not there; newer systems add t64 to some names."""
    missing = [one for one in packages if not {one, f"{one}t64"} & installed]
    return (*missing, VENV) if needs_venv else tuple(missing)


def line_for(missing: tuple[str, ...]) -> str:
    """The one line that a person can run."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(missing)}"


def _install(before: list[str], missing: tuple[str, ...]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*before, "apt-get", "update", "-qq"], check=False, env=environment)
    done = subprocess.run(
        [*before, *line_for(missing).split()[1:]],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    if done.returncode:
        raise SetupError(
            f"The system packages could not be installed. Please run once:\n\n  {line_for(missing)}"
        )


def _privilege() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def _installed(packages: tuple[str, ...]) -> frozenset[str]:
    names = [name for package in packages for name in (package, f"{package}t64")]
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *names],
        check=False,
        capture_output=True,
        text=True,
    )
    lines = (line.split() for line in asked.stdout.splitlines())
    return frozenset(words[1] for words in lines if words[:1] == ["installed"])
