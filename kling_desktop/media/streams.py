"""Opening clips and sound with PyAV: always by the reader that the first bytes ask for.

Left to itself FFmpeg guesses, and some guesses (play lists) would open further files.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import av
from av.error import FFmpegError
from av.stream import Disposition

from kling_desktop.media.problems import CLIP_BROKEN, CLIP_TOO_LARGE, SOUND_BROKEN, MediaRefused
from kling_desktop.records.media import MediaFacts, MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import VideoFrame, VideoStream
    from av.audio.stream import AudioStream
    from av.container import InputContainer

TROUBLE = (
    FFmpegError,
    OSError,
    ValueError,
    EOFError,
    MemoryError,
    OverflowError,
    LookupError,
    RuntimeError,
    AttributeError,
    TypeError,
)
"""What PyAV raises for files that are damaged on purpose."""

MOST_FRAME_PIXELS = 40_000_000
"""More than 8K. Told by the header; larger frames are not decoded."""

_READERS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
}
_AS_SOUND = {
    "video/mp4": "audio/mp4",
    "video/quicktime": "audio/mp4",
    "video/webm": "audio/webm",
    "video/x-matroska": "audio/x-matroska",
}
_PATIENCE = 600
"""Packets that may pass without a first frame."""


@contextmanager
def opened(file: BinaryIO, content_type: str) -> Iterator[InputContainer]:
    """A clip or sound. Whatever goes wrong inside the block counts as damaged: MediaRefused."""
    is_sound = content_type.startswith("audio/")
    try:
        with open_container(file, content_type) as container:
            yield container
    except TROUBLE as error:
        kind = SOUND_BROKEN if is_sound else CLIP_BROKEN
        raise MediaRefused(kind(details=f"{type(error).__name__}: {error}")) from error


def open_container(file: BinaryIO, content_type: str) -> InputContainer:
    """The container by itself, to be closed by the caller. Raises one of TROUBLE."""
    file.seek(0)
    return av.open(file, "r", format=_READERS[content_type], metadata_errors="replace")


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The moving picture, passing over the cover that sound files carry."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def first_frame(container: InputContainer, stream: VideoStream) -> VideoFrame:
    """The first frame that can be decoded. Raises MediaRefused for one of absurd size."""
    refuse_giant(stream)
    for number, packet in enumerate(container.demux(stream)):
        for frame in packet.decode():
            return frame
        if number > _PATIENCE:
            break
    raise EOFError("no frame could be decoded")


def refuse_giant(stream: VideoStream) -> None:
    """Raises MediaRefused for frames that would not fit in memory."""
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > MOST_FRAME_PIXELS:
        raise MediaRefused(CLIP_TOO_LARGE(width=width, height=height))


def facts_of(file: BinaryIO, content_type: str) -> MediaFacts:
    """Looks at a clip or sound and decodes the beginning of it. Raises MediaRefused."""
    with opened(file, content_type) as container:
        size = os.fstat(file.fileno()).st_size
        stream = picture_stream(container)
        if stream is not None:
            return _clip_facts(container, stream, content_type, size)
        for sound in container.streams.audio:
            return _sound_facts(container, sound, content_type, size)
        raise EOFError("neither picture nor sound")


def _clip_facts(
    container: InputContainer, stream: VideoStream, content_type: str, size: int
) -> MediaFacts:
    frame = first_frame(container, stream)
    width, height = frame.width, frame.height
    if frame.rotation % 180:
        width, height = height, width
    rate = stream.average_rate or stream.guessed_rate
    return MediaFacts(
        kind=MediaKind.VIDEO,
        content_type=content_type,
        size=size,
        width=width,
        height=height,
        duration=_seconds(container, stream),
        frame_rate=float(rate) if rate else None,
        frames=stream.frames or None,
        has_audio=bool(container.streams.audio),
    )


def _sound_facts(
    container: InputContainer, stream: AudioStream, content_type: str, size: int
) -> MediaFacts:
    for number, packet in enumerate(container.demux(stream)):
        if packet.decode():
            break
        if number > _PATIENCE:
            raise EOFError("no sound could be decoded")
    else:
        raise EOFError("no sound could be decoded")
    return MediaFacts(
        kind=MediaKind.AUDIO,
        content_type=_AS_SOUND.get(content_type, content_type),
        size=size,
        duration=_seconds(container, stream),
        has_audio=True,
    )


def _seconds(container: InputContainer, stream: VideoStream | AudioStream) -> float | None:
    """By the stream's own header, else the file's, else by reading to the end."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration:
        return container.duration / av.time_base
    container.seek(0)
    ends = [
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux(stream)
        if packet.pts is not None
    ]
    return max(ends, default=None)
