"""Sound files."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import av
from av.audio.stream import AudioStream

from kling_desktop.simulator.sound.pcm import RATE, frames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CODECS = {"mp3": "libmp3lame", "wav": "pcm_s16le"}
SOUND_TYPES = {"mp3": "audio/mpeg", "wav": "audio/wav"}
"""The formats that can be written, with their content types."""


def write_sound(pieces: Iterator[bytes], target: Path, form: str) -> None:
    """Writes a sound as one of SOUND_TYPES."""
    with av.open(str(target), "w", format=form) as container:
        stream = cast(AudioStream, container.add_stream(_CODECS[form], rate=RATE))
        stream.layout = "stereo"
        for frame in frames(pieces):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
