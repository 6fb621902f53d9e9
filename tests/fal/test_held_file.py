"""A file that a thread opens is closed, also where nobody waits for it any more."""

import asyncio
import threading

import pytest

from kling_desktop.fal.held_file import held


class Slow:
    """Opens when it is told to, in whichever thread."""

    def __init__(self, refuses=False):
        self.go, self.closed = threading.Event(), threading.Event()
        self._refuses = refuses

    def open(self):
        self.go.wait(10)
        if self._refuses:
            raise OSError("no")
        return self

    def close(self):
        self.closed.set()


async def hold(slow, began=None):
    async with held(slow.open):
        if began:
            began.set()
            await asyncio.sleep(60)


async def test_it_is_closed_at_the_end():
    slow = Slow()
    slow.go.set()
    async with held(slow.open) as file:
        assert file is slow
        assert not slow.closed.is_set()
    assert slow.closed.is_set()


async def test_a_refusal_comes_through():
    slow = Slow(refuses=True)
    slow.go.set()
    with pytest.raises(OSError, match="no"):
        await hold(slow)
    assert not slow.closed.is_set()


@pytest.mark.parametrize("refuses", [False, True])
async def test_who_leaves_while_it_opens_leaves_nothing_open(refuses):
    slow = Slow(refuses)
    task = asyncio.create_task(hold(slow))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    slow.go.set()
    if not refuses:
        assert await asyncio.to_thread(slow.closed.wait, 10)
    await asyncio.sleep(0)


async def test_who_leaves_while_it_is_open_closes_it():
    slow, began = Slow(), asyncio.Event()
    slow.go.set()
    task = asyncio.create_task(hold(slow, began))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert slow.closed.is_set()
