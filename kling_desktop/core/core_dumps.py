"""No image of the program's memory on disk."""

from __future__ import annotations

import os


def no_core_dumps() -> None:
    """A core file would hold the key."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
