import asyncio
import time

import pytest
from PySide6.QtCore import QTimer

from kling_desktop.ui.loop import QtLoop, run


@pytest.fixture
def on_loop(qapp):
    """Runs a coroutine on the loop of the program."""

    def start(main):
        return run(qapp, main)

    return start


def test_it_runs_and_gives_the_answer(on_loop):
    async def main():
        assert isinstance(asyncio.get_running_loop(), QtLoop)
        await asyncio.sleep(0)
        return 7

    assert on_loop(main()) == 7


def test_equal_delays_keep_their_order(on_loop):
    async def main():
        loop, seen = asyncio.get_running_loop(), []
        base = loop.time()
        for number in range(20):
            loop.call_at(base + 0.02 + number * 1e-6, seen.append, number)
        loop.call_at(base + 0.01, seen.append, "first")
        loop.call_soon(seen.append, "soon")
        loop.call_later(0, seen.append, "sooner than later")
        await asyncio.sleep(0.2)
        assert seen == ["soon", "sooner than later", "first", *range(20)]
        return 0

    on_loop(main())


def test_a_task_that_lets_qt_look_at_its_events_takes_no_waking_from_others(on_loop, qapp):
    async def main():
        woken = asyncio.get_running_loop().create_future()

        async def other():
            return await woken

        waiting = asyncio.create_task(other())
        await asyncio.sleep(0)
        woken.set_result(7)
        for _ in range(3):
            qapp.processEvents()
        assert not waiting.done()
        return await asyncio.wait_for(waiting, 5)

    assert on_loop(main()) == 7


def test_sleeps_never_wake_early(on_loop):
    async def main():
        early = 0
        for _ in range(30):
            before = time.monotonic()
            await asyncio.sleep(0.0037)
            early += time.monotonic() - before < 0.0037
        return early

    assert on_loop(main()) == 0


def test_cancelled_calls_never_run_and_leave_no_timer(on_loop):
    async def main():
        loop, seen = asyncio.get_running_loop(), []
        for _ in range(1000):
            loop.call_later(60, seen.append, 1).cancel()
        assert len(loop._scheduled) <= 101
        assert loop._timer_cancelled_count <= 101
        before_the_first = loop.call_later(0.01, seen.append, 2)
        before_the_first.cancel()
        await asyncio.sleep(0.03)
        assert seen == []
        return 0

    on_loop(main())


def test_timeouts_leave_no_timers_behind(on_loop):
    async def main():
        loop = asyncio.get_running_loop()
        for _ in range(500):
            async with asyncio.timeout(120):
                await asyncio.sleep(0)
        timers = loop._timer.findChildren(QTimer)
        assert len(timers) == 0
        assert len(loop._scheduled) <= 101
        return 0

    on_loop(main())


def test_an_earlier_call_is_not_kept_waiting_by_a_later_one(on_loop):
    async def main():
        loop = asyncio.get_running_loop()
        later = loop.call_later(5, lambda: None)
        before = loop.time()
        await asyncio.sleep(0.02)
        later.cancel()
        assert loop.time() - before < 1
        return 0

    on_loop(main())


def test_delayed_calls_are_real_timer_handles(on_loop):
    async def main():
        loop = asyncio.get_running_loop()
        handle = loop.call_later(1, print)
        assert handle.when() == pytest.approx(loop.time() + 1, abs=0.1)
        handle.cancel()
        return 0

    on_loop(main())


def test_timeout_and_threads_and_groups(on_loop):
    async def main():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(5)
        async with asyncio.TaskGroup() as group:
            one = group.create_task(asyncio.to_thread(sum, [1, 2]))
            two = group.create_task(asyncio.sleep(0.001, 5))
        return one.result() + two.result()

    assert on_loop(main()) == 8


def test_the_last_window_stops_nothing(on_loop, qtbot):
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)

    async def main():
        window.show()
        await asyncio.sleep(0.01)
        window.close()
        await asyncio.sleep(0.05)
        return 3

    assert on_loop(main()) == 3


def test_an_error_comes_out_and_the_loop_is_closed(on_loop):
    kept = []

    async def main():
        kept.append(asyncio.get_running_loop())
        raise ValueError("out")

    with pytest.raises(ValueError, match="out"):
        on_loop(main())
    assert kept[0].is_closed()
