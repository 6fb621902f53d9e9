"""Plays one clip: QtMultimedia for motion and sound, decoded frames for exact stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

from kling_desktop.ui.player.clip_times import ClipTimes
from kling_desktop.ui.player.frame_reader import FrameReader
from kling_desktop.ui.player.quiet_decoder import hush_decoder, prepare_decoder
from kling_desktop.ui.player.sound import Sound
from kling_desktop.ui.player.trouble import Trouble

if TYPE_CHECKING:
    from kling_desktop.media.frames import FramePicture

WATCH = 3000
"""Milliseconds without a first frame after which a clip counts as not playable here."""
_AT_THE_END = 300
"""The same for a clip that says that it is over."""
_HEAD_START = 400
"""Milliseconds that the player has for itself before the clip is opened for exact frames too."""
_SLICES = 10.0
"""Where there is sound alone, a frame is a tenth of a second."""
_STRAY = 12
"""Frames from elsewhere that may come before the one that playing was resumed at."""


class ClipPlayer(QObject):
    """One player, kept and reused. Frames are counted from 0; times are seconds."""

    played = Signal(QVideoFrame, int)
    """A frame in motion, and its number."""
    stopped_at = Signal(object)
    """The exact frame that was asked for, as a FramePicture."""
    cut = Signal()
    """What was given before must not be shown any more."""
    moved = Signal(int)
    """The clip goes to a frame, which is not there yet."""
    playing_changed = Signal(bool)
    times_known = Signal(ClipTimes)
    trouble_changed = Signal(object)
    """A Trouble, or None where a slow clip came after all."""
    _source_set = Signal(int)

    def __init__(self, parent: QObject | None = None, *, watch: int = WATCH) -> None:
        super().__init__(parent)
        prepare_decoder()
        self._player = QMediaPlayer(self)
        hush_decoder()
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sound = Sound(self._player)
        self._reader = FrameReader(self)
        self._watch = QTimer(self, singleShot=True)
        self._end_watch = QTimer(self, singleShot=True, interval=_AT_THE_END)
        self._open_soon = QTimer(self, singleShot=True, interval=_HEAD_START)
        self._patience = watch
        self._path = Path()
        self._has_picture = True
        self._loop = True
        self._round = self._open_round = 0
        self._is_playing = False
        self._begin(ClipTimes.even(0, 24.0))
        self._connect()

    @property
    def index(self) -> int:
        """The frame that is shown, or about to be."""
        return self._index

    @property
    def times(self) -> ClipTimes:
        """When each frame is shown, as far as known."""
        return self._times

    @property
    def is_playing(self) -> bool:
        """Whether the clip moves, or will as soon as it is loaded."""
        return self._is_playing

    @property
    def is_still(self) -> bool:
        """Whether an exact frame was asked for, rather than motion."""
        return self._still

    def load(
        self, path: Path, times: ClipTimes, *, has_picture: bool = True, play: bool = True
    ) -> None:
        """Opens a clip, and plays it unless told not to. `times` is a guess."""
        self._player.stop()
        if self._path == path:
            # The player would take the same address for the same file, read already.
            self._player.setSource(QUrl())
        self._begin(times)
        self._path, self._has_picture = path, has_picture
        self._shut_gate()
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.setLoops(self._loops())
        self._is_loading = True
        self._watch.start(self._patience)
        self._open_soon.start()
        self._tell_playing(playing=play)

    def unload(self) -> None:
        """Lets go of the file."""
        self._watch.stop()
        self._begin(ClipTimes.even(0, 24.0))
        self._path = Path()
        self._shut_gate()
        self._player.stop()
        self._player.setSource(QUrl())
        self._tell_playing(playing=False)

    def play(self) -> None:
        """Goes on from the frame that is shown; from the beginning after the last."""
        if self._trouble is not None:
            self.trouble_changed.emit(self._trouble)
            return
        self._tell_playing(playing=True)
        if self._is_loading:
            self._still = False
        elif self._still:
            self._resume_at(0 if self._index >= self._times.last else self._index)
        else:
            self._player.play()

    def pause(self) -> None:
        """Stops at the frame that is shown."""
        self._tell_playing(playing=False)
        if self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState:
            self._player.pause()

    def toggle(self) -> None:
        """Plays or pauses."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def step(self, frames: int) -> None:
        """Goes exactly that many frames on, or back where negative."""
        self.go_to(self._index + frames)

    def go_to(self, index: int) -> None:
        """Stops and shows exactly that frame; beyond the clip, the nearest."""
        if self._trouble in {Trouble.MISSING, Trouble.BROKEN}:
            return
        if not self._still:
            self._still = True
            self.cut.emit()
        self._index = self._times.inside(index)
        self.pause()
        self.moved.emit(self._index)
        if self._has_picture:
            self._open_reader()
            self._reader.want(self._index)
        if not self._times.known:
            self._seek_about()

    def set_loop(self, *, loop: bool) -> None:
        """Begins again at the end, or holds the last frame."""
        self._loop = loop
        self._player.setLoops(self._loops())

    def set_sound(self, volume: int, *, muted: bool) -> None:
        """Volume from 0 to 100, as loud as it feels."""
        self._sound.set_volume(volume, muted=muted)

    def close(self) -> None:
        """Ends playing and the threads behind it."""
        self.unload()
        self._reader.close()

    def _begin(self, times: ClipTimes) -> None:
        self._end_watch.stop()
        self._open_soon.stop()
        self._reader.forget()
        self._is_asked = False
        self._times = times
        self._index = 0
        self._still = False
        self._resumes_at: int | None = None
        self._strays = 0
        self._last_start = -1
        self._saw_frame = self._is_loading = False
        self._player_fails = False
        self._reader_opens: bool | None = None
        self._trouble: Trouble | None = None

    def _connect(self) -> None:
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.positionChanged.connect(self._on_position)
        self._player.durationChanged.connect(self._on_duration)
        self._player.errorOccurred.connect(self._on_error)
        self._reader.opened.connect(self._on_opened)
        self._reader.frame_ready.connect(self._on_exact)
        self._reader.failed.connect(self._on_unreadable)
        self._open_soon.timeout.connect(self._open_reader)
        self._watch.timeout.connect(self._on_player_fails)
        self._end_watch.timeout.connect(self._on_silent_end)
        self._source_set.connect(self._open_gate, Qt.ConnectionType.QueuedConnection)

    def _shut_gate(self) -> None:
        """Frames that are on their way already belong to what was before."""
        self._round += 1
        self._last_start = -1
        self._source_set.emit(self._round)

    def _open_gate(self, round_: int) -> None:
        self._open_round = round_

    def _loops(self) -> int:
        return QMediaPlayer.Loops.Infinite.value if self._loop else QMediaPlayer.Loops.Once.value

    def _position_of(self, index: int) -> int:
        return round(self._times.middle_of(index) * 1000)

    def _seek_about(self) -> None:
        """Sound, and a clip that is not yet open for exact frames: the player seeks."""
        if not self._is_loading:
            self._player.setPosition(self._position_of(self._index))

    def _resume_at(self, index: int) -> None:
        self._still = False
        self._index = index
        self._resumes_at, self._strays = index, 0
        self.cut.emit()
        self._shut_gate()
        self._player.setPosition(self._position_of(index))
        self._player.play()

    def _start(self) -> None:
        """The source was read: what was asked for meanwhile is done now."""
        self._is_loading = False
        if self._player.hasAudio():
            self._sound.open()
        if self._still:
            self._player.pause()
            self._seek_about()
        elif self._is_playing:
            self._player.play()
        else:
            self._player.pause()

    def _tell_playing(self, *, playing: bool) -> None:
        if playing != self._is_playing:
            self._is_playing = playing
            self.playing_changed.emit(playing)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid() or self._open_round != self._round:
            return
        start = frame.startTime()
        index = self._times.index_at(start / 1_000_000) if start >= 0 else self._index + 1
        self._note_first_frame()
        if self._still:
            if not self._times.known and index == self._index:
                self.played.emit(frame, index)
        elif self._is_stray(index):
            self._strays += 1
        elif start < self._last_start and not self._loop:
            # Turned off while the player had the next round in its buffers.
            self._on_end()
        else:
            self._last_start = start
            self._resumes_at = None
            self._index = index
            self.played.emit(frame, index)

    def _is_stray(self, index: int) -> bool:
        wanted = self._resumes_at
        return wanted is not None and not 0 <= index - wanted <= 2 and self._strays < _STRAY

    def _note_first_frame(self) -> None:
        if self._saw_frame:
            return
        self._saw_frame = True
        self._watch.stop()
        self._open_reader()
        self._player_fails = False
        if self._trouble is not None:
            self._trouble = None
            self.trouble_changed.emit(None)

    def _open_reader(self) -> None:
        """Once a clip: after the player's first frame, which it would only hold up."""
        if self._has_picture and not self._is_asked and self._path != Path():
            self._is_asked = True
            self._open_soon.stop()
            self._reader.open(self._path)

    def _on_exact(self, picture: FramePicture) -> None:
        # In a quick drag another frame is wished by now; this one is still news.
        if self._still:
            self.stopped_at.emit(picture)

    def _on_opened(self, times: ClipTimes) -> None:
        self._times, self._reader_opens = times, True
        self._index = times.inside(self._index)
        self.times_known.emit(times)
        self._judge()

    def _on_unreadable(self) -> None:
        self._reader_opens = False
        self._judge()

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.LoadedMedia and self._is_loading:
            self._start()
        elif status is QMediaPlayer.MediaStatus.EndOfMedia and not self._still:
            if self._has_picture and not self._saw_frame:
                self._watch.start(min(_AT_THE_END, self._patience))
            else:
                self._on_end()

    def _on_end(self) -> None:
        if self._loop:
            self._resume_at(0)
        else:
            self.go_to(self._times.last)

    def _on_position(self, milliseconds: int) -> None:
        if not self._has_picture and not self._still and not self._is_loading:
            self._note_first_frame()
            self._index = self._times.index_at(milliseconds / 1000)
            self.moved.emit(self._index)
            if 0 < self._player.duration() <= milliseconds:
                self._end_watch.start()

    def _on_silent_end(self) -> None:
        """Without a device for sound the player stands still at the end, and does not say so."""
        if self._is_playing and self._player.position() >= self._player.duration():
            self._on_end()

    def _on_duration(self, milliseconds: int) -> None:
        if not self._has_picture and milliseconds > 0:
            self._times = ClipTimes.even(round(milliseconds / 1000 * _SLICES), _SLICES)
            self.times_known.emit(self._times)

    def _on_error(self, _error: QMediaPlayer.Error, _text: str) -> None:
        if self._path != Path() and not self._saw_frame:
            self._on_player_fails()

    def _on_player_fails(self) -> None:
        self._player_fails = True
        self._watch.stop()
        self._open_reader()
        self._judge()

    def _judge(self) -> None:
        """Once player and reader have both had their say."""
        if not self._player_fails or self._trouble is not None:
            return
        if not self._path.exists():
            self._trouble = Trouble.MISSING
        elif not self._has_picture or self._reader_opens is False:
            self._trouble = Trouble.BROKEN
        elif self._reader_opens:
            self._trouble = Trouble.NOT_HERE
            self.go_to(self._index)
        else:
            return
        # In a loop it would read a clip without frames again and again, at full speed.
        self._player.stop()
        self._tell_playing(playing=False)
        self.trouble_changed.emit(self._trouble)
