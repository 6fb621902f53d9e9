"""Takes PySide's hand off Python's `import`.

PySide puts itself there for `from __feature__ import …`: it reads the source of every module that
is imported after it, and has a look at each import inside a function. No module here has features,
and that look costs 60 ms of a start and a twentieth of every poll.
"""

from __future__ import annotations

import builtins


def plain_imports() -> None:
    """To be called before anything else of the window is imported."""
    import PySide6.QtCore  # noqa: F401 - it takes hold here

    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
