"""Keeps PySide from reading the source of every module that is imported after it.

It looks there for `from __feature__ import …`, which no module here has: 50 ms of a start, and a
good part of the engine's. Without the source at hand, as in a frozen build, PySide skips it too.
"""

from __future__ import annotations

import importlib


def skip_feature_search() -> None:
    """To be called before anything else of the window is imported."""
    import PySide6.QtCore  # noqa: F401 - brings the module below with it

    feature = importlib.import_module("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _says_yes


def _says_yes(_module: object) -> bool:
    """Which means: PySide's plain names."""
    return True
