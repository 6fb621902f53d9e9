"""The bar under the picture: play, step, where we are, sound and full screen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from kling_desktop.ui.player.buttons import TransportButton
from kling_desktop.ui.player.scrubber import Scrubber
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import clock, timecode

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from kling_desktop.ui.actions import Actions

_EDGE, _GAP, _AIR = 12, 4, 6
_SLIDER = 72


class Transport(QFrame):
    """Shows where the clip is; its buttons are the program's own actions.

    What there is no room for goes away in the order of `_leaving`; keys and menus still do it.
    """

    volume_wished = Signal(int)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Playback"))
        self._count, self._rate, self._has_frames = 0, 24.0, True
        self._index = 0
        self._is_short = False
        self.scrubber = Scrubber(self)
        self._now = self._time_label(self.tr("Where the clip is"))
        self._whole = self._time_label(self.tr("Length of the clip"))
        set_role(self._whole, "secondary")
        self._volume = self._volume_slider()
        self._loop = TransportButton(actions.loop, self, dotted=True)
        self._mute = TransportButton(actions.mute, self)
        self._left = [
            TransportButton(action, self)
            for action in (actions.step_back, actions.play, actions.step_forward)
        ]
        self._full = TransportButton(actions.full_screen, self)
        self._leaving: tuple[QWidget, ...] = (
            self._volume,
            self._whole,
            self._loop,
            self._mute,
            self._now,
        )
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """There is nothing that moves."""
        self.show_length(0, 24.0)
        self.show_frame(0)

    def show_length(self, count: int, rate: float, *, has_frames: bool = True) -> None:
        """So many frames at so many a second; without frames they are slices of sound."""
        self._count, self._rate, self._has_frames = count, rate, has_frames
        self.scrubber.show_length(count, round(rate))
        self._whole.setText(self._time(count))
        self._show_now()
        self._fit()

    def show_frame(self, index: int) -> None:
        """That frame is on the stage."""
        self._index = index
        self.scrubber.show_frame(index)
        self._show_now()

    def show_volume(self, volume: int) -> None:
        """0 to 100."""
        self._volume.blockSignals(True)
        self._volume.setValue(volume)
        self._volume.blockSignals(False)

    def time_text(self) -> str:
        """Where the clip is, as it is written."""
        return self._now.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out what a small window has no room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters take more room."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """With everything left out that may be."""
        kept = sum(button.sizeHint().width() + _GAP for button in (*self._left, self._full))
        width = kept + self.scrubber.minimumSizeHint().width() + 2 * (_EDGE + _AIR + _GAP)
        return QSize(width, super().minimumSizeHint().height())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 7, _EDGE, 7)
        row.setSpacing(_GAP)
        for button in self._left:
            row.addWidget(button)
        row.addSpacing(_AIR)
        row.addWidget(self._now)
        row.addWidget(self.scrubber, 1)
        row.addWidget(self._whole)
        row.addSpacing(_AIR)
        for widget in (self._loop, self._mute, self._volume, self._full):
            row.addWidget(widget)
        stops = (*self._left, self.scrubber, self._loop, self._mute, self._volume, self._full)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _fit(self) -> None:
        """Tries with everything, then with less and less; the frame number is the third to go."""
        room = self.width() - self.minimumSizeHint().width()
        widths = [widget.sizeHint().width() + _GAP for widget in self._leaving]
        widths[-1] = self._widest(short=False) + _GAP
        self._is_short = sum(widths[2:]) > room
        if self._is_short:
            widths[-1] = self._widest(short=True) + _GAP
        for place, widget in enumerate(self._leaving):
            widget.setVisible(sum(widths[place:]) <= room)
        self._now.setMinimumWidth(self._widest(short=self._is_short))
        self._show_now()

    def _show_now(self) -> None:
        self._now.setText(self._words(self._index, short=self._is_short))

    def _words(self, index: int, *, short: bool) -> str:
        if short or not self._has_frames:
            return self._time(index)
        return self.tr("{time} · frame {number}").format(time=self._time(index), number=index)

    def _time(self, index: int) -> str:
        if self._has_frames:
            return timecode(index, self._rate)
        return f"{clock(index / self._rate)}.{int(index % self._rate)}"

    def _widest(self, *, short: bool) -> int:
        words = self._words(max(0, self._count - 1), short=short)
        return self._now.fontMetrics().horizontalAdvance(words) + 2

    def _time_label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setAccessibleName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _volume_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, 100)
        slider.setPageStep(10)
        slider.setFixedWidth(_SLIDER)
        slider.setAccessibleName(self.tr("Volume"))
        slider.setToolTip(self.tr("How loud the clip is."))
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.valueChanged.connect(self.volume_wished)
        return slider
