"""Where the sound goes: opened only for a clip that has sound, on a computer that can play it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QAudio, QAudioOutput, QMediaDevices

from kling_desktop.ui.player.quiet_decoder import no_complaints

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer


class Sound(QObject):
    """Volume from 0 to 100. Where there is no device the clip plays on in silence."""

    def __init__(self, player: QMediaPlayer) -> None:
        super().__init__(player)
        self._player = player
        self._output: QAudioOutput | None = None
        self._devices: QMediaDevices | None = None
        self._volume, self._muted = 100, False

    def set_volume(self, volume: int, *, muted: bool) -> None:
        """As loud as it feels: hearing is not linear."""
        self._volume, self._muted = volume, muted
        self._apply()

    def open(self) -> None:
        """The clip has sound. Between loading and playing: it would start a running clip anew."""
        if self._output is not None:
            return
        with no_complaints():
            self._watch_devices()
            if QMediaDevices.defaultAudioOutput().isNull():
                return
            self._output = QAudioOutput(self)
        self._apply()
        self._player.setAudioOutput(self._output)

    def _watch_devices(self) -> None:
        """Headphones may come later."""
        if self._devices is None:
            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self.open)

    def _apply(self) -> None:
        if self._output is None:
            return
        scales = QAudio.VolumeScale
        linear = QAudio.convertVolume(
            self._volume / 100, scales.LogarithmicVolumeScale, scales.LinearVolumeScale
        )
        self._output.setVolume(linear)
        self._output.setMuted(self._muted)
