"""Looks at other processes of this computer. Linux only."""

from __future__ import annotations

from pathlib import Path


def simulators_of(data_dir: Path) -> list[int]:
    """Ids of the simulators that a program with this data folder has started."""
    wanted = str(data_dir / "rehearsal")
    return [pid for pid in _all() if wanted in _command(pid) and is_alive(pid)]


def is_alive(pid: int) -> bool:
    """Whether it runs; one that ended and was not fetched does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def _all() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []
