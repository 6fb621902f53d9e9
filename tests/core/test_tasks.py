"""Tasks are held while they run, and heard when they break."""

from __future__ import annotations

import asyncio
import gc

from kling_desktop.core.tasks import Tasks


async def test_a_task_nobody_holds_is_not_collected():
    tasks, done = Tasks(), []

    async def work():
        await asyncio.sleep(0.01)
        done.append(True)

    tasks.spawn(work(), "work")
    gc.collect()
    await tasks.settle(1)
    assert (done, len(tasks)) == ([True], 0)


async def test_what_breaks_is_logged_and_told(noise):
    noise.allow("task work broke")
    tasks, heard = Tasks(), []

    async def work():
        raise ValueError("oh")

    tasks.spawn(work(), "work", heard.append)
    await tasks.settle(1)
    assert [type(error) for error in heard] == [ValueError]


async def test_what_breaks_without_a_listener_is_an_error_in_the_log(noise):
    noise.allow("ERROR .* task work broke")
    tasks = Tasks()

    async def work():
        raise ValueError("oh")

    tasks.spawn(work(), "work")
    await tasks.settle(1)


async def test_closing_cancels():
    tasks, heard = Tasks(), []
    tasks.spawn(asyncio.sleep(100), "sleep", heard.append)
    await tasks.close(1)
    assert (len(tasks), heard) == (0, [])


async def test_a_task_that_does_not_end_is_named(noise):
    noise.allow("task deaf did not end in time")
    tasks, stop = Tasks(), asyncio.Event()

    async def deaf():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            await stop.wait()

    tasks.spawn(deaf(), "deaf")
    await asyncio.sleep(0)
    await tasks.close(0.01)
    stop.set()
    await tasks.settle(1)
