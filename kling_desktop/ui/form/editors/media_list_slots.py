"""The small slots of a list of files, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kling_desktop.ui.form.media_slot.slot import MediaSlot
from kling_desktop.ui.form.parts.grip import Landing, gap_at, landed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

    from kling_desktop.records.media import MediaKind
    from kling_desktop.ui.form.ports import MediaPort


class SlotColumn(QWidget):
    """Every signal begins with the place of the slot. Alt+Up and Alt+Down move a file."""

    offered = Signal(int, object)
    refused = Signal(str)
    cleared = Signal(int)
    moved = Signal(int, int)
    remedy_wanted = Signal(int, object)
    part_wanted = Signal(int, object)
    reveal_wanted = Signal(object)
    parts_changed = Signal()

    def __init__(self, media: MediaPort, kind: MediaKind, title: str) -> None:
        super().__init__()
        self._media, self._kind, self._title = media, kind, title
        self._slots: list[MediaSlot] = []
        self._filled = 0
        self._wrong = -1
        self._landing = Landing(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.show_texts((), None)

    def show_texts(self, texts: Sequence[str], most: int | None, *, least: int = 1) -> None:
        """Hold these, and one empty slot more while there is room; never fewer than `least`."""
        self._filled = len(texts)
        has_empty = most is None or len(texts) < most
        wanted = max(least, len(texts) + has_empty)
        while len(self._slots) < wanted:
            self._append()
        while len(self._slots) > wanted:
            self._drop_last()
        for place, slot in enumerate(self._slots):
            is_filled = place < len(texts)
            slot.show_text(texts[place] if is_filled else "")
            slot.show_moves(up=is_filled and place > 0, down=is_filled and place < len(texts) - 1)
            slot.show_title(self._name(place))
        self._landing.raise_()

    def slot_at(self, place: int) -> MediaSlot:
        """The slot there; -1 is the last one."""
        return self._slots[place]

    def has_room(self) -> bool:
        """Whether there is an empty slot."""
        return len(self._slots) > self._filled

    def show_busy(self, place: int, *, is_busy: bool) -> None:
        """Whether the file for that slot is being read."""
        if place < len(self._slots):
            self._slots[place].show_busy(is_busy=is_busy)

    def mark_wrong(self, places: Collection[int]) -> None:
        """Frame these."""
        self._wrong = min(places, default=-1)
        for place, slot in enumerate(self._slots):
            slot.frame.mark_wrong(wrong=place in places)

    def wrong_frame(self) -> QWidget | None:
        """The first of the framed ones."""
        return self._slots[self._wrong].frame if 0 <= self._wrong < len(self._slots) else None

    def refresh(self, text: str) -> None:
        """What is known of a file changed."""
        for slot in self._slots:
            if slot.text() == text:
                slot.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        place = next((at for at, slot in enumerate(self._slots) if slot.frame.hasFocus()), -1)
        if step and place >= 0 and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(place, step)
        else:
            super().keyPressEvent(event)

    def _name(self, place: int) -> str:
        return self.tr("{item} {number}").format(item=self._title, number=place + 1)

    def _append(self) -> None:
        place = len(self._slots)
        slot = MediaSlot(self._media, self._kind, self._name(place), small=True, movable=True)
        slot.offered.connect(lambda given: self.offered.emit(place, given))
        slot.refused.connect(self.refused)
        slot.cleared.connect(lambda: self.cleared.emit(place))
        slot.moved.connect(lambda step: self.moved.emit(place, step))
        slot.pulled.connect(self._on_pulled)
        slot.let_go.connect(lambda height: self._on_let_go(place, height))
        slot.part_wanted.connect(lambda part: self.part_wanted.emit(place, part))
        slot.remedy_wanted.connect(lambda remedy: self.remedy_wanted.emit(place, remedy))
        slot.reveal_wanted.connect(self.reveal_wanted)
        self._slots.append(slot)
        self._column.addWidget(slot)
        # At once, and not with the next turn of the loop: it may get the keyboard now.
        slot.show()
        self.parts_changed.emit()

    def _on_pulled(self, height: int) -> None:
        filled = self._slots[: self._filled]
        self._landing.show_before(filled, gap_at(filled, height))

    def _on_let_go(self, place: int, height: int) -> None:
        self._landing.hide()
        step = landed(place, gap_at(self._slots[: self._filled], height)) - place
        if height >= 0 and step:
            self.moved.emit(place, step)

    def _drop_last(self) -> None:
        slot = self._slots.pop()
        self._column.removeWidget(slot)
        slot.hide()
        slot.deleteLater()
