"""The beginning of a clip as a clip of its own, without touching a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import av

from kling_desktop.media.naming import free_name, write_whole
from kling_desktop.media.opened import open_regular
from kling_desktop.media.problems import CLIP_BROKEN, CLIP_NOT_CUT, NOTHING_TO_SHOW, MediaRefused
from kling_desktop.media.remux import WRITERS
from kling_desktop.media.streams import TROUBLE, open_container, picture_stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av import Packet, VideoStream
    from av.container import InputContainer
    from av.stream import Stream

    from kling_desktop.records.media import MediaFacts


def cut_clip(path: Path, facts: MediaFacts, seconds: float, folder: Path) -> Path:
    """A new file in `folder` with the first `seconds` of an MP4 or MOV, sound and all.

    It ends where the packets can be parted, so it may be some frames shorter and is never longer.
    Raises MediaRefused, and OSError for the disk.
    """
    if facts.content_type not in WRITERS:
        raise MediaRefused(CLIP_NOT_CUT())
    with open_regular(path) as file:
        target = free_name(folder, path.stem, path.suffix or ".mp4")
        try:
            write_whole(target, lambda new: _write(file, facts, seconds, new))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target


def _write(file: BinaryIO, facts: MediaFacts, seconds: float, target: Path) -> None:
    form = WRITERS[facts.content_type]
    try:
        count, end = _beginning(file, facts, seconds)
        with (
            open_container(file, facts.content_type) as old,
            av.open(
                str(target.absolute()), "w", format=form, options={"movflags": "+faststart"}
            ) as new,
        ):
            stream = _picture(old)
            streams: list[Stream] = [stream, *old.streams.audio[:1]]
            made = {one.index: new.add_stream_from_template(one) for one in streams}
            for packet in _timed(old, list(made)):
                is_picture = packet.stream_index == stream.index
                if count if is_picture else _over(packet, stream) <= end:
                    packet.stream = made[packet.stream_index]
                    new.mux(packet)
                count -= is_picture and count > 0
    except TROUBLE as error:
        raise MediaRefused(CLIP_BROKEN(details=f"{type(error).__name__}: {error}")) from error


def _beginning(file: BinaryIO, facts: MediaFacts, seconds: float) -> tuple[int, float]:
    """How many packets of the picture are kept, and when the last of their frames is over.

    In the order of decoding, what comes before a packet needs nothing that comes after it.
    """
    with open_container(file, facts.content_type) as old:
        stream, count, end = _picture(old), 0, 0.0
        for packet in _timed(old, [stream.index]):
            over = _over(packet, stream)
            if over > seconds + 1e-6:
                break
            count, end = count + 1, max(end, over)
    if not count:
        raise MediaRefused(CLIP_NOT_CUT())
    return count, end


def _timed(old: InputContainer, wanted: list[int]) -> Iterator[Packet[Any]]:
    for packet in old.demux(*(old.streams[index] for index in wanted)):
        if packet.dts is not None and packet.pts is not None:
            yield packet


def _over(packet: Packet[Any], stream: VideoStream) -> float:
    """When what it holds is over, in seconds from the first frame of the picture."""
    first = float((stream.start_time or 0) * (stream.time_base or 0))
    return float(((packet.pts or 0) + (packet.duration or 0)) * packet.time_base) - first


def _picture(old: InputContainer) -> VideoStream:
    stream = picture_stream(old)
    if stream is None:
        raise MediaRefused(NOTHING_TO_SHOW())
    return stream
