"""The program with its window: first paint, then the loop, then the engine, then the end."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.theme import Look, Mode, Surround, Theme
from kling_desktop.ui.work.desk import Desk

if TYPE_CHECKING:
    from kling_desktop.core.settings import Settings
    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.tour.tour import Tour
    from kling_desktop.ui.work.opening import Opening

Build = Callable[[], Awaitable["Studio"]]
"""Builds the engine; slow, and not before the first paint."""


def run_window(opening: Opening, build: Build) -> int:
    """Shows the window and runs until it is closed; returns the exit code."""
    _theme, desk = paint_first(opening)
    tour = _tour(opening, desk)
    from kling_desktop.ui.loop import run
    from kling_desktop.ui.work.living import live

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the application is gone")
    code = run(app, live(desk, build))
    return code if tour is None else tour.exit_code


def paint_first(opening: Opening) -> tuple[Theme, Desk]:
    """Shows the window and returns when it was painted: only then may anything slow begin."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application is running")
    app.setApplicationName("kling-desktop")
    app.setApplicationDisplayName("Kling Desktop")
    app.setDesktopFileName("kling-desktop")
    theme = Theme(app, look_of(opening.settings.current))
    opening.settings.subscribe(lambda settings: theme.show_look(look_of(settings)))
    desk = Desk(opening, theme)
    _paint(app, desk)
    return theme, desk


def look_of(settings: Settings) -> Look:
    """The part of the settings that is about the look."""
    return Look(
        mode=Mode(settings.theme) if settings.theme in set(Mode) else Mode.SYSTEM,
        text_percent=max(90, min(150, settings.text_percent)),
        surround=Surround(settings.surround)
        if settings.surround in set(Surround)
        else Surround.DARK,
        reduced_motion=settings.reduced_motion,
    )


def _tour(opening: Opening, desk: Desk) -> Tour | None:
    if opening.tour is None:
        return None
    from kling_desktop.ui.tour.tour import Tour

    tour = Tour(desk.window, opening.tour)
    tour.start()
    return tour


class _FirstPaint(QObject):
    painted = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.painted.emit()
        return False


def _paint(app: QApplication, desk: Desk) -> None:
    seen: list[bool] = []
    watch = _FirstPaint()
    watch.painted.connect(lambda: seen.append(True))
    desk.window.installEventFilter(watch)
    desk.window.show()
    while not seen and desk.window.isVisible():
        app.processEvents()
    app.processEvents()
