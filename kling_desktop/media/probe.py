"""What is in a file: the one door through which every dropped, pasted or fetched file passes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kling_desktop.media import pictures, streams
from kling_desktop.media.magic import FIRST_BYTES, Found, kind_of, refusal
from kling_desktop.media.opened import open_regular, refuse_larger
from kling_desktop.media.problems import UNKNOWN_CONTENT, MediaRefused
from kling_desktop.records.media import MediaFacts, MediaKind

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def probe(path: Path) -> MediaFacts:
    """Looks into a file and decodes it: a whole picture, the beginning of a clip or sound.

    Blocks; 12 megapixels of JPEG take about 60 ms, and other threads run meanwhile.
    Raises MediaRefused, whatever the file is.
    """
    with open_regular(path) as file:
        _, _, content_type = found = recognized(file, path.suffix)
        if found[0] is MediaKind.IMAGE:
            refuse_larger(os.fstat(file.fileno()).st_size, pictures.LARGEST_PICTURE)
            return pictures.facts_of(file, content_type)
        return streams.facts_of(file, content_type)


def recognized(file: BinaryIO, suffix: str = "") -> Found:
    """What an open file is by its first bytes. Raises MediaRefused for what is not taken."""
    file.seek(0)
    first_bytes = file.read(FIRST_BYTES)
    problem = refusal(first_bytes, suffix)
    if problem is not None:
        raise MediaRefused(problem)
    found = kind_of(first_bytes)
    if found is None:
        raise MediaRefused(UNKNOWN_CONTENT())
    return found
