"""Small things that the tests of the core room share."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


async def until(is_so: Callable[[], object], seconds: float = 10) -> None:
    """Lets the loop run until `is_so`; TimeoutError after that many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.002)


@contextlib.contextmanager
def full_disk(most_bytes: int) -> Iterator[None]:
    """Until the end no file of this process can grow beyond `most_bytes`, whoever runs it."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def old(path: os.PathLike[str], seconds: float) -> None:
    """Makes a file that much older."""
    then = time.time() - seconds
    os.utime(path, (then, then))
