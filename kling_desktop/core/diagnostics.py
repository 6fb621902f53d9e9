"""Facts for a question to the makers, without secrets and without names of files."""

from __future__ import annotations

import platform

from kling_desktop import __version__


def diagnostics(*, is_fal: bool, models: int) -> str:
    """One fact a line. `is_fal` is False where real work goes to another server."""
    return "\n".join(
        (
            f"Kling Desktop {__version__}",
            f"Python {platform.python_version()}, {platform.platform()}",
            f"server: {'fal' if is_fal else 'another, by --fal-url'}",
            f"models: {models}",
        )
    )
