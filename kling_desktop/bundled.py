"""Finds the files that ship with the program, wherever it runs from.

They lie beside the package in a checkout, and inside it in a wheel or a frozen build.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of icons, styles, fonts, translations, catalogue and samples."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
