"""A file that is open for as long as it is needed, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class Closes(Protocol):
    """Something that must be closed."""

    def close(self) -> None: ...


OpenT = TypeVar("OpenT", bound=Closes)


@contextlib.asynccontextmanager
async def held(opens: Callable[[], OpenT]) -> AsyncIterator[OpenT]:
    """What `opens` returns, opened and closed in a worker thread.

    A thread cannot be called back: what it opens for somebody who left in the meantime is closed.
    """
    loop = asyncio.get_running_loop()
    opening = loop.run_in_executor(None, opens)
    try:
        file = await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_late)
        raise
    try:
        yield file
    finally:
        await asyncio.shield(loop.run_in_executor(None, file.close))


def _close_late(opening: asyncio.Future[OpenT]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
