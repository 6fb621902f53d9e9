"""Widgets in a ring of references are taken apart in the window's thread alone."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kling_desktop.ui.garbage import GarbageRounds, oldest_due


class Ring(QWidget):
    """Nobody's widget, which holds itself."""

    def __init__(self, ends):
        super().__init__()
        self.me = self
        # A lambda without a receiver: it is called in the thread that takes the widget apart.
        self.destroyed.connect(
            lambda: ends.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
        )


def make_garbage_elsewhere():
    def many():
        for _ in range(20_000):
            ring = []
            ring.append(ring)

    thread = threading.Thread(target=many)
    thread.start()
    thread.join()


@pytest.fixture
def by_python():
    """As a program begins: Python collects by itself."""
    gc.collect()
    gc.enable()
    yield
    gc.disable()


def test_python_itself_would_do_it_anywhere(qapp, by_python):
    ends = []
    ring = Ring(ends)
    del ring
    make_garbage_elsewhere()
    assert ends
    assert ends[0] is not threading.main_thread()


def test_rounds_do_it_in_the_windows_thread(qtbot, by_python):
    rounds = GarbageRounds(every=20)
    ends = []
    ring = Ring(ends)
    del ring
    make_garbage_elsewhere()
    assert not ends
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [threading.main_thread()]
    rounds.spare_what_is_there()
    assert gc.get_freeze_count()
    rounds.close()
    assert not gc.get_freeze_count()


@pytest.mark.parametrize(
    ("counts", "due"),
    [((10, 0, 0), None), ((2001, 3, 3), 0), ((2001, 21, 3), 1), ((0, 21, 41), 2), ((0, 0, 41), 2)],
)
def test_the_oldest_that_is_due(counts, due):
    assert oldest_due(counts) == due
