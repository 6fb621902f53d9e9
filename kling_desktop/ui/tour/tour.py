"""One tour from the first sight of the window to its closing, with one verdict."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from kling_desktop.ui.tour import form_steps, stage_steps
from kling_desktop.ui.tour.queue_steps import Queue
from kling_desktop.ui.tour.record import TourRecord
from kling_desktop.ui.tour.sight import Sight
from kling_desktop.ui.tour.walk import TourStopped, Walk, pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kling_desktop.ui.tour.plan import TourPlan
    from kling_desktop.ui.tour.walk import Steps

PASSED, STOPPED = 0, 4


class Tour(QObject):
    """Drives a window; `exit_code` is 0 only once every step was seen."""

    def __init__(self, window: QWidget, plan: TourPlan) -> None:
        """Raises OSError where the folder of the tour cannot be written."""
        super().__init__(window)
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self.exit_code = STOPPED
        self._folder = plan.folder
        self._sight = Sight(window, plan, TourRecord(plan))
        self._queue = Queue(self._sight)
        self._walk: Walk | None = None

    def start(self) -> None:
        """Begins at the next turn of the loop."""
        self._go(self._steps(), self._ended)

    def _go(self, steps: Steps, then: Callable[[str], None]) -> None:
        self._walk = Walk(steps, self)
        self._walk.ended.connect(then)
        self._walk.start()

    def _steps(self) -> Steps:
        sight, queue = self._sight, self._queue
        yield from form_steps.first_start(sight)
        yield from form_steps.drop(sight)
        yield from form_steps.prompt(sight)
        yield from form_steps.mode(sight)
        yield from queue.before()
        yield from form_steps.the_button(sight)
        yield from queue.taken()
        yield from queue.worked_on()
        yield from stage_steps.playing(sight)
        yield from stage_steps.frame_step(sight)
        yield from stage_steps.save(sight)
        yield from queue.request_id()

    def _ended(self, why: str) -> None:
        if not why:
            self._close(why)
            return
        seen = [why, *self._sight.eyes.notices()]
        self._sight.saw("stopped", " ".join(dict.fromkeys(seen)))
        self._go(self._look_back(), lambda _more: self._close(why))

    def _look_back(self) -> Steps:
        """Learns the request id of a job that failed, where it has one."""
        yield from self._tidy()
        if self._queue.card is not None and not self._sight.record.request_id:
            yield from self._queue.request_id(is_last_look=True)

    def _close(self, why: str) -> None:
        record = self._sight.record
        record.close(why)
        self.exit_code = STOPPED if why else PASSED
        if why:
            sys.stderr.write(f"The tour stopped: {why}\nWhat was seen is in {self._folder}\n")
        else:
            sys.stdout.write(f"Every step of the tour was seen; it is in {self._folder}\n")
        self._go(self._leave(), self._left)

    def _leave(self) -> Steps:
        yield from self._tidy()
        self._sight.window.close()
        while self._sight.window.isVisible():
            box = self._sight.eyes.dialog(QMessageBox)
            for button in box.buttons() if box is not None else []:
                if box is not None and box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole:
                    self._sight.hands.click(button)
            yield pause(0.1)

    def _left(self, why: str) -> None:
        if why:
            sys.stderr.write(f"The window is closed by force: {why}\n")
            self._sight.window.close()

    def _tidy(self) -> Steps:
        """Closes menus and dialogs with Escape."""
        eyes, hands = self._sight.eyes, self._sight.hands
        for _key in range(10):
            if eyes.menu() is None and eyes.any_dialog() is None:
                return
            hands.press(Qt.Key.Key_Escape)
            yield pause(0.1)
        raise TourStopped("a dialog does not close")
