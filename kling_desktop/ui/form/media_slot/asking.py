"""Hands what was offered up to the port, and lets only the newest answer land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QThreadPool, Signal
from PySide6.QtGui import QImageWriter
from shiboken6 import isValid

from kling_desktop.ui.form.media_slot.mime import Pixels
from kling_desktop.ui.form.ports import Answer, Offered, OfferedBytes, Taken

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kling_desktop.ui.form.ports import MediaPort, SlotToken


class Asking(QObject):
    """One question at a time. A new one, or `forget`, lets older answers fall."""

    answered = Signal(object)
    """An Answer to the newest question."""
    ended = Signal(bool)
    """No answer is to come any more; whether the last one was a file."""
    _packed = Signal(int, object)

    def __init__(self, media: MediaPort, parent: QObject) -> None:
        super().__init__(parent)
        self._media = media
        self._round = 0
        self._is_open = False
        self._token: SlotToken | None = None
        self._packed.connect(self._on_packed)

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self._is_open

    def ask(self, token: SlotToken, offered: tuple[Offered | Pixels, ...]) -> None:
        """Offer these for the slot. Pixels are packed into a file in another thread first."""
        self._round += 1
        self._is_open = True
        self._token = token
        number = self._round
        if any(isinstance(one, Pixels) for one in offered):
            QThreadPool.globalInstance().start(lambda: self._pack(number, offered))
        else:
            self._offer(number, tuple(one for one in offered if not isinstance(one, Pixels)))

    def forget(self) -> None:
        """Whatever comes now is no longer wanted."""
        self._round += 1
        was_open, self._is_open = self._is_open, False
        if was_open:
            self.ended.emit(False)

    def _pack(self, number: int, offered: tuple[Offered | Pixels, ...]) -> None:
        packed = tuple(_in_a_file(one.image) if isinstance(one, Pixels) else one for one in offered)
        if isValid(self):
            self._packed.emit(number, packed)

    def _on_packed(self, number: int, packed: tuple[Offered, ...]) -> None:
        if number == self._round:
            self._offer(number, packed)

    def _offer(self, number: int, offered: tuple[Offered, ...]) -> None:
        self._media.offer(self._token, offered, lambda answer: self._land(number, answer))

    def _land(self, number: int, answer: Answer) -> bool:
        if not isValid(self) or number != self._round or not self._is_open:
            return False
        self._is_open = False
        self.answered.emit(answer)
        self.ended.emit(isinstance(answer, Taken))
        return True


def _in_a_file(image: QImage) -> OfferedBytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    # A quick deflate: the tightest takes some ten times as long for a photograph.
    writer.setCompression(20)
    writer.write(image)
    return OfferedBytes(bytes(buffer.data().data()), "pasted picture.png")
