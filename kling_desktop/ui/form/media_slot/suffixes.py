"""Which file names a slot takes at first sight. What is in the file is judged later, elsewhere."""

from __future__ import annotations

from kling_desktop.records.media import MediaKind

PICTURES = (
    ".png .jpg .jpeg .jpe .jfif .webp .gif .avif .heic .heif .bmp .tif .tiff".split()  # noqa: SIM905
)
VIDEOS = ".mp4 .mov .m4v .webm .mkv .avi".split()  # noqa: SIM905
SOUNDS = ".mp3 .wav .m4a .aac .ogg .oga .opus .flac".split()  # noqa: SIM905


def suffixes_of(kind: MediaKind) -> tuple[str, ...]:
    """The endings, lower case with the dot; none at all means that anything goes."""
    match kind:
        case MediaKind.IMAGE | MediaKind.MASK:
            return tuple(PICTURES)
        case MediaKind.VIDEO:
            return tuple(VIDEOS)
        case MediaKind.AUDIO:
            return tuple(SOUNDS)
        case MediaKind.FILE:
            return ()


def could_be(name: str, kind: MediaKind, *, exactly: bool = False) -> bool:
    """Whether a file of this name may hold the kind. A name without an ending may hold anything.

    A video may hold a sound, unless it is to be a sound `exactly`.
    """
    endings = suffixes_of(kind)
    if kind is MediaKind.AUDIO and not exactly:
        endings = (*endings, *VIDEOS)
    _, dot, ending = name.rpartition(".")
    return not endings or not dot or f".{ending.lower()}" in endings
