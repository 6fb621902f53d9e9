"""Turns frames into pictures of the right size in a thread of its own, and drops what is late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from kling_desktop.ui.player.fitting import Raw, Scaler

Load = Callable[[], "Raw | QImage"]
"""Gives the source; runs in the worker and may be slow. A null image means that there is none."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture ready to be painted."""

    image: QImage
    size: QSize
    """Of the source, in its own pixels."""
    tag: object
    """What was given with the source."""


@dataclass(frozen=True, slots=True)
class _Wish:
    load: Load
    tag: object


class Fitter(QObject):
    """One picture at a time; while it is being drawn only the newest wish is kept."""

    fitted = Signal(Fitted)
    nothing = Signal(object)
    """The source of that tag is no picture."""
    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._workshop = _Workshop()
        self._room = QSize()
        self._round = 0
        self._wish: _Wish | None = None
        self._busy = self._is_closed = False
        self._last: _Wish | None = None
        self._answered.connect(self._deliver)

    def set_room(self, room: QSize) -> None:
        """How much room there is, in device pixels; the present picture is drawn anew."""
        if room == self._room:
            return
        self._room = room
        if self._last is not None and self._wish is None:
            self._wish = self._last
            self._next()

    def take(self, load: Load, tag: object) -> None:
        """Draws this as soon as possible."""
        self._wish = _Wish(load, tag)
        self._next()

    def forget(self) -> None:
        """Nothing that was given until now will be shown any more."""
        self._round += 1
        self._wish = self._last = None

    def close(self) -> None:
        """Ends the thread. A frame that comes late makes no new one."""
        self._is_closed = True
        self.forget()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _next(self) -> None:
        if self._is_closed or self._busy or self._wish is None or self._room.isEmpty():
            return
        wish, self._wish = self._wish, None
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fitter")
        self._busy = True
        round_, room = self._round, self._room
        future = self._pool.submit(self._workshop.draw, wish, room)
        future.add_done_callback(lambda done: self._answered.emit(round_, done))

    def _deliver(self, round_: int, done: Future[tuple[_Wish, Fitted]]) -> None:
        self._busy = False
        if round_ == self._round:
            kept, fitted = done.result()
            self._last = kept
            if fitted.image.isNull():
                self.nothing.emit(fitted.tag)
            else:
                self.fitted.emit(fitted)
        self._next()


class _Workshop:
    """What lives in the worker's thread alone."""

    def __init__(self) -> None:
        self._scaler: Scaler | None = None

    def draw(self, wish: _Wish, room: QSize) -> tuple[_Wish, Fitted]:
        """The picture, and the wish with its source loaded once for all."""
        source = wish.load()
        kept = _Wish(lambda: source, wish.tag)
        size = source.size() if isinstance(source, QImage) else source.size
        if size.isEmpty():
            return kept, Fitted(QImage(), size, wish.tag)
        return kept, Fitted(self._the_scaler().drawn(source, room), size, wish.tag)

    def _the_scaler(self) -> Scaler:
        if self._scaler is None:
            from kling_desktop.ui.player.fitting import Scaler

            self._scaler = Scaler()
        return self._scaler
