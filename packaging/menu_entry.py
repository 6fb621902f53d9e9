"""An entry in the system's menu of programs, offered once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from setup_steps import HERE, ROOT

_DESKTOP = """[Desktop Entry]
Type=Application
Name=Kling Desktop
Comment=Make Kling video clips
Exec="{python}" "{run}" %F
Icon={icon}
Terminal=false
Categories=AudioVideo;Video;Graphics;
StartupWMClass=kling-desktop
"""


def offer_once(answered: Path) -> None:
    """Asks in the terminal, the first time only, and never where nobody can answer."""
    if answered.exists() or not sys.stdin.isatty():
        return
    answer = input("Put Kling Desktop into the menu of programs? [y/N] ").strip().lower()
    answered.parent.mkdir(parents=True, exist_ok=True)
    answered.write_text(answer or "no")
    if answer in {"y", "yes"}:
        print(f"Added: {add_entry()}")


def add_entry() -> Path:
    """Adds the entry for this system; returns the file that is it."""
    if sys.platform == "darwin":
        return _on_mac()
    if sys.platform == "win32":
        return _on_windows()
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    entry = data / "applications" / "kling-desktop.desktop"
    entry.parent.mkdir(parents=True, exist_ok=True)
    icon = ROOT / "resources" / "program.svg"
    entry.write_text(_DESKTOP.format(python=sys.executable, run=HERE / "run.py", icon=icon))
    return entry


def _on_mac() -> Path:
    entry = Path.home() / "Applications" / "Kling Desktop.command"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HERE / "run.py"}"\n')
    entry.chmod(0o755)
    return entry


def _on_windows() -> Path:
    menu = Path(os.environ["APPDATA"]) / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    entry = menu / "Kling Desktop.lnk"
    script = (
        "$shell = New-Object -ComObject WScript.Shell;"
        f"$link = $shell.CreateShortcut('{entry}');"
        f"$link.TargetPath = '{sys.executable}';"
        f"$link.Arguments = '\"{HERE / 'run.py'}\"';"
        "$link.Save()"
    )
    subprocess.run(["powershell", "-NoProfile", "-Command", script], check=True)
    return entry
