"""From the press to the end of the job, read from the queue; with what is asked on the way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from kling_desktop.ui.jobs.group_header import title_of
from kling_desktop.ui.jobs.rail import QueueRail
from kling_desktop.ui.jobs.row import Group
from kling_desktop.ui.order_bar import OrderBar
from kling_desktop.ui.settings.consent import ConsentDialog
from kling_desktop.ui.settings.key_dialog import KeyDialog
from kling_desktop.ui.tour.walk import TourStopped, Until, pause

if TYPE_CHECKING:
    from kling_desktop.ui.jobs.card import JobCard
    from kling_desktop.ui.tour.eyes import RowSeen
    from kling_desktop.ui.tour.sight import Sight
    from kling_desktop.ui.tour.walk import Steps

_LONGEST = {False: 300.0, True: 1800.0}
"""Seconds that a rehearsal and a real job may take."""
_STUCK = 60.0
"""Seconds after which a job that is still here and reads the same is taken for stuck."""
translate = QCoreApplication.translate


class Queue:
    """Watches the one row that the press made."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._older: list[JobCard] = []
        self.card: JobCard | None = None
        self._stands = (time.monotonic(), "")

    def before(self) -> Steps:
        """The queue is opened where it is folded, and its rows are remembered."""
        eyes = self._sight.eyes
        if not eyes.queue_is_open():
            rail = eyes.first(QueueRail)
            opener = eyes.first(QAbstractButton, rail) if rail is not None else None
            if opener is not None:
                self._sight.hands.click(opener)
        yield Until(eyes.queue_is_open, 10, "the queue")
        self._older = eyes.cards()

    def taken(self) -> Steps:
        """What is asked before anything is sent is answered, until the job has its row."""
        while self._new_card() is None:
            yield Until(self._something, 30, "a row for the job in the queue")
            yield from self._answer()
        self.card = self._new_card()
        self._read()
        yield pause(0.05)
        self._sight.saw("queue", self._now_says())

    def worked_on(self) -> Steps:
        """The row goes through its states until the clip is there."""
        longest = _LONGEST[self._sight.plan.is_real]
        yield Until(self._is_going, 60, "the job being worked on")
        self._sight.saw("state", self._now_says())
        yield Until(self._is_made, longest, lambda: f"the end of the job ({self._now_says()})")
        if self._sight.record.states() < 2:
            raise TourStopped("The row of the job never changed its words.")
        self._sight.saw("made", self._now_says())

    def request_id(self, *, is_last_look: bool = False) -> Steps:
        """The row's menu gives the request id to the clipboard. A last look leaves no picture."""
        sight, card = self._sight, self.card
        if card is None:
            raise TourStopped("The job has no row.")
        sight.hands.ask_menu(card)
        yield Until(sight.eyes.menu, 10, "the menu of the row")
        yield pause(0.1)
        if not is_last_look:
            sight.saw("row menu", " · ".join(self._menu_words()))
        menu = sight.eyes.menu()
        if menu is None:
            raise TourStopped("The menu of the row went away.")
        before = QApplication.clipboard().text()
        sight.hands.choose(menu, translate("Queue", "Copy request id"))
        clipboard = QApplication.clipboard()
        yield Until(lambda: clipboard.text() not in {"", before}, 10, "a new text on the clipboard")
        sight.record.copied(clipboard.text())
        sight.record.step("request id", sight.record.request_id)

    def _menu_words(self) -> list[str]:
        menu = self._sight.eyes.menu()
        actions = menu.actions() if menu is not None else []
        return [one.text().replace("&", "") for one in actions if one.text()]

    def _new_card(self) -> JobCard | None:
        found = [card for card in self._sight.eyes.cards() if card not in self._older]
        return found[0] if found else None

    def _something(self) -> bool:
        return self._new_card() is not None or self._question() is not None or self._asks_key()

    def _question(self) -> QAbstractButton | None:
        """The yes of whatever is asked before the job is sent."""
        eyes = self._sight.eyes
        consent = eyes.dialog(ConsentDialog)
        if consent is not None:
            buttons = eyes.all(QPushButton, consent)
            return next((one for one in buttons if one.isDefault()), None)
        bar = eyes.first(OrderBar)
        if bar is not None and bar.is_asking:
            return eyes.all(QAbstractButton, bar)[-1]
        return None

    def _answer(self) -> Steps:
        if self._asks_key():
            yield pause(0.2)
            raise TourStopped(self._no_key())
        yes = self._question()
        if yes is None:
            return
        yield pause(0.2)
        asked = " ".join(self._sight.eyes.words(yes.window()))
        self._sight.saw("asked", asked if yes.window() is not self._sight.window else yes.text())
        self._sight.hands.click(yes)
        yield Until(lambda: self._question() is None, 10, "the end of the question")

    def _asks_key(self) -> bool:
        return self._sight.eyes.dialog(KeyDialog) is not None

    def _no_key(self) -> str:
        return (
            "Real work needs a key, and there is none: the program asks for it."
            " Set FAL_KEY, or keep a key in the system keyring, and start the tour again."
            " The job waits in the queue; nothing was sent."
        )

    def _read(self) -> None:
        """Reads the row; raises TourStopped where only the person can go on."""
        card = self.card
        if card is None:
            return
        self._sight.hands.scroll_to(card)
        row = self._sight.eyes.row(card)
        self._sight.record.row(row)
        if self._asks_key():
            raise TourStopped(self._no_key())
        if row.heading == title_of(Group.NEEDS_YOU):
            raise TourStopped(f"The job stopped. Its row says: {row.said}")
        if self._is_stuck(row):
            raise TourStopped(f"The job is not sent. Its row says: {row.said}")

    def _is_stuck(self, row: RowSeen) -> bool:
        """Still here, and for long it reads the same: no connection, or the like."""
        if row.heading != title_of(Group.HERE) or row.said != self._stands[1]:
            self._stands = (time.monotonic(), row.said)
        return time.monotonic() - self._stands[0] > _STUCK

    def _now_says(self) -> str:
        if self.card is None:
            return ""
        row = self._sight.eyes.row(self.card)
        return f"{row.heading}: {row.said}"

    def _heading(self) -> str:
        return self._sight.eyes.row(self.card).heading if self.card is not None else ""

    def _is_going(self) -> bool:
        self._read()
        return self._sight.record.states() > 1

    def _is_made(self) -> bool:
        self._read()
        made = {title_of(Group.MADE), title_of(Group.MADE, all_made=False)}
        return self._heading() in made
