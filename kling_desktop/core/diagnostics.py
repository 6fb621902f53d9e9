"""Facts for a question to the makers, without secrets and without names of files."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from kling_desktop import __version__

if TYPE_CHECKING:
    from kling_desktop.catalog.catalog import Catalog


def diagnostics(fal_url: str | None, catalog: Catalog) -> str:
    """One fact a line; `fal_url` is where real work goes, None for fal itself."""
    return "\n".join(
        (
            f"Kling Desktop {__version__}",
            f"Python {platform.python_version()}, {platform.platform()}",
            f"server: {'fal' if fal_url is None else 'another, by --fal-url'}",
            f"models: {len(catalog.endpoints)}",
            f"models added: {sum(one.added for one in catalog.endpoints)}",
        )
    )
