"""What Qt and the tests need from Debian's own packages, and how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from setup_steps import SetupError, missing_system_python

PROGRAM = (
    "libdbus-1-3", "libegl1", "libfontconfig1", "libfreetype6", "libgl1", "libglib2.0-0",
    "libopengl0", "libpulse0", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1",
    "libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1",
    "libxcb-xfixes0", "libxcb-xinerama0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxkbcommon0",
)  # fmt: skip
SCREEN = ("xvfb", "openbox")
TESTS = (*SCREEN, "curl", "dbus", "ffmpeg", "gnome-keyring", "procps", "strace", "xdotool")


def require(packages: tuple[str, ...]) -> None:
    """Installs what is missing. Raises SetupError with the one line to run where it may not."""
    if not sys.platform.startswith("linux") or shutil.which("dpkg-query") is None:
        return
    wanted = packages if not missing_system_python() else (*packages, "python3-venv")
    missing = [name for name in wanted if not _is_installed(name)]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    before = _privilege()
    if before is None:
        raise SetupError(f"Some system packages are missing. Please run once:\n\n  sudo {line}")
    print(f"Installing {len(missing)} system packages.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*before, "apt-get", "update", "-qq"], check=False, env=environment)
    done = subprocess.run(
        [*before, *line.split()], check=False, env=environment, stdout=subprocess.DEVNULL
    )
    still = [name for name in missing if not _is_installed(name)]
    if done.returncode or still:
        raise SetupError(f"These system packages could not be installed: {' '.join(still)}")


def _privilege() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def _is_installed(package: str) -> bool:
    # Newer systems add t64 to the names of some libraries.
    for name in (package, f"{package}t64"):
        asked = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status}", name],
            check=False,
            capture_output=True,
            text=True,
        )
        if asked.returncode == 0 and asked.stdout.strip() == "installed":
            return True
    return False
