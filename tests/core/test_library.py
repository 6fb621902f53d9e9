"""The library: what is in it is found, and no change undoes another."""

from __future__ import annotations

import asyncio

import pytest

from kling_desktop.store.database import Database
from tests.helpers.library import House
from tests.helpers.records import a_clip


@pytest.fixture
def house(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    made = House(tmp_path, database)
    yield made
    made.writer.close()
    database.close()


def test_what_is_there_is_found(house):
    clip = house.clip()
    library = house.library
    assert library.ids() == library.ids("turns window") == ["clip"]
    assert library.ids("dog") == []
    assert library.window(["clip", "other"]) == [clip]
    assert (library.get("clip"), library.get("other")) == (clip, None)
    assert library.takes("shot") == [clip]


def test_a_listener_that_breaks_does_not_break_the_engine(house, noise):
    noise.allow("a listener to")
    house.library.added.connect(lambda _clip: 1 // 0)
    house.library.tell_added(house.clip())
    assert house.said == [("added", "clip")]


async def test_rating_and_seeing(house):
    house.clip()
    await house.library.rate("clip", 9)
    await house.library.mark_seen("clip")
    await house.library.mark_seen("clip")
    await house.library.rate("clip", 5)
    await house.library.rate("no such clip", 5)
    clip = house.library.get("clip")
    assert (clip.stars, clip.seen) == (5, True)
    assert house.said == [("changed", "clip")] * 2
    await house.library.rate("clip", -3)
    assert house.library.get("clip").stars == 0


async def test_changes_at_the_same_moment_do_not_undo_each_other(house):
    for number in range(10):
        house.store.save(a_clip(clip_id=str(number)))
    await asyncio.gather(
        *(house.library.rate(str(number), 4) for number in range(10)),
        *(house.library.mark_seen(str(number)) for number in range(10)),
    )
    clips = house.library.window([str(number) for number in range(10)])
    assert {(clip.stars, clip.seen) for clip in clips} == {(4, True)}
