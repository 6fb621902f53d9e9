"""Exact frames for the stage, decoded in a thread of their own."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.player.clip_times import ClipTimes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kling_desktop.media.frames import FramePicture, Frames


class FrameReader(QObject):
    """Looks into one clip at a time. Answers come on the GUI thread, stale ones are dropped."""

    opened = Signal(object)
    """ClipTimes."""
    frame_ready = Signal(object)
    """FramePicture."""
    failed = Signal()
    """The clip has no frame that could be decoded, or is not there."""
    _answered = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._frames: Frames | None = None
        self._round = 0
        self._wanted: int | None = None
        self._busy = False
        self._answered.connect(self._deliver)

    def open(self, path: Path) -> None:
        """Looks into another clip; a wish made meanwhile is answered once it is open."""
        self._round += 1
        self._wanted, self._busy = None, True
        self._ask(lambda: self._open(path), self._on_opened)

    def forget(self) -> None:
        """Answers nothing more about the present clip, and lets go of its file."""
        self._round += 1
        self._wanted, self._busy = None, False
        if self._pool is not None:
            self._pool.submit(self._close_frames)

    def want(self, index: int) -> None:
        """Asks for a frame; while one is being decoded only the newest wish is kept."""
        self._wanted = index
        self._next()

    def close(self) -> None:
        """Lets go of the clip and ends the thread."""
        self.forget()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _next(self) -> None:
        if self._busy or self._wanted is None:
            return
        index, self._wanted = self._wanted, None
        self._busy = True
        self._ask(lambda: self._decode(index), self.frame_ready.emit)

    def _ask(self, work: Callable[[], object], deliver: Callable[[object], None]) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="frames")
        round_ = self._round
        future = self._pool.submit(lambda: work() if round_ == self._round else None)
        future.add_done_callback(lambda done: self._answered.emit(round_, done, deliver))

    def _deliver(
        self, round_: int, done: Future[object], deliver: Callable[[object], None]
    ) -> None:
        if round_ != self._round:
            return
        self._busy = False
        try:
            found = done.result()
        except (ProblemError, OSError, ValueError, LookupError):
            self._wanted = None
            self.failed.emit()
            return
        deliver(found)
        self._next()

    def _on_opened(self, times: object) -> None:
        self.opened.emit(times)

    def _open(self, path: Path) -> ClipTimes:
        from kling_desktop.media.frames import Frames

        self._close_frames()
        self._frames = Frames(path)
        return ClipTimes.of(self._frames)

    def _decode(self, index: int) -> FramePicture:
        if self._frames is None:
            raise LookupError("no clip is open")
        return self._frames.frame(max(0, min(self._frames.count - 1, index)))

    def _close_frames(self) -> None:
        if self._frames is not None:
            self._frames.close()
            self._frames = None
