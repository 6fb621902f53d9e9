"""Packing a clip anew without touching a frame: to write a remark into it, or to take all out."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import av

from kling_desktop.media.problems import NOT_CLEANED, MediaRefused
from kling_desktop.media.streams import TROUBLE, open_container

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from av.container import InputContainer, OutputContainer
    from av.stream import Stream

WRITERS = {"video/mp4": "mp4", "audio/mp4": "mp4", "video/quicktime": "mov"}
"""The kinds of file that can be packed anew, and FFmpeg's name for each."""

_OF_THE_FILE = frozenset(("major_brand", "minor_version", "compatible_brands", "encoder"))
"""What the packing itself says."""
_HARMLESS = _OF_THE_FILE | {"handler_name", "vendor_id", "language", "rotate"}
_WRITTEN_PLAINLY = frozenset(
    (
        *("title", "comment", "artist", "album", "album_artist", "composer", "copyright", "date"),
        *("description", "genre", "grouping", "lyrics", "synopsis", "show", "creation_time"),
    )
)


class RemuxError(Exception):
    """The new file does not hold what the old one held."""


def with_metadata(
    source: BinaryIO, content_type: str, part: Path, metadata: Mapping[str, str]
) -> None:
    """Writes the same streams, and what was said of the file before, with `metadata` added.

    The index comes first, so that the file plays while it is still being copied.
    Raises RemuxError where a packet would be lost, or one of streams.TROUBLE.
    """
    with open_container(source, content_type) as old:
        said = {key: text for key, text in old.metadata.items() if key not in _OF_THE_FILE}
        told = {**said, **metadata}
        # Only with this flag are other keys than the usual ones written; without it, file
        # browsers find the usual ones.
        flags = "+faststart" if told.keys() <= _WRITTEN_PLAINLY else "+faststart+use_metadata_tags"
        options = {"movflags": flags}
        with av.open(
            str(part.absolute()), "w", format=WRITERS[content_type], options=options
        ) as new:
            new.metadata.update(told)
            _copy(old, new, list(old.streams))
    _prove(source, content_type, part)


def has_remarks(file: BinaryIO, content_type: str) -> bool:
    """Whether a clip or sound tells more than its picture and sound. False for other kinds."""
    if content_type not in WRITERS:
        return False
    try:
        with open_container(file, content_type) as container:
            told = set(container.metadata)
            for stream in container.streams:
                told |= set(stream.metadata)
            tracks = {stream.type for stream in container.streams}
    except TROUBLE as error:
        raise MediaRefused(NOT_CLEANED(details=str(error))) from error
    return bool({key.lower() for key in told} - _HARMLESS) or not tracks <= {"video", "audio"}


def without_remarks(file: BinaryIO, content_type: str, part: Path) -> None:
    """Writes picture and sound alone. Raises MediaRefused, and OSError for the disk."""
    try:
        with (
            open_container(file, content_type) as old,
            av.open(
                str(part.absolute()),
                "w",
                format=WRITERS[content_type],
                options={"movflags": "+faststart"},
            ) as new,
        ):
            _copy(old, new, [one for one in old.streams if one.type in {"video", "audio"}])
    except TROUBLE as error:
        raise MediaRefused(NOT_CLEANED(details=str(error))) from error


def _copy(old: InputContainer, new: OutputContainer, streams: list[Stream]) -> None:
    made = {stream.index: new.add_stream_from_template(stream) for stream in streams}
    for stream in streams:
        made[stream.index].metadata.update(
            {key: said for key, said in stream.metadata.items() if key in _HARMLESS}
        )
    for packet in old.demux(streams):
        if packet.dts is None:
            continue
        packet.stream = made[packet.stream_index]
        new.mux(packet)


def _prove(source: BinaryIO, content_type: str, part: Path) -> None:
    with open_container(source, content_type) as old:
        before = _sums(old)
    with part.open("rb") as file, open_container(file, content_type) as new:
        after = _sums(new)
    if before != after:
        raise RemuxError(f"{before} became {after}")


def _sums(container: InputContainer) -> list[tuple[str, int, int]]:
    """Kind, number of packets and number of bytes of each stream."""
    counts = [0] * len(container.streams)
    sizes = [0] * len(container.streams)
    for packet in container.demux():
        if packet.size:
            counts[packet.stream_index] += 1
            sizes[packet.stream_index] += packet.size
    kinds = [stream.type for stream in container.streams]
    return list(zip(kinds, counts, sizes, strict=True))
