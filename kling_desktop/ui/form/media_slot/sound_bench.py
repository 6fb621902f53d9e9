"""A sound in its slot: seen, heard, and cut to the part that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from kling_desktop.records.sound import Part
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.form.media_slot.wave_view import WaveView
from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import fine_clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.records.sound import Waveform
    from kling_desktop.ui.form.ports import MediaPort

_BUTTON = 26
_SHORTEST = 0.1
_SAME = 0.02
"""Seconds that nobody hears."""
_TIMES = 11
"""Characters of a part that are never given up."""


class SoundBench(QObject):
    """The view inside the slot, and the row below it. `part_wanted` is to be cut out and used."""

    part_wanted = Signal(object)

    def __init__(self, media: MediaPort, field: str, parent: QObject) -> None:
        super().__init__(parent)
        self._media = media
        self._text = ""
        self._seconds = 0.0
        self._bounds = (_SHORTEST, float("inf"))
        self._part = Part(0, 0)
        self._forget: Callable[[], None] = lambda: None
        self._is_playing = False
        self.view = WaveView(field)
        self.row = QWidget()
        self.view.hide()
        self.row.hide()
        self._play = TinyButton("play", self.tr("Listen"), side=_BUTTON)
        self._times = ElidedLabel(least=_TIMES)
        self._use = QPushButton(self.tr("Use this part"))
        self._use.setAutoDefault(False)
        self._whole = TinyButton("rotate-ccw", self.tr("The whole sound"), side=_BUTTON)
        self._field = field
        self._lay_out()
        self._connect()

    def set_bounds(self, least: float | None, most: float | None) -> None:
        """Seconds that a part may have."""
        self._bounds = (max(least or 0.0, _SHORTEST), most or float("inf"))

    def show_sound(self, text: str, seconds: float | None) -> None:
        """Another sound, or none."""
        self.stop()
        self._forget()
        self._text = text
        self._forget = lambda: None
        self._show_length(seconds or 0.0, None)
        if text:
            self._forget = self._media.waveform(text, lambda wave: self._on_wave(text, wave))

    def show_work(self, *, is_in_work: bool) -> None:
        """Whether another file is being made of the sound."""
        if is_in_work:
            self.stop()
            self._keep_focus(self._use, self.view.start, self.view.end)
        self._use.setEnabled(not is_in_work)

    def stop(self) -> None:
        """Falls silent, where it is this one that is heard."""
        if self._is_playing:
            self._media.hush()

    def part(self) -> Part:
        """What is chosen."""
        return self._part

    def _lay_out(self) -> None:
        set_role(self._times, "secondary")
        set_role(self._use, "link")
        self.row.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = FlowLayout(self.row, across=8)
        for widget in (self._play, self._times, self._use, self._whole):
            line.addWidget(widget)
        QWidget.setTabOrder(self.view.start, self.view.end)
        self._play.say(self._named(self.tr("Listen")))
        self._whole.say(self._named(self.tr("The whole sound")))

    def _connect(self) -> None:
        self.view.part_wished.connect(self._on_pulled)
        self.view.place_wished.connect(self._on_place)
        self._play.clicked.connect(self._on_play)
        self._use.clicked.connect(lambda: self.part_wanted.emit(self._part))
        self._whole.clicked.connect(lambda: self._choose(self._first()))

    def _on_wave(self, text: str, wave: Waveform | None) -> None:
        if not isValid(self) or text != self._text:
            return
        seconds = max(self._seconds, wave.seconds) if wave else 0.0
        if self._seconds and abs(seconds - self._seconds) < 1:
            # By the header, as it is written everywhere else.
            self.view.show_wave(wave, self._seconds)
        else:
            self._show_length(seconds, wave)

    def _show_length(self, seconds: float, wave: Waveform | None) -> None:
        self._seconds = seconds
        self.view.show_wave(wave, seconds)
        self._choose(self._first())

    def _first(self) -> Part:
        """All of it, or as much as may be."""
        return Part(0.0, min(self._seconds, self._bounds[1]))

    def _on_pulled(self, wished: Part, at_start: bool) -> None:
        self._choose(self._allowed(wished, at_start=at_start))

    def _allowed(self, wished: Part, *, at_start: bool) -> Part:
        """The end that was pulled stays where it is; the other one gives way."""
        least, most = self._bounds[0], self._bounds[1]
        least = min(least, self._seconds)
        if at_start:
            start = min(max(0.0, wished.start), self._seconds - least)
            return Part(start, min(max(wished.end, start + least), start + most))
        end = max(min(self._seconds, wished.end), least)
        return Part(max(min(wished.start, end - least), end - most), end)

    def _choose(self, part: Part) -> None:
        self._part = part
        self.view.show_part(part)
        self._show()

    def _is_partial(self) -> bool:
        return self._part.start > _SAME or self._part.end < self._seconds - _SAME

    def _show(self) -> None:
        self.row.setVisible(bool(self._text) and self._seconds > 0)
        self._show_choice(self._use, is_shown=self._is_partial())
        self._show_choice(self._whole, is_shown=self._part != self._first())
        length = fine_clock(self._part.seconds)
        cut = self.tr("Use this part · {length}").format(length=length)
        self._use.setText(cut)
        self._use.setAccessibleName(self._named(cut))
        self._show_times(None)

    def _show_choice(self, button: QWidget, *, is_shown: bool) -> None:
        if not is_shown:
            self._keep_focus(button)
        button.setVisible(is_shown)

    def _keep_focus(self, *leaving: QWidget) -> None:
        """Qt would take the keyboard to the other end of the window."""
        if any(one.hasFocus() for one in leaving):
            self._play.setFocus()

    def _show_times(self, place: float | None) -> None:
        end = fine_clock(self._part.end if self._is_partial() else self._seconds)
        if place is not None:
            self._times.setText(f"{fine_clock(place)} / {end}")
        elif self._is_partial():
            self._times.setText(f"{fine_clock(self._part.start)} – {end}")
        else:
            self._times.setText(end)

    def _show_playing(self, is_playing: bool) -> None:
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            self._play.setIcon(icon("square" if is_playing else "play"))
            self._play.say(self._named(self.tr("Stop") if is_playing else self.tr("Listen")))

    def _named(self, action: str) -> str:
        return self.tr("{action}: {field}").format(action=action, field=self._field)

    def _on_play(self) -> None:
        if self._is_playing:
            self._media.hush()
        else:
            self._listen(self._part.start)

    def _on_place(self, seconds: float) -> None:
        self._listen(seconds)

    def _listen(self, start: float) -> None:
        """To the end of the part; what was pressed beyond it plays on to the end of the sound."""
        end = self._part.end if start < self._part.end - _SHORTEST else self._seconds
        self._media.listen(self._text, Part(start, end), self._on_told)

    def _on_told(self, place: float | None) -> None:
        if not isValid(self) or not isValid(self.view):
            return
        self._show_playing(place is not None)
        self.view.show_place(place)
        self._show_times(place)
