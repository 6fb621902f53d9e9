"""A ring is never lost, however early it comes."""

import asyncio

from kling_desktop.core.bells import Bells
from kling_desktop.core.clock import SystemClock


async def test_a_ring_for_all_reaches_a_job_that_does_not_wait_yet():
    bells = Bells(SystemClock())
    bells.hang("new")
    bells.ring_all()
    assert await asyncio.wait_for(bells.wait("new", None), 1)
