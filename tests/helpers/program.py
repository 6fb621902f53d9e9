"""The whole program inside a test: the real window on Qt's loop, the real engine, real files.

Used by tests that run on QtLoop (see `qt_loop` in their conftest). What the program sends goes to
a simulator in a process of its own; the hands below only do what a person could.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from kling_desktop.app import Options, build_studio, lay_ground, opening_of
from kling_desktop.core.models import Models
from kling_desktop.ui.form.media_slot.frame import SlotFrame
from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.program import paint_first
from kling_desktop.ui.work.living import live
from tests.helpers import sight
from tests.helpers.drags import drop, files

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction

    from kling_desktop.app import Ground
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.job import Job
    from kling_desktop.ui.theme import Theme
    from kling_desktop.ui.work.desk import Desk

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds after which what was waited for is given up."""


class Program:
    """One start of the program. Everything seen and done goes through its window."""

    def __init__(self, ground: Ground, theme: Theme, desk: Desk) -> None:
        self.ground, self.theme, self.desk = ground, theme, desk
        self.window = desk.window
        self.life: asyncio.Task[int] | None = None
        self.built: Studio | None = None

    @property
    def studio(self) -> Studio:
        """The engine, to look at what no window shows."""
        if self.built is None:
            raise RuntimeError("the engine is not up")
        return self.built

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs, in their order."""
        return self.studio.jobs.all()

    @property
    def clips(self) -> list[Clip]:
        """All clips, the newest first."""
        return self.studio.library.window(self.studio.library.ids())

    def at_server(self, text: str) -> str:
        """A sentence about fal as it is said of the server that stands for it."""
        return self.desk.opening.server.named(text)

    # --- what is seen

    def words(self) -> str:
        """Everything in sight, one thing a line."""
        return sight.heard()

    def words_in(self, part: QWidget) -> str:
        """Everything in sight inside a part of the window."""
        return sight.heard(part)

    @property
    def press_words(self) -> str:
        """What the one button says."""
        return self.desk.column.order_bar.button.text()

    @property
    def prompt(self) -> QPlainTextEdit:
        """The field of that name."""
        found = [one for one in self.desk.form.findChildren(QPlainTextEdit) if one.isVisible()]
        return next(one for one in found if "Prompt" in one.accessibleName())

    @property
    def slot(self) -> QWidget:
        """The frame that pictures are dropped on."""
        found = self.desk.form.findChildren(SlotFrame)
        return next(one for one in found if one.isVisible())

    def named(self, name: str, root: QWidget | None = None) -> QWidget:
        """The visible widget of that accessible name."""
        roots = [root] if root is not None else [*reversed(sight.windows())]
        for below in roots:
            for one in (below, *below.findChildren(QWidget)):
                if one.isVisible() and one.accessibleName() == name:
                    return one
        raise LookupError(f"nothing here is called “{name}”:\n{self.words()}")

    def button(self, text: str, root: QWidget | None = None) -> QAbstractButton:
        """The visible button whose words begin like that."""
        for below in [root] if root is not None else [*reversed(sight.windows())]:
            for one in below.findChildren(QAbstractButton):
                said = (one.text().replace("&", ""), one.accessibleName())
                if one.isVisible() and any(words.startswith(text) for words in said):
                    return one
        raise LookupError(f"no button says “{text}”:\n{self.words()}")

    def card(self, text: str = "") -> JobCard:
        """The card of the queue that says a text; the first one by itself."""
        for one in self.desk.queue.findChildren(JobCard):
            if one.isVisible() and text in self.words_in(one):
                return one
        raise LookupError(f"no job says “{text}”:\n{self.words_in(self.desk.queue)}")

    def dialog(self, title: str) -> QDialog:
        """The open dialog of that title."""
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible() and one.windowTitle() == title:
                return one
        raise LookupError(f"no dialog is called “{title}”")

    # --- what is done

    def press(self) -> None:
        """Clicks the one button."""
        click(self.desk.column.order_bar.button)

    def click(self, text: str, root: QWidget | None = None) -> None:
        """Clicks the button whose words begin like that."""
        click(self.button(text, root))

    def act(self, action: QAction) -> None:
        """Chooses an action that may be chosen."""
        assert action.isEnabled(), f"“{action.text()}” cannot be chosen"
        action.trigger()

    def act_anyway(self, action: QAction) -> None:
        """Presses the keys of an action that may not be chosen."""
        assert not action.isEnabled()
        action.trigger()

    def write(self, text: str, field: QWidget | None = None) -> None:
        """Replaces what a field holds, by keys; the prompt by itself."""
        where = field or self.prompt
        where.setFocus()
        QTest.keyClick(where, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if len(text) < 200 and text.isascii():
            QTest.keyClicks(where, text)
            return
        QApplication.clipboard().setText(text)
        QTest.keyClick(where, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def key(self, name: str, where: QWidget | None = None) -> None:
        """Presses one key, by Qt's name for it."""
        target = where or self.window.focusWidget() or self.window
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{name}"))

    async def until_up(self) -> None:
        """Waits until the engine is there."""
        await self.until(lambda: self.desk.making._studio is not None, "the engine")

    async def until_calm(self) -> None:
        """Waits until what was put off to the next turn of the loop is done."""
        for _ in range(5):
            await asyncio.sleep(0)
            QApplication.sendPostedEvents()

    async def second_later(self) -> None:
        """Waits out the time in which a second press is a slip of the hand."""
        await self.until(
            lambda: not self.desk.pressing._slips.is_one(),
            "a second later",
        )

    def drop(self, *paths: Path, on: QWidget | None = None) -> None:
        """Drops files on the slot, as a file manager does."""
        where = on or self.slot
        assert drop(where, files(*paths)).isAccepted(), f"{where} does not take what is dragged"

    def choose_real(self) -> None:
        """Clicks the right half of the switch."""
        self.click("Real", self.desk.column.order_bar)

    def enter_key(self, key: str) -> None:
        """Types a key into the open dialog."""
        dialog = self.dialog(self.at_server("Key for fal"))
        field = dialog.findChildren(QLineEdit)[0]
        field.setFocus()
        QTest.keyClicks(field, key)

    async def until(
        self, seen: Callable[[], T | None], what: str = "", seconds: float = PATIENCE
    ) -> T:
        """Waits until something is seen, and gives it."""
        end = time.monotonic() + seconds
        while True:
            found = quietly(seen)
            if found:
                return found
            if time.monotonic() > end:
                raise TimeoutError(f"{what or 'it'} was not seen:\n{self.words()}")
            await asyncio.sleep(0.01)

    async def until_said(self, text: str, seconds: float = PATIENCE) -> None:
        """Waits until a text is in sight."""
        await self.until(lambda: text in self.words(), f"“{text}”", seconds)

    async def until_ready(self) -> None:
        """Waits until the one button can be pressed."""
        await self.until(
            self.desk.column.order_bar.button.isEnabled, "a button that can be pressed"
        )

    async def until_made(self, count: int = 1, seconds: float = 40.0) -> list[Clip]:
        """Waits for clips in the library; the newest first."""
        return await self.until(
            lambda: self.clips if len(self.clips) >= count else None, f"{count} clips", seconds
        )

    async def until_dialog(self, title: str) -> QDialog:
        """Waits for a dialog."""
        return await self.until(lambda: self.dialog(title), f"the dialog “{title}”")

    async def until_job(self, state: str, seconds: float = PATIENCE) -> Job:
        """Waits for a job in a state, and gives it."""
        return await self.until(
            lambda: next((job for job in self.jobs if job.state == state), None),
            f"a job that is {state}, only {[job.state.value for job in self.jobs]}",
            seconds,
        )

    async def close(self) -> float:
        """Closes the window as a person does, without an answer to what it may ask; seconds."""
        begin = time.monotonic()
        self.window.close()
        if self.life is not None:
            await asyncio.wait_for(asyncio.shield(self.life), PATIENCE)
        return time.monotonic() - begin


@asynccontextmanager
async def program(
    folder: Path,
    *,
    fal_url: str | None = None,
    demo: bool = True,
    size: tuple[int, int] | None = (1440, 900),
    wait_for: asyncio.Event | None = None,
    document: Mapping[str, Any] | None = None,
) -> AsyncIterator[Program]:
    """Starts the program on a data folder, and closes it at the end if the test has not.

    With `wait_for` the window is given before the engine, which waits for that. The model of a
    `document` of fal is in the catalogue too.
    """
    with _own_log():
        ground = lay_ground(Options(data_dir=folder, fal_url=fal_url, demo=demo))
        if document is not None:
            known = ground.models.bundled.with_document(document)
            ground = replace(ground, models=Models(known, ground.folders.models))
        theme, desk = paint_first(opening_of(ground))
        running = Program(ground, theme, desk)
        if size:
            desk.window.resize(*size)

        async def build() -> Studio:
            if wait_for is not None:
                await wait_for.wait()
            running.built = await build_studio(ground)
            return running.built

        running.life = asyncio.create_task(live(desk, build))
        try:
            desk.window.activateWindow()
            if wait_for is None:
                await running.until_up()
            yield running
        finally:
            if wait_for is not None:
                wait_for.set()
            # Nothing may go on between tests, also where one failed: nobody runs the loop there.
            await _end(running)
            ground.stores.database.close()
            _clear_away(running)


async def _end(running: Program) -> None:
    """Closes it, whatever it asks."""
    life = running.life
    if life is None or life.done():
        return
    for dialog in [one for one in sight.windows() if isinstance(one, QDialog)]:
        dialog.close()
    running.window.close()
    end = time.monotonic() + PATIENCE
    while not life.done() and time.monotonic() < end:
        for box in [one for one in sight.windows() if isinstance(one, QMessageBox)]:
            agree(box)
        await asyncio.sleep(0.01)
    life.cancel()
    await asyncio.gather(life)


def _clear_away(running: Program) -> None:
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QAbstractItemView):
            continue  # The list of a completer, which takes it away itself, once.
        one.close() if one is not running.window else running.window.allow_close()
        one.deleteLater()
    running.desk.deleteLater()
    running.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def agree(box: QMessageBox) -> None:
    """Presses the button of a question that goes on."""
    role = QMessageBox.ButtonRole.AcceptRole
    click(next(one for one in box.buttons() if box.buttonRole(one) == role))


@contextmanager
def _own_log() -> Iterator[None]:
    """The program's log and its hooks, taken back at the end."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        faulthandler.enable(sys.__stderr__ or sys.stderr)
        for handler in [one for one in root.handlers if one not in handlers]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """One click of the left button, in the middle."""
    assert widget.isVisible(), f"{widget} cannot be seen"
    assert widget.isEnabled(), f"“{widget.accessibleName()}” cannot be pressed"
    place = at or widget.rect().center()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def quietly(ask: Callable[[], T]) -> T | None:
    """What is found, or None where nothing is."""
    try:
        return ask()
    except LookupError:
        return None


def lines(text: str) -> Sequence[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
