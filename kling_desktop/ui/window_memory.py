"""Keeps the place, size and columns of the window between two runs, in an INI file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kling_desktop.ui.main_window import MainWindow

VERSION = 1
"""Of what is kept; another version falls back to the default layout."""
LEAST_WIDTH, LEAST_HEIGHT = 800, 480
_KEY = "window/state"


class WindowMemory:
    """One file, `window.ini`, under the folder the program writes to."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtCore import QSettings

        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def keep(self, window: MainWindow) -> None:
        """Write down how the window stands."""
        import json

        self._settings.setValue(_KEY, json.dumps({"version": VERSION, **window.save_state()}))
        self._settings.sync()

    def keep_word(self, key: str, word: str) -> None:
        """Write down one more word, such as which clip was looked at."""
        self._settings.setValue(key, word)

    def word(self, key: str) -> str:
        """What `keep_word` wrote, or nothing."""
        return str(self._settings.value(key, ""))

    def bring_back(self, window: MainWindow) -> bool:
        """Lay the window as it stood. False where nothing fit to use was kept."""
        state = parsed(str(self._settings.value(_KEY, "")))
        if state is None:
            return False
        window.restore_state(state)
        return True


def parsed(text: str) -> Mapping[str, Any] | None:
    """What `keep` wrote, or None for anything else."""
    import json

    try:
        state = json.loads(text)
    except ValueError:
        return None
    if not isinstance(state, dict) or state.get("version") != VERSION:
        return None
    return state


def fitted(wanted: QRect, screens: list[QRect]) -> QRect:
    """A place for the window that a person can see and reach.

    Kept as it is where at least a quarter of it and its top edge lie on a screen, else shrunk and
    moved onto the first.
    """
    for screen in screens:
        seen = wanted.intersected(screen)
        is_in_sight = 4 * _area(seen) >= _area(wanted) and seen.top() == wanted.top()
        if is_in_sight and screen.width() >= wanted.width() and seen.height() > 0:
            return wanted
    first = screens[0]
    width, height = min(wanted.width(), first.width()), min(wanted.height(), first.height())
    x = max(first.left(), min(wanted.x(), first.right() + 1 - width))
    y = max(first.top(), min(wanted.y(), first.bottom() + 1 - height))
    return QRect(x, y, width, height)


def first_place(screen: QRect) -> QRect:
    """Where the window opens the first time: most of the screen, 1440 × 900 at most times two."""
    width = min(screen.width(), max(1440, min(2400, screen.width() * 3 // 4)))
    height = min(screen.height(), max(900, min(1500, screen.height() * 3 // 4)))
    return QRect(
        screen.x() + (screen.width() - width) // 2,
        screen.y() + (screen.height() - height) // 2,
        width,
        height,
    )


def present_screens() -> list[QRect]:
    """The free room of every screen there is, the primary one first."""
    primary = QGuiApplication.primaryScreen()
    others = [one for one in QGuiApplication.screens() if one is not primary]
    return [one.availableGeometry() for one in (primary, *others)]


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
