"""Posters: made once, kept, made anew where damaged, and bounded."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image

from kling_desktop.core.posters import PosterFolder
from kling_desktop.records.media import MediaKind
from kling_desktop.store.database import Database
from tests.helpers.core import full_disk, old
from tests.helpers.library import House, problem_of
from tests.helpers.media_zoo import scene, sound_only


@pytest.fixture
def house(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    made = House(tmp_path, database)
    yield made
    made.writer.close()
    database.close()


async def test_it_is_made_once_and_fits(house, tmp_path):
    clip = house.clip()
    data = await house.library.poster("clip", 160, 90)
    (tmp_path / "p.jpg").write_bytes(data)
    with Image.open(tmp_path / "p.jpg") as picture:
        assert (picture.format, picture.height) == ("JPEG", 90)
    (kept,) = (house.folder / "posters").iterdir()
    assert kept.name == f"{clip.sha256}-160x90.jpg"
    kept.write_bytes(b"\xff\xd8marked\xff\xd9")
    assert await house.library.poster("clip", 160, 90) == b"\xff\xd8marked\xff\xd9"
    assert await house.library.poster("clip", 80, 45) != data


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8cut", b"nothing"])
async def test_a_damaged_one_is_made_anew(house, damage):
    house.clip()
    data = await house.library.poster("clip", 160, 90)
    (kept,) = (house.folder / "posters").iterdir()
    kept.write_bytes(damage)
    assert await house.library.poster("clip", 160, 90) == data == kept.read_bytes()


async def test_a_picture_has_one_and_sound_has_none(house):
    house.clip("cat.png", lambda path: scene().save(path), "picture")
    assert (await house.library.poster("picture", 96, 96)).startswith(b"\xff\xd8")
    clip = house.clip("cat.m4a", sound_only, "sound")
    assert clip.kind is MediaKind.AUDIO
    problem = await problem_of(house.library.poster("sound", 96, 96))
    assert problem.code == "media_nothing_to_show"


async def test_a_clip_that_is_gone_has_none(house):
    clip = house.clip()
    await house.library.poster("clip", 160, 90)
    clip.path.unlink()
    assert (await problem_of(house.library.poster("clip", 160, 90))).code == "clip_gone"
    assert (await problem_of(house.library.poster("other", 160, 90))).code == "clip_gone"


async def test_a_folder_that_cannot_be_written_does_not_matter(house):
    house.clip()
    with full_disk(100):
        data = await house.library.poster("clip", 160, 90)
    assert data.startswith(b"\xff\xd8")
    assert list((house.folder / "posters").iterdir()) == []
    shutil.rmtree(house.folder / "posters")
    (house.folder / "posters").write_text("in the way")
    assert await house.library.poster("clip", 160, 90) == data


async def test_the_longest_unused_go_first(tmp_path):
    for number in range(10):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(b"x" * 100)
        old(path, 1000 - number)
    (tmp_path / "left.part").write_bytes(b"x" * 100)
    PosterFolder(tmp_path, most_bytes=350).tidy()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["7.jpg", "8.jpg", "9.jpg"]


async def test_what_is_used_again_is_not_the_longest_unused(house):
    house.clip()
    await house.library.poster("clip", 160, 90)
    (kept,) = (house.folder / "posters").iterdir()
    old(kept, 90 * 24 * 3600)
    before = kept.stat().st_mtime
    await house.library.poster("clip", 160, 90)
    assert kept.stat().st_mtime > before + 3600


async def test_leftovers_are_thrown_away_at_the_start(house):
    (house.folder / "posters").mkdir()
    (house.folder / "posters" / "x.part").write_bytes(b"x")
    await house.library.tidy()
    assert list((house.folder / "posters").iterdir()) == []
