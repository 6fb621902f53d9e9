from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from kling_desktop.ui.library.posters import PosterShelf
from tests.helpers.queue import Posters, clips, plain_picture

SIZE = QSize(168, 94)


@pytest.fixture
def port():
    return Posters(at_once=False)


@pytest.fixture
def seen():
    return {f"c{number}" for number in range(100)}


@pytest.fixture
def shelf(qapp, port, seen):
    return PosterShelf(port, seen.__contains__, limit=10 * 168 * 94 * 4)


def wish(shelf, qtbot, count):
    for clip in clips(count):
        assert shelf.picture(clip, SIZE) is None
    qtbot.waitUntil(lambda: not shelf._soon.isActive())


def test_the_newest_wish_is_asked_first_and_only_a_few_at_once(shelf, port, qtbot):
    wish(shelf, qtbot, 10)
    assert [clip_id for clip_id, _ in port.wishes] == ["c9", "c8", "c7", "c6"]
    with qtbot.waitSignal(shelf.arrived) as arrived:
        port.wishes[0][1](plain_picture(QSize(640, 480)))
    assert arrived.args == ["c9"]
    qtbot.waitUntil(lambda: len(port.wishes) == 5)


def test_what_is_out_of_sight_is_not_asked_for(shelf, port, seen, qtbot):
    for clip in clips(10):
        shelf.picture(clip, SIZE)
    seen.clear()
    seen.add("c3")
    qtbot.waitUntil(lambda: not shelf._soon.isActive())
    assert [clip_id for clip_id, _ in port.wishes] == ["c3"]


def test_a_picture_is_cut_to_the_size_and_asked_once(shelf, port, qtbot):
    wish(shelf, qtbot, 1)
    clip = clips(1)[0]
    shelf.picture(clip, SIZE)
    port.wishes[0][1](plain_picture(QSize(100, 900)))
    assert shelf.picture(clip, SIZE).size() == SIZE
    assert len(port.wishes) == 1
    assert shelf.picture(clip, SIZE * 2).size() == SIZE
    qtbot.waitUntil(lambda: len(port.wishes) == 2)


def test_a_clip_without_a_picture_is_asked_again_only_when_it_changed(shelf, port, qtbot):
    wish(shelf, qtbot, 1)
    clip = clips(1)[0]
    port.wishes[0][1](None)
    shelf.picture(clip, SIZE)
    assert not shelf._soon.isActive()
    shelf.forget("c0")
    shelf.picture(clip, SIZE)
    qtbot.waitUntil(lambda: len(port.wishes) == 2)


def test_memory_is_bounded(qapp, seen, qtbot):
    port = Posters()
    shelf = PosterShelf(port, seen.__contains__, limit=10 * 168 * 94 * 4)
    for clip in clips(60):
        shelf.picture(clip, SIZE)
        qtbot.waitUntil(lambda: not shelf._soon.isActive())
    assert shelf.bytes_kept <= 10 * 168 * 94 * 4
    assert len(port.wishes) == 60
