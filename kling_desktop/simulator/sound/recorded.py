"""Sound that was given: a file of its own, or what a clip carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.error import FFmpegError

from kling_desktop.simulator.sound.pcm import BYTES, RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def recorded(path: Path) -> Iterator[bytes]:
    """The first sound in a file, to its end or to where it is damaged."""
    with av.open(str(path)) as container:
        converter = av.AudioResampler(format="s16", layout="stereo", rate=RATE)
        try:
            for frame in container.decode(container.streams.audio[0]):
                frame.pts = None
                for one in converter.resample(frame):
                    yield bytes(one.planes[0])[: one.samples * BYTES]
        except FFmpegError:
            return
