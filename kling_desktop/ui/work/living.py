"""From the first paint to the end: the engine comes up, works, and is let go in order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kling_desktop.ui.player.readiness import get_ready
from kling_desktop.ui.work.closing import Closing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.work.desk import Desk


async def live(desk: Desk, build: Callable[[], Awaitable[Studio]]) -> int:
    """Runs until the window is closed; returns the exit code."""
    ended = asyncio.Event()
    closing = Closing(desk.window, ended.set)
    desk.window.close_asked.connect(closing.close)
    desk.actions.quit.triggered.connect(desk.window.close)
    if desk.window.close_was_asked:
        closing.close()
    studio = await build()
    # Before anyone can order: what is loaded as open counts as left behind by an earlier run.
    await studio.jobs.start()
    desk.attach(studio)
    closing.attach(studio)
    # A keyring may ask for its password first, and for long.
    studio.tasks.spawn(studio.credentials.load(), "ask the keyring")
    studio.tasks.spawn(studio.figures.keep_up(), "keep up the figures")
    studio.tasks.spawn(studio.inputs.tidy(), "tidy the inputs")
    studio.tasks.spawn(studio.library.tidy(), "tidy the library")
    studio.tasks.spawn(asyncio.to_thread(get_ready), "get ready to play")
    await ended.wait()
    desk.window.hide()
    desk.close()
    # Uploads first: they use the connections that the jobs close.
    await studio.tasks.settle(0.3)
    await studio.tasks.close(0.5)
    await studio.library.forget_undo()
    await studio.jobs.close()
    for threads in (studio.writer, studio.files):
        await asyncio.to_thread(threads.close)
    desk.window.allow_close()
    return 0
