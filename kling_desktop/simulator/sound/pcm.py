"""Sound as it goes round in here: pieces of 16-bit stereo at one rate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE = 44_100
"""Samples per second and side."""
BYTES = 4
"""Of one sample for both sides."""
_PIECE = 1024
_SILENCE = bytes(_PIECE * BYTES)


def lasting(pieces: Iterator[bytes], seconds: float) -> Iterator[bytes]:
    """Exactly so long: cut, or filled up with silence."""
    left = round(seconds * RATE) * BYTES
    for piece in pieces:
        part = piece[:left]
        left -= len(part)
        yield part
        if not left:
            return
    while left:
        part = _SILENCE[:left]
        left -= len(part)
        yield part


def frames(pieces: Iterator[bytes]) -> Iterator[av.AudioFrame]:
    """The same sound as frames for an encoder, each with its time."""
    rest, at = bytearray(), 0
    for piece in pieces:
        rest += piece
        while len(rest) >= len(_SILENCE):
            yield _frame(bytes(rest[: len(_SILENCE)]), at)
            at += _PIECE
            del rest[: len(_SILENCE)]
    if rest:
        yield _frame(bytes(rest), at)


def loudness(pieces: Iterator[bytes], rate: float) -> list[float]:
    """The loudest moment of each picture at `rate` pictures per second, 0 to 1."""
    found: list[float] = []
    rest, gone = bytearray(), 0
    for piece in pieces:
        rest += piece
        while len(rest) >= (window := _samples(len(found) + 1, rate, gone)):
            found.append(_peak(bytes(rest[:window])))
            gone += window
            del rest[:window]
    return found


def _samples(pictures: int, rate: float, gone: int) -> int:
    """Bytes up to the end of so many pictures, without those that are gone."""
    return max(BYTES, round(pictures * RATE / rate) * BYTES - gone)


def _peak(part: bytes) -> float:
    samples = memoryview(part).cast("h")[::16].tolist()
    return max(map(abs, samples), default=0) / 32768


def _frame(data: bytes, at: int) -> av.AudioFrame:
    samples = len(data) // BYTES
    frame = av.AudioFrame(format="s16", layout="stereo", samples=samples)
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    (plane,) = frame.planes
    plane.update(data + bytes(plane.buffer_size - len(data)))
    return frame
