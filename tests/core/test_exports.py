"""Copies for outside: the whole clip or one frame, over what was there or not at all."""

from __future__ import annotations

import pytest
from PIL import Image

from kling_desktop.media.recipe import sidecar_of, write_recipe
from kling_desktop.store.database import Database
from tests.helpers.core import full_disk
from tests.helpers.library import RECIPE, House, problem_of
from tests.helpers.media_zoo import number_in, scene


@pytest.fixture
def house(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    made = House(tmp_path, database)
    yield made
    made.writer.close()
    database.close()


async def test_a_copy_is_the_whole_file_with_its_recipe(house, tmp_path):
    clip = house.clip()
    target = tmp_path / "there.mp4"
    target.write_bytes(b"an older one")
    assert await house.library.save_as("clip", target) == target
    assert target.read_bytes() == clip.path.read_bytes()
    assert sorted(path.name for path in tmp_path.glob("there*")) == ["there.mp4"]


async def test_over_itself_it_stays_itself(house):
    clip = house.clip()
    data = clip.path.read_bytes()
    await house.library.save_as("clip", clip.path)
    assert clip.path.read_bytes() == data


async def test_a_file_that_cannot_carry_its_recipe_takes_it_along(house, tmp_path):
    raw = tmp_path / "raw.png"
    scene().save(raw)
    house.clip("cat_A.png", lambda path: write_recipe(raw, RECIPE, path))
    target = tmp_path / "there.png"
    await house.library.save_as("clip", target)
    assert sidecar_of(target).read_bytes() == sidecar_of(house.clips / "cat_A.png").read_bytes()


async def test_a_full_disk_leaves_what_was_there(house, tmp_path):
    house.clip()
    target = tmp_path / "there.mp4"
    target.write_bytes(b"an older one")
    with full_disk(2000):
        problem = await problem_of(house.library.save_as("clip", target))
    assert (problem.code, problem.values["reason"]) == ("copy_failed", "File too large")
    assert target.read_bytes() == b"an older one"
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


async def test_a_folder_that_is_not_there(house, tmp_path):
    house.clip()
    problem = await problem_of(house.library.save_as("clip", tmp_path / "no" / "x.mp4"))
    assert problem.values["reason"] == "No such file or directory"
    problem = await problem_of(house.library.save_frame("clip", 0, tmp_path / "no" / "x.png"))
    assert problem.code == "copy_failed"


async def test_a_frame_is_the_one_asked_for(house, tmp_path):
    house.clip()
    target = tmp_path / "frame.png"
    target.write_bytes(b"an older one")
    for index, number in ((0, 0), (7, 7), (None, 11)):
        assert await house.library.save_frame("clip", index, target) == target
        with Image.open(target) as picture:
            assert (picture.format, number_in(picture)) == ("PNG", number)


async def test_a_frame_that_is_not_there(house, tmp_path):
    house.clip()
    problem = await problem_of(house.library.save_frame("clip", 12, tmp_path / "x.png"))
    assert (problem.code, problem.values["number"]) == ("no_such_frame", 12)
    assert not list(tmp_path.glob("*.png"))


async def test_a_clip_that_is_gone(house, tmp_path):
    clip = house.clip()
    clip.path.unlink()
    for work in (
        house.library.save_as("clip", tmp_path / "x.mp4"),
        house.library.save_frame("clip", 0, tmp_path / "x.png"),
        house.library.recipe("no such clip"),
    ):
        assert (await problem_of(work)).code == "clip_gone"


async def test_the_recipe_is_read_from_the_file(house):
    house.clip()
    assert await house.library.recipe("clip") == RECIPE
