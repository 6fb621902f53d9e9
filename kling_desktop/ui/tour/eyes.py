"""Eyes: what a person in front of the window can read on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget

from kling_desktop.ui.form.media_slot.frame import SlotFrame
from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.jobs.group_header import GroupHeader
from kling_desktop.ui.jobs.labels import WordsLabel
from kling_desktop.ui.jobs.queue_panel import QueuePanel
from kling_desktop.ui.notices import Notices
from kling_desktop.ui.player.canvas import Canvas
from kling_desktop.ui.player.transport import Transport
from kling_desktop.ui.tour.pictures import middle, shows_something

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

W = TypeVar("W", bound=QWidget)
_NUMBER = re.compile(r"\d[\d.:,]*")
_TIME = re.compile(r"(\d\d:){3}\d\d")


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row of the queue as it reads: the heading above it and its own words."""

    heading: str
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """All its words as one line."""
        return " · ".join(self.words)

    @property
    def kind(self) -> tuple[str, ...]:
        """Heading and words without numbers: what a state is told apart by."""
        return (self.heading, *(_NUMBER.sub("#", line) for line in self.words))


class Eyes:
    """Finds what is visible, and reads it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def first(self, kind: type[W], inside: QWidget | None = None) -> W | None:
        """The first visible widget of a class, in the window or a part of it."""
        return next(iter(self.all(kind, inside)), None)

    def all(self, kind: type[W], inside: QWidget | None = None) -> list[W]:
        """Every visible widget of a class."""
        return [one for one in (inside or self._window).findChildren(kind) if one.isVisible()]

    def dialog(self, kind: type[W]) -> W | None:
        """An open dialog of a class."""
        for one in QApplication.topLevelWidgets():
            if isinstance(one, kind) and one.isVisible():
                return one
        return None

    def any_dialog(self) -> QDialog | None:
        """Whatever dialog is open."""
        return self.dialog(QDialog)

    def menu(self) -> QMenu | None:
        """The menu that is open."""
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else None

    def button(self, words: str, inside: QWidget) -> QAbstractButton | None:
        """The button that says so and can be pressed."""
        for one in self.all(QAbstractButton, inside):
            if one.text().replace("&", "") == words and one.isEnabled():
                return one
        return None

    def slot_words(self) -> str:
        """What the place for the picture says of its picture; empty while it shows none."""
        slot = self.first(SlotFrame)
        if slot is None or slot.line() or not shows_something(middle(slot.grab().toImage())):
            return ""
        return slot.accessibleDescription()

    def cards(self) -> list[JobCard]:
        """The rows of the queue, from top to bottom."""
        return sorted(self.all(JobCard), key=lambda card: card.y())

    def row(self, card: JobCard) -> RowSeen:
        """What a row of the queue reads."""
        words = [line for label in self.all(WordsLabel, card) for line in label.text().split("\n")]
        above = [one for one in self.all(GroupHeader) if one.y() <= card.y()]
        heading = max(above, key=lambda one: one.y(), default=None)
        title = self.first(QLabel, heading) if heading is not None else None
        return RowSeen(title.text() if title is not None else "", tuple(words))

    def queue_is_open(self) -> bool:
        """Whether the queue is there, and not only its rail."""
        return self.first(QueuePanel) is not None

    def stage(self) -> QImage | None:
        """The picture on the stage, without what lies on its edges; None while there is none."""
        canvas = self.first(Canvas)
        place = canvas.picture_rect().toAlignedRect() if canvas is not None else QRect()
        if canvas is None or place.isEmpty():
            return None
        picture = middle(canvas.grab(place).toImage())
        return picture if shows_something(picture) else None

    def time_shown(self) -> str:
        """Time and frame as they stand under the picture; a narrow window shows the time alone."""
        bar = self.first(Transport)
        labels = self.all(QLabel, bar) if bar is not None else []
        return next((one.text() for one in labels if _TIME.match(one.text())), "")

    def notices(self) -> list[str]:
        """The messages over the lower edge."""
        pile = self.first(Notices)
        return [] if pile is None else self.words(pile)

    def words(self, inside: QWidget) -> list[str]:
        """Every label in a part of the window or in a dialog."""
        return [one.text() for one in self.all(QLabel, inside) if one.text()]
