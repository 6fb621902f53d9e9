"""An entry in the system's menu of programs, offered once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from setup_steps import HERE, ROOT

ICON = ROOT / "resources" / "program.svg"


def offer_once(answered: Path) -> None:
    """Asks in the terminal, the first time only, and never where nobody can answer."""
    if answered.exists() or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        answer = input("Put Kling Desktop into the menu of programs? [y/N] ").strip().lower()
    except EOFError:
        return
    answered.write_text(f"{answer or 'no'}\n")
    if answer in {"y", "yes"}:
        print(f"Added: {add_entry()}", flush=True)


def add_entry() -> Path:
    """Adds the entry for this system; returns the file that is it. Raises OSError."""
    if sys.platform == "darwin":
        return _on_mac()
    if sys.platform == "win32":
        return _on_windows()
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    entry = data / "applications" / "kling-desktop.desktop"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(desktop_entry(sys.executable, HERE / "run.py"), encoding="utf-8")
    return entry


def desktop_entry(python: str, run: Path) -> str:
    """The text of a .desktop file, as the Desktop Entry Specification has it."""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Kling Desktop",
            "GenericName=Video Clip Maker",
            "Comment=Make Kling video clips from pictures and words",
            f"Exec={_quoted(python)} {_quoted(str(run))}",
            f"Icon={_escaped(str(ICON))}",
            "Terminal=false",
            "Categories=AudioVideo;Video;",
            "Keywords=kling;fal;video;clip;",
            "StartupWMClass=kling-desktop",
            "",
        )
    )


def _quoted(argument: str) -> str:
    """One argument of Exec: its own quoting first, the escapes of every value around that."""
    inner = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in argument)
    return _escaped(f'"{inner}"'.replace("%", "%%"))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n")


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
        f"$link = $shell.CreateShortcut({_powershell(entry)});"
        f"$link.TargetPath = {_powershell(sys.executable)};"
        f"$link.Arguments = '\"' + {_powershell(HERE / 'run.py')} + '\"';"
        "$link.Save()"
    )
    subprocess.run(["powershell", "-NoProfile", "-Command", script], check=True)
    return entry


def _powershell(value: str | Path) -> str:
    """A literal string: nothing in it is looked at but the quote itself."""
    return "'" + str(value).replace("'", "''") + "'"
