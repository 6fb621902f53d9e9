"""A stretch of a sound, or of a clip's sound, as a new file in a form that a field takes.

It is always written anew: packets of MP3 lean on those before them, so that a copied stretch would
begin with a crackle, and could only be cut to the 26 ms of a packet. Places are counted in samples
from the beginning, as in the waveform that they were chosen by.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
from av.audio.stream import AudioStream

from kling_desktop.catalog.sound_forms import M4A, MP3, WAV
from kling_desktop.media.naming import free_name, write_whole
from kling_desktop.media.opened import open_regular
from kling_desktop.media.problems import (
    NOTHING_TO_HEAR,
    PART_TOO_SHORT,
    SOUND_BROKEN,
    SOUND_CANNOT_FIT,
    MediaRefused,
)
from kling_desktop.media.sound_plan import Source, plan_for
from kling_desktop.media.streams import TROUBLE, open_container
from kling_desktop.media.waveform import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from av import AudioFrame
    from av.container import InputContainer, OutputContainer

    from kling_desktop.catalog.field_spec import FieldLimits
    from kling_desktop.media.sound_plan import SoundPlan
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.sound import Part

_WRITERS = {
    MP3: ("mp3", "libmp3lame", "s16p", ".mp3"),
    M4A: ("ipod", "aac", "fltp", ".m4a"),
    WAV: ("wav", "pcm_s16le", "s16", ".wav"),
}
"""FFmpeg's file format, encoder and samples, and the suffix. PyAV's wheels bring all of them."""
_QUICK: dict[str, object] = {"compression_level": "7"}
"""LAME searches less: two thirds of the time, and at these bit rates nobody hears it."""
_PIECE = 1024


def cut_sound(
    path: Path, facts: MediaFacts, limits: FieldLimits, folder: Path, part: Part | None = None
) -> Path:
    """A new file in `folder` with that part, within the limits; from the beginning on without one.

    Never longer than the part, than the limits or than what there is. Blocks: a minute takes about
    half a second. Raises MediaRefused, and OSError for the disk.
    """
    with open_regular(path) as file:
        plan = _plan(file, facts, limits, part)
        suffix = _WRITERS[plan.content_type][3]
        target = free_name(folder, path.stem, suffix)
        try:
            write_whole(target, lambda new: _write(file, facts, plan, new))
            _check(target, plan, limits)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target


def _plan(file: BinaryIO, facts: MediaFacts, limits: FieldLimits, part: Part | None) -> SoundPlan:
    try:
        with open_container(file, facts.content_type) as container:
            if not container.streams.audio:
                raise MediaRefused(NOTHING_TO_HEAR())
            stream = container.streams.audio[0]
            source = Source(
                content_type=facts.content_type,
                seconds=facts.duration,
                rate=stream.rate,
                channels=stream.channels,
            )
    except TROUBLE as error:
        raise _broken(error) from error
    return plan_for(source, limits, part)


def _write(file: BinaryIO, facts: MediaFacts, plan: SoundPlan, target: Path) -> None:
    form, codec, samples, _ = _WRITERS[plan.content_type]
    layout = "mono" if plan.sides == 1 else "stereo"
    try:
        with (
            open_container(file, facts.content_type) as old,
            av.open(str(target.absolute()), "w", format=form) as new,
        ):
            stream = cast(AudioStream, new.add_stream(codec, rate=plan.rate))
            stream.layout = layout
            if plan.bit_rate:
                stream.bit_rate = plan.bit_rate
            if plan.content_type == MP3:
                stream.options = _QUICK
            converter = av.AudioResampler(format=samples, layout=layout, rate=plan.rate)
            written = _encode(_pieces(old, converter, plan), new, stream)
    except TROUBLE as error:
        raise _broken(error) from error
    if not written:
        raise MediaRefused(PART_TOO_SHORT(least=0.1))


def _encode(pieces: Iterator[AudioFrame], new: OutputContainer, stream: AudioStream) -> int:
    written = 0
    for piece in pieces:
        piece.pts, piece.time_base = written, Fraction(1, piece.sample_rate)
        new.mux(stream.encode(piece))
        written += piece.samples
    new.mux(stream.encode(None))
    return written


def _pieces(
    old: InputContainer, converter: av.AudioResampler, plan: SoundPlan
) -> Iterator[AudioFrame]:
    """What lies inside the part, in pieces of one length and a last, shorter one."""
    fifo = av.AudioFifo()
    skip, left = int(plan.part.start * plan.rate), plan.samples
    for frame in _converted(old, converter):
        fifo.write(frame)
        if skip:
            gone = fifo.read(min(skip, fifo.samples))
            skip -= gone.samples if gone else 0
        while left and not skip and fifo.samples >= min(_PIECE, left):
            piece = fifo.read(min(_PIECE, left))
            if piece is None:
                break
            left -= piece.samples
            yield piece
        if not left:
            return
    last = None if skip else fifo.read(min(left, fifo.samples), partial=True)
    if last is not None and last.samples:
        yield last


def _converted(old: InputContainer, converter: av.AudioResampler) -> Iterator[AudioFrame]:
    for frame in decoded(old):
        yield from _unplaced(converter.resample(frame))
    yield from _unplaced(converter.resample(None))


def _unplaced(frames: list[AudioFrame]) -> Iterator[AudioFrame]:
    for frame in frames:
        frame.pts = None
        yield frame


def _check(target: Path, plan: SoundPlan, limits: FieldLimits) -> None:
    """What was promised of it is so."""
    size = target.stat().st_size
    if limits.max_bytes is not None and size > limits.max_bytes:
        raise MediaRefused(SOUND_CANNOT_FIT(details=f"{size} bytes at {plan.bit_rate} bits/s"))


def _broken(error: Exception) -> MediaRefused:
    return MediaRefused(SOUND_BROKEN(details=f"{type(error).__name__}: {error}"))
