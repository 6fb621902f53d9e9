"""The program with its window: first paint, then the loop, then the engine, then the end."""

from __future__ import annotations

import gc
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.main_window import MainWindow
from kling_desktop.ui.theme import Look, Mode, Surround, Theme, load_fonts
from kling_desktop.ui.window_memory import WindowMemory

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.core.settings import Settings, SettingsStore
    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.tour.tour import Tour
    from kling_desktop.ui.work.desk import Desk
    from kling_desktop.ui.work.opening import Opening

Build = Callable[[], Awaitable["Studio"]]
"""Builds the engine; slow, and behind everything else."""
_ROOMS = (
    "kling_desktop.ui.actions",
    "kling_desktop.ui.make_column",
    "kling_desktop.ui.form.form",
    "kling_desktop.ui.player.stage",
    "kling_desktop.ui.library.strip",
    "kling_desktop.ui.jobs.queue_panel",
    "kling_desktop.ui.work.desk",
)
"""Imported one after the other, so that the window answers in between."""
_PAINTS_WITHIN = 2000
"""Milliseconds: a window that nobody shows, as on another desktop, is never painted."""
_LOOKS_EVERY = 20
_GIVES_WAY = 0.001
"""Seconds after which a busy thread lets the window's go on; Python's own 5 ms add up."""


def run_furnished(desk: Desk, build: Build) -> int:
    """Runs until the window is closed; returns the exit code."""
    tour = _tour(desk.opening, desk)
    sys.setswitchinterval(_GIVES_WAY)
    from kling_desktop.ui.garbage import GarbageRounds
    from kling_desktop.ui.loop import run
    from kling_desktop.ui.work.living import live

    rounds = GarbageRounds()

    async def build_and_spare() -> Studio:
        studio = await build()
        rounds.spare_what_is_there()
        return studio

    code = run(_application(), live(desk, build_and_spare))
    rounds.close()
    return code if tour is None else tour.exit_code


def paint_first(opening: Opening) -> tuple[Theme, Desk]:
    """Shows the whole window and returns when it was painted: only then may the engine come."""
    theme, window = show_window(opening.settings, opening.folders.window)
    return theme, furnish(opening, theme, window)


def show_window(settings: SettingsStore, memory: Path) -> tuple[Theme, MainWindow]:
    """Paints the window where it stood last, with nothing in it yet.

    That is a third of the whole, and a person sees at once that the program starts.
    """
    # Nothing of what is laid now goes away soon; the loop looks for garbage later.
    gc.disable()
    app = _application()
    app.setApplicationName("kling-desktop")
    app.setApplicationDisplayName("Kling Desktop")
    app.setDesktopFileName("kling-desktop")
    theme = Theme(app, look_of(settings.current), fonts=False)
    settings.subscribe(lambda changed: theme.show_look(look_of(changed)))
    window = MainWindow()
    WindowMemory(memory).bring_back(window)
    window.show()
    _look_at_events(app, window, lambda: not window.outline or window.outline.was_painted)
    return theme, window


def furnish(opening: Opening, theme: Theme, window: MainWindow) -> Desk:
    """Puts everything into the window and returns when that was painted."""
    app = _application()
    load_fonts()
    for name in _ROOMS:
        import_module(name)
        app.processEvents()
    from kling_desktop.ui.work.desk import Desk

    desk = Desk(opening, theme, window)
    window.unveil()
    _wait_for_paint(app, window)
    return desk


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


def _application() -> QApplication:
    # The style by argument: setStyle() would show Python the style object, for 20 ms.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application is running")
    return app


def _tour(opening: Opening, desk: Desk) -> Tour | None:
    if opening.tour is None:
        return None
    from kling_desktop.ui.tour.tour import Tour

    tour = Tour(desk.window, opening.tour)
    tour.start()
    return tour


def _wait_for_paint(app: QApplication, window: MainWindow) -> None:
    from kling_desktop.ui.paint_watch import PaintWatch

    watch = PaintWatch(window)
    _look_at_events(app, window, lambda: watch.was_painted)
    watch.deleteLater()
    app.processEvents()


def _look_at_events(app: QApplication, window: MainWindow, is_done: Callable[[], bool]) -> None:
    """Until it is done; the engine comes up all the same where that does not happen."""
    end = QDeadlineTimer(_PAINTS_WITHIN)
    waker = QTimer(interval=_LOOKS_EVERY)
    waker.start()
    while not is_done() and window.isVisible() and not end.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
