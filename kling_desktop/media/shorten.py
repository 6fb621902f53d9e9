"""The beginning of a clip or sound, packed anew without touching a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av

from kling_desktop.media.naming import free_name, write_whole
from kling_desktop.media.opened import open_regular
from kling_desktop.media.problems import CANNOT_SHORTEN, MediaRefused
from kling_desktop.media.streams import TROUBLE, open_container

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path
    from typing import BinaryIO

    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream

    from kling_desktop.records.media import MediaFacts

_WRITERS = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "matroska",
    "audio/mp4": "ipod",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/aac": "adts",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
}
"""FFmpeg's name for each kind of file that can be packed."""


def shortened(path: Path, facts: MediaFacts, seconds: float, folder: Path) -> Path:
    """A new file in `folder` with the first `seconds` of it, or a few frames less.

    Raises MediaRefused where it cannot be cut, and OSError for the disk.
    """
    if facts.content_type not in _WRITERS:
        raise MediaRefused(CANNOT_SHORTEN())
    with open_regular(path) as file:
        target = free_name(folder, path.stem, path.suffix)
        try:
            write_whole(target, lambda part: _write(file, facts.content_type, seconds, part))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target


def _write(file: BinaryIO, content_type: str, seconds: float, part: Path) -> None:
    options = {"movflags": "+faststart"} if content_type.endswith(("mp4", "quicktime")) else {}
    try:
        with (
            open_container(file, content_type) as old,
            av.open(
                str(part.absolute()), "w", format=_WRITERS[content_type], options=options
            ) as new,
        ):
            _copy_beginning(old, new, seconds)
    except TROUBLE as error:
        raise MediaRefused(CANNOT_SHORTEN(details=str(error))) from error


def _copy_beginning(old: InputContainer, new: OutputContainer, seconds: float) -> None:
    kept = [one for one in old.streams if one.type in {"video", "audio"}]
    made = {one.index: new.add_stream_from_template(one) for one in kept}
    going = {one.index for one in kept}
    for packet in old.demux(kept):
        if packet.dts is None or packet.stream_index not in going:
            continue
        # In the order of decoding: what comes after the first that is too late may need it.
        if _end(packet, old.streams[packet.stream_index]) > seconds:
            going.discard(packet.stream_index)
            if not going:
                return
            continue
        packet.stream = made[packet.stream_index]
        new.mux(packet)


def _end(packet: Packet[Any], stream: Stream) -> float:
    """Seconds from the beginning of the stream to the end of the packet."""
    base: Fraction = packet.time_base or stream.time_base  # type: ignore[assignment]  # one of them is there
    moment = packet.pts if packet.pts is not None else packet.dts
    begin = stream.start_time or 0
    return float(((moment or 0) - begin + (packet.duration or 0)) * base)
