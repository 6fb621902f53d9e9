"""Sounds for tests: each second is as loud as its number says, so that a part tells its place."""

from __future__ import annotations

import math
import wave
from array import array
from typing import TYPE_CHECKING, cast

import av
from av.audio.stream import AudioStream

if TYPE_CHECKING:
    from pathlib import Path

_WRITERS = {
    ".mp3": ("mp3", "libmp3lame"),
    ".m4a": ("ipod", "aac"),
    ".flac": ("flac", "flac"),
    ".ogg": ("ogg", "libopus"),
    ".aac": ("adts", "aac"),
}


def stairs(path: Path, seconds: float, *, rate: int = 16_000, sides: int = 1) -> Path:
    """A WAV of a tone: 0.1 of full scale in the first second, 0.2 in the next, to 0.9 and anew."""
    tone = [math.sin(2 * math.pi * 400 * at / rate) for at in range(rate)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(sides)
        file.setsampwidth(2)
        file.setframerate(rate)
        left = round(seconds * rate)
        for second in range(math.ceil(seconds)):
            loud = level_at(second) * 32_767
            part = array(
                "h", (round(one * loud) for one in tone[: min(rate, left)] for _ in "x" * sides)
            )
            file.writeframes(part.tobytes())
            left -= rate
    return path


def packed(path: Path, seconds: float, *, rate: int = 48_000, sides: int = 1) -> Path:
    """The same as the suffix of the path says: MP3, M4A, FLAC, OGG or AAC."""
    form, codec = _WRITERS[path.suffix]
    plain = stairs(path.with_suffix(".plain.wav"), seconds, rate=rate, sides=sides)
    with av.open(str(plain)) as old, av.open(str(path), "w", format=form) as new:
        stream = cast(AudioStream, new.add_stream(codec, rate=rate))
        stream.layout = "mono" if sides == 1 else "stereo"
        for frame in old.decode(audio=0):
            new.mux(stream.encode(frame))
        new.mux(stream.encode(None))
    plain.unlink()
    return path


def level_at(second: float) -> float:
    """How loud that second is, from 0.1 to 0.9."""
    return (int(second) % 9 + 1) / 10
