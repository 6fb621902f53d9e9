"""Plays a part of a sound from the form, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

from kling_desktop.records.sound import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtMultimedia import QMediaPlayer

    from kling_desktop.ui.player.sound import Sound

_LOOK = 40
"""Milliseconds between two looks at where the player is."""
_PATIENCE = 4000
"""Milliseconds without a move after which a sound counts as not playable here."""


class Listening(QObject):
    """QtMultimedia is loaded with the first sound. Times are seconds."""

    began = Signal()
    """Whatever else can be heard may fall silent."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.volume: Callable[[], tuple[int, bool]] = lambda: (80, False)
        """From 0 to 100, and whether it is muted."""
        self._player: QMediaPlayer | None = None
        self._sound: Sound | None = None
        self._path = Path()
        self._part = Part(0, 0)
        self._told: Callable[[float | None], None] | None = None
        self._is_loading = False
        self._still_since = 0
        self._place = -1
        self._watch = QTimer(self, interval=_LOOK)
        self._watch.timeout.connect(self._look)

    def play(self, path: Path, part: Part, told: Callable[[float | None], None]) -> None:
        """Plays it. `told` gets the place as it goes on, and None once when that is over."""
        self.stop()
        player = self._ready()
        self._part, self._told = part, told
        self._still_since, self._place = 0, -1
        self.began.emit()
        self._watch.start()
        if path != self._path:
            self._path = path
            self._is_loading = True
            player.setSource(QUrl.fromLocalFile(str(path)))
        elif not self._is_loading:
            self._begin(player)

    def stop(self) -> None:
        """Falls silent."""
        self._watch.stop()
        told, self._told = self._told, None
        if self._player is not None and not self._is_loading:
            self._player.pause()
        if told is not None:
            told(None)

    def give_way(self, plays: bool) -> None:
        """Something else plays, or has stopped."""
        if plays:
            self.stop()

    def close(self) -> None:
        """Falls silent, and lets go of the file."""
        self.stop()
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
            self._path = Path()

    def _ready(self) -> QMediaPlayer:
        if self._player is None:
            from PySide6.QtMultimedia import QMediaPlayer

            from kling_desktop.ui.player.quiet_decoder import hush_decoder, prepare_decoder
            from kling_desktop.ui.player.sound import Sound

            prepare_decoder()
            self._player = QMediaPlayer(self)
            hush_decoder()
            self._sound = Sound(self._player)
            self._player.mediaStatusChanged.connect(self._on_status)
            self._player.errorOccurred.connect(self._on_error)
        return self._player

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        if status is QMediaPlayer.MediaStatus.LoadedMedia and self._is_loading:
            self._is_loading = False
            if self._player is not None and self._told is not None:
                self._begin(self._player)

    def _on_error(self, *_what: object) -> None:
        self._is_loading, self._path = False, Path()
        self.stop()

    def _begin(self, player: QMediaPlayer) -> None:
        volume, muted = self.volume()
        if self._sound is not None:
            self._sound.open()
            self._sound.set_volume(volume, muted=muted)
        player.setPosition(round(self._part.start * 1000))
        player.play()

    def _look(self) -> None:
        if self._player is None or self._told is None:
            return
        place = -1 if self._is_loading else self._player.position()
        self._still_since = 0 if place != self._place else self._still_since + _LOOK
        self._place = place
        # Without a device for sound the player stands still at the end, and does not say so.
        if place >= self._part.end * 1000 or self._is_at_the_end(place):
            self.stop()
        elif place >= 0:
            self._told(max(place / 1000, self._part.start))

    def _is_at_the_end(self, place: int) -> bool:
        length = self._player.duration() if self._player is not None else 0
        return 0 < length <= place + 1 or self._still_since >= _PATIENCE
