"""The stage: the picture, what lies on it, the transport and the verbs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.player import sayings
from kling_desktop.ui.player.canvas import Canvas
from kling_desktop.ui.player.clip_times import ClipTimes
from kling_desktop.ui.player.drag_out import drag_out, mime_of
from kling_desktop.ui.player.fitter import Fitted, Fitter
from kling_desktop.ui.player.headline import Headline
from kling_desktop.ui.player.pictures import read_picture
from kling_desktop.ui.player.quiet_decoder import no_complaints
from kling_desktop.ui.player.stage_words import StageWords
from kling_desktop.ui.player.transport import Transport
from kling_desktop.ui.player.trouble import Trouble
from kling_desktop.ui.player.verbs import Verbs
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QVideoFrame

    from kling_desktop.media.frames import FramePicture
    from kling_desktop.records.clip import Clip
    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.player.clip_player import ClipPlayer

_NO_TIMES = ClipTimes.even(0, 24.0)
_STALE = 700
"""Milliseconds that the picture of the clip before may stand while the next one opens."""


class Stage(QWidget):
    """Shows one clip. The player itself is made when the first clip that moves is shown."""

    rated = Signal(int)
    take_chosen = Signal(str)
    playing_changed = Signal(bool)
    moving_changed = Signal(bool)
    """Whether there is something that plays."""
    volume_changed = Signal(int)
    open_elsewhere_wished = Signal(object)
    """A clip that cannot be shown here, for the system's own program."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "stage")
        self._actions = actions
        self._player: ClipPlayer | None = None
        self._clip: Clip | None = None
        self._times = _NO_TIMES
        self._loop, self._volume, self._muted = True, 80, False
        self._was_playing = self._is_lent = self._is_stale = False
        self.canvas = Canvas(self)
        self.transport = Transport(actions, self)
        self.verbs = Verbs(actions, self)
        self._transports = [self.transport]
        self._fitter = Fitter(self)
        self._headline = Headline(self.canvas)
        self._words = StageWords(self.canvas)
        self._stale = QTimer(self, singleShot=True, interval=_STALE)
        self._lay_out()
        self._connect()
        self.show_nothing()

    @property
    def clip(self) -> Clip | None:
        """What is on the stage."""
        return self._clip

    @property
    def is_idle(self) -> bool:
        """Whether a new clip may take the stage: nothing is there, or what is there rests."""
        return self._clip is None or self._player is None or not self._player.is_playing

    @property
    def frame(self) -> int:
        """The frame that is shown, counted from 0."""
        return self._player.index if self._player else 0

    @property
    def words(self) -> str:
        """What is said in place of the picture, or on it."""
        return self._words.text()

    def show_nothing(self, words: str = "") -> None:
        """The empty stage, with a sentence on what appears here."""
        self._clip = None
        if self._player:
            self._player.unload()
        self._fitter.forget()
        self._stale.stop()
        self.canvas.clear()
        self._headline.hide()
        self._arrange()
        self._show_times(_NO_TIMES)
        self.verbs.stars.show_stars(0)
        self.verbs.show_rehearsed(rehearsed=False)
        self._say(words or self.tr("Your clip plays here."))
        self.moving_changed.emit(False)

    def show_clip(
        self, clip: Clip, takes: Sequence[Clip], *, poster: QImage | None = None, play: bool = True
    ) -> None:
        """Puts a clip on the stage; the poster stands there until the first frame comes."""
        self._clip = clip
        self._fitter.forget()
        self._say("")
        self._headline.show_clip(clip, takes)
        self._headline.setVisible(not self._is_lent)
        self._chain_tabs()
        self._arrange()
        self.show_facts(clip)
        self._is_stale = not self.canvas.image.isNull()
        self._stale.start()
        if poster is not None:
            self._is_stale = False
            self.canvas.show_image(poster)
        if clip.kind in {MediaKind.VIDEO, MediaKind.AUDIO}:
            self._show_moving(clip, play=play)
        else:
            self._show_still(clip)

    def show_takes(self, takes: Sequence[Clip]) -> None:
        """Another take of the shot on the stage came or went."""
        if self._clip is not None:
            self._headline.show_clip(self._clip, takes)

    def show_facts(self, clip: Clip) -> None:
        """What may change while the clip is on the stage: its stars."""
        if self._clip is None or clip.clip_id != self._clip.clip_id:
            return
        self._clip = clip
        self.verbs.stars.show_stars(clip.stars)
        self.verbs.show_rehearsed(rehearsed=clip.made_by.value == "rehearsal")
        self._describe()

    def toggle(self) -> None:
        """Plays or pauses."""
        if self._player and self._clip:
            self._player.toggle()
        # The button that asked has turned already, also where nothing could be done.
        self.playing_changed.emit(not self.is_idle)

    def stop(self) -> None:
        """Back to the first frame."""
        self.go_to(0)

    def step(self, frames: int) -> None:
        """Exactly that many frames on or back."""
        if self._player and self._clip:
            self._player.step(frames)

    def go_to(self, index: int) -> None:
        """Exactly that frame; a negative one counts from the end."""
        if self._player and self._clip:
            self._player.go_to(index if index >= 0 else self._player.times.count + index)

    def set_loop(self, *, loop: bool) -> None:
        """Begin again at the end, or hold the last frame."""
        self._loop = loop
        if self._player:
            self._player.set_loop(loop=loop)

    def set_sound(self, volume: int, *, muted: bool) -> None:
        """Volume from 0 to 100."""
        self._volume, self._muted = volume, muted
        for transport in self._transports:
            transport.show_volume(volume)
        if self._player:
            self._player.set_sound(volume, muted=muted)

    def mime(self) -> QMimeData | None:
        """The file of the clip, for the clipboard and for other programs to be dropped on."""
        return mime_of(self._clip.path) if self._clip else None

    def lend_canvas(self) -> Canvas:
        """For the full screen: the picture alone."""
        self._is_lent = True
        self._headline.hide()
        self.canvas.set_alone(alone=True)
        return self.canvas

    def take_canvas_back(self) -> None:
        """The canvas was lent to the full screen."""
        self._is_lent = False
        self.canvas.set_alone(alone=False)
        self._column.insertWidget(0, self.canvas, 1)
        self.canvas.show()
        self._headline.setVisible(self._clip is not None)
        self._arrange()

    def second_transport(self, parent: QWidget) -> Transport:
        """One more bar that shows and does the same, until it is given up."""
        transport = Transport(self._actions, parent)
        self._transports.append(transport)
        self._tie(transport)
        transport.show_volume(self._volume)
        transport.show_length(self._times.count, self._times.rate, has_frames=self._has_frames())
        transport.show_frame(self.frame)
        return transport

    def give_up_transport(self, transport: Transport) -> None:
        """It is about to go."""
        if transport in self._transports:
            self._transports.remove(transport)

    def close_player(self) -> None:
        """Ends playing and its threads; call it once, at the end."""
        self._stale.stop()
        if self._player:
            self._player.close()
            self._player = None
        self._fitter.close()

    def _show_still(self, clip: Clip) -> None:
        if self._player:
            self._player.unload()
        self._show_times(_NO_TIMES)
        if clip.kind is MediaKind.FILE:
            self.canvas.clear()
            words = self.tr("This file is neither picture nor sound.")
            self._say(words, sayings.elsewhere())
        else:
            self._fitter.take(partial(read_picture, clip.path), None)
        self.moving_changed.emit(False)

    def _show_moving(self, clip: Clip, *, play: bool) -> None:
        player = self._the_player()
        has_picture = clip.kind is MediaKind.VIDEO
        times = ClipTimes.guessed(clip) if has_picture else ClipTimes.even(0, 10.0)
        self._show_times(times)
        if not has_picture:
            self.canvas.clear()
            self._say(self.tr("Sound only"))
        player.load(clip.path, times, has_picture=has_picture, play=play)
        self.moving_changed.emit(True)

    def _the_player(self) -> ClipPlayer:
        if self._player is None:
            with no_complaints():
                from kling_desktop.ui.player.clip_player import ClipPlayer

                player = self._player = ClipPlayer(self)
            player.played.connect(self._on_played)
            player.stopped_at.connect(self._on_stopped_at)
            player.cut.connect(self._fitter.forget)
            player.moved.connect(self._show_frame)
            player.times_known.connect(self._show_times)
            player.playing_changed.connect(self._on_playing)
            player.trouble_changed.connect(self._on_trouble)
            player.set_loop(loop=self._loop)
            player.set_sound(self._volume, muted=self._muted)
        return self._player

    def _on_played(self, frame: QVideoFrame, index: int) -> None:
        from kling_desktop.ui.player.fitting import raw_of

        self._fitter.take(partial(raw_of, frame), index)

    def _on_stopped_at(self, picture: FramePicture) -> None:
        from kling_desktop.ui.player.fitting import raw_of_exact

        self._fitter.take(partial(raw_of_exact, picture), picture.index)

    def _on_fitted(self, fitted: Fitted) -> None:
        self._is_stale = False
        self.canvas.show_image(fitted.image, fitted.size)
        if self._words.stand_on_picture():
            self._arrange()
        if isinstance(fitted.tag, int) and self._player and not self._player.is_still:
            self._show_frame(fitted.tag)

    def _on_playing(self, playing: bool) -> None:
        self._describe()
        self.playing_changed.emit(playing)

    def _on_trouble(self, trouble: Trouble | None) -> None:
        if trouble is None or self._clip is None:
            self._say("")
            return
        if trouble is not Trouble.NOT_HERE:
            self._drop_stale()
            self._show_times(_NO_TIMES)
            self.moving_changed.emit(False)
        saying = sayings.of_trouble(trouble, self._clip)
        self._say(saying.text, saying.offer)

    def _on_no_picture(self) -> None:
        is_there = self._clip is not None and self._clip.path.exists()
        self._on_trouble(Trouble.BROKEN if is_there else Trouble.MISSING)

    def _say(self, words: str, offer: str = "") -> None:
        self._words.say(words, offer, on_picture=not self.canvas.image.isNull())
        self._arrange()
        self._describe()

    def _drop_stale(self) -> None:
        """Better nothing than the clip before under the name of this one."""
        if self._is_stale:
            self._is_stale = False
            self.canvas.clear()

    def _show_times(self, times: ClipTimes) -> None:
        self._times = times
        for transport in self._transports:
            transport.show_length(times.count, times.rate, has_frames=self._has_frames())
            transport.show_frame(self.frame if self._clip else 0)

    def _show_frame(self, index: int) -> None:
        for transport in self._transports:
            transport.show_frame(index)
        if self.is_idle:
            self._describe()

    def _has_frames(self) -> bool:
        return self._clip is None or self._clip.kind is not MediaKind.AUDIO

    def _describe(self) -> None:
        """What a screen reader says of the picture."""
        said = [self.words]
        if self._clip is not None:
            playing, count = not self.is_idle, self._times.count
            clip = sayings.description(self._clip, playing=playing, frame=self.frame, count=count)
            said = [clip, self.words]
        self.canvas.setAccessibleDescription(". ".join(part for part in said if part))

    def _arrange(self) -> None:
        """Chips and words lie on the canvas; the picture is drawn for the room that is left."""
        height = self._headline.sizeHint().height()
        self._headline.setGeometry(0, 0, self.canvas.width(), height)
        self.canvas.keep_free(height if self._clip is not None else 0)
        self._words.place(self.canvas.rect().adjusted(16, 16, -16, -16))
        self._fitter.set_room(self.canvas.room())

    def _chain_tabs(self) -> None:
        """As the eye goes: the takes lie above the picture's bar."""
        before: QWidget = self.canvas
        for stop in (*self._headline.stops(), *self._words.stops()):
            QWidget.setTabOrder(before, stop)
            before = stop

    def _drag_began(self) -> None:
        self._was_playing = self._player is not None and self._player.is_playing

    def _drag_ended(self) -> None:
        if self._was_playing and self._player:
            self._player.play()

    def _drag_out(self) -> None:
        data = self.mime()
        if data is not None:
            drag_out(self, data, self.canvas.image)

    def _open_menu(self, place: QPoint) -> None:
        if self._clip is not None:
            menu = self.verbs.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        for bar in (self.transport, self.verbs):
            rule = QFrame(self)
            set_role(rule, "rule")
            rule.setFixedHeight(1)
            column.addWidget(rule)
            column.addWidget(bar)

    def _connect(self) -> None:
        self.canvas.clicked.connect(self.toggle)
        self.canvas.dragged.connect(self._drag_out)
        self.canvas.resized.connect(self._arrange)
        self.canvas.menu_wished.connect(self._open_menu)
        self._fitter.fitted.connect(self._on_fitted)
        self._fitter.nothing.connect(lambda _tag: self._on_no_picture())
        self._stale.timeout.connect(self._drop_stale)
        self._words.offer_taken.connect(lambda: self.open_elsewhere_wished.emit(self._clip))
        self.verbs.stars.rated.connect(self.rated)
        self._headline.take_chosen.connect(self.take_chosen)
        self._tie(self.transport)

    def _tie(self, transport: Transport) -> None:
        transport.scrubber.wished.connect(self.go_to)
        transport.scrubber.drag_began.connect(self._drag_began)
        transport.scrubber.drag_ended.connect(self._drag_ended)
        transport.volume_wished.connect(self.volume_changed)
