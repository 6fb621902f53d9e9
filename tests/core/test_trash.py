"""Deleting: into the system's trash and back, whatever happens in between."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import send2trash.plat_other as system

from kling_desktop.core.writer import Writer
from kling_desktop.media.recipe import sidecar_of
from kling_desktop.store.clips import ClipStore
from kling_desktop.store.database import Database
from tests.helpers.library import House, problem_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    made = House(tmp_path, database)
    yield made
    made.writer.close()
    database.close()


def in_trash():
    folder = Path(system.HOMETRASH) / "files"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def no_trash(path):
    raise OSError(f"no trash for {path.name}")


async def test_a_deleted_clip_is_in_the_trash_of_the_system(house):
    house.clip("dog_A.mp4")
    before = in_trash()
    await house.library.trash("clip")
    assert house.files() == []
    assert len(in_trash()) == len(before) + 2
    assert (house.library.ids(), house.said) == ([], [("removed", "clip")])
    assert house.library.takes("shot") == []


async def test_undo_brings_back_file_sidecar_and_row(house):
    clip = house.clip()
    data, names = clip.path.read_bytes(), house.files()
    await house.library.rate("clip", 4)
    await house.library.trash("clip")
    await house.library.undo_trash("clip")
    assert (clip.path.read_bytes(), house.files()) == (data, names)
    assert house.library.get("clip") == dataclasses.replace(clip, stars=4)
    assert house.said[-2:] == [("removed", "clip"), ("added", "clip")]
    assert house.kept() == []
    assert (await house.library.recipe("clip")).request_id == "r1"


async def test_deleting_and_undoing_twice_changes_nothing(house):
    house.clip()
    await asyncio.gather(house.library.trash("clip"), house.library.trash("clip"))
    await asyncio.gather(house.library.undo_trash("clip"), house.library.undo_trash("clip"))
    await house.library.trash("no such clip")
    await house.library.undo_trash("no such clip")
    assert house.said == [("removed", "clip"), ("added", "clip")]


async def test_a_name_that_was_taken_meanwhile_is_not_overwritten(house):
    clip = house.clip()
    data = clip.path.read_bytes()
    await house.library.trash("clip")
    clip.path.write_bytes(b"another one")
    (house.clips / "cat_A (2).mp4.kling.json").write_text("{}")
    await house.library.undo_trash("clip")
    back = house.library.get("clip")
    assert back.path.name == "cat_A (3).mp4"
    assert back.path.read_bytes() == data
    assert sidecar_of(back.path).exists()
    assert clip.path.read_bytes() == b"another one"


async def test_a_folder_that_is_gone_is_made_again(house):
    clip = house.clip()
    await house.library.trash("clip")
    shutil.rmtree(house.clips)
    await house.library.undo_trash("clip")
    assert clip.path.exists()


async def test_a_clip_whose_file_is_gone_can_be_taken_out_and_back(house):
    clip = house.clip()
    clip.path.unlink()
    sidecar_of(clip.path).unlink()
    await house.library.trash("clip")
    assert house.library.ids() == []
    await house.library.undo_trash("clip")
    assert house.library.ids() == ["clip"]
    assert not clip.path.exists()


async def test_where_there_is_no_trash_nothing_changes(house):
    clip = house.clip()
    names = house.files()
    library = house.restarted(to_system=no_trash)
    problem = await problem_of(library.trash("clip"))
    assert (problem.code, problem.values["name"]) == ("trash_failed", "cat_A.mp4")
    assert "no trash for" in problem.said()
    assert (house.files(), house.kept(), house.said) == (names, [], [])
    assert library.get("clip") == clip


async def test_a_trash_that_takes_half_gives_it_back(house):
    house.clip()
    names = house.files()

    def half(path):
        if path.suffix == ".mp4":
            raise PermissionError(13, "Permission denied")
        path.unlink()

    problem = await problem_of(house.restarted(to_system=half).trash("clip"))
    assert problem.values["reason"] == "Permission denied"
    assert house.files() == names
    assert house.kept() == []


async def test_a_row_that_cannot_be_written_gives_the_file_back(house):
    house.clip()
    names = house.files()

    class Full(ClipStore):
        def save(self, clip):
            raise RuntimeError("disk full")

    house.store = Full(house.store._database)
    with pytest.raises(RuntimeError, match="disk full"):
        await house.restarted().trash("clip")
    assert house.files() == names


async def test_stopped_while_the_row_is_written_the_start_decides(house):
    clip = house.clip()
    names = house.files()

    class Stopped(Writer):
        async def run(self, call, *args, **kwargs):
            raise asyncio.CancelledError

    writer, house.writer = house.writer, Stopped()
    with pytest.raises(asyncio.CancelledError):
        await house.restarted().trash("clip")
    house.writer.close()
    house.writer = writer
    assert not clip.path.exists()
    await house.restarted().tidy()
    assert house.files() == names


async def test_after_the_end_there_is_no_undo_and_that_is_said(house):
    house.clip()
    await house.library.trash("clip")
    assert house.kept()
    await house.library.forget_undo()
    assert house.kept() == []
    problem = await problem_of(house.restarted().undo_trash("clip"))
    assert problem.code == "undo_over"
    assert "trash of your system" in problem.said()


async def test_a_folder_that_refuses_keeps_the_way_back(house):
    clip = house.clip()
    await house.library.trash("clip")
    shutil.rmtree(house.clips)
    house.clips.write_text("in the way")
    assert (await problem_of(house.library.undo_trash("clip"))).code == "undo_failed"
    house.clips.unlink()
    await house.library.undo_trash("clip")
    assert clip.path.exists()


async def test_the_start_ends_what_a_killed_run_left(house):
    house.clip()
    await house.library.trash("clip")
    library = house.restarted()
    await library.tidy()
    assert (house.kept(), library.ids(), house.said) == ([], [], [])


async def test_killed_between_the_trash_and_the_row_the_clip_comes_back(house):
    clip = house.clip()
    names = house.files()
    house.library._trash.take(clip)
    library = house.restarted()
    await library.tidy()
    assert (house.files(), library.ids(), house.kept()) == (names, ["clip"], [])
    assert house.said == [("changed", "clip")]


async def test_killed_between_the_way_back_and_the_row_the_clip_comes_back(house):
    clip = house.clip()
    names = house.files()
    await house.library.trash("clip")
    house.library._trash.bring_back(house.library.get("clip"))
    library = house.restarted()
    await library.tidy()
    assert (house.files(), library.get("clip"), house.kept()) == (names, clip, [])
    assert house.said == [("added", "clip")]


async def test_killed_there_undo_does_not_make_a_second_one(house):
    clip = house.clip()
    names = house.files()
    await house.library.trash("clip")
    house.library._trash.bring_back(house.library.get("clip"))
    sidecar_of(clip.path).unlink()
    await house.library.undo_trash("clip")
    assert (house.files(), house.library.get("clip")) == (names, clip)


async def test_a_drive_that_is_away_is_waited_for(house):
    clip = house.clip()
    house.library._trash.take(clip)
    shutil.rmtree(house.clips)
    await house.restarted().tidy()
    assert house.kept()
    house.clips.mkdir()
    await house.restarted().tidy()
    assert clip.path.exists()


async def test_what_belongs_to_nobody_is_let_go(house):
    (house.folder / "undo" / "unknown").mkdir(parents=True)
    (house.folder / "undo" / "unknown" / "x.mp4").write_bytes(b"x")
    await house.library.tidy()
    assert house.kept() == []


async def test_without_links_a_copy_serves(house, monkeypatch):
    """As on exFAT and between two drives."""

    def refuse(*_, **__):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    clip = house.clip()
    data = clip.path.read_bytes()
    await house.library.trash("clip")
    await house.library.undo_trash("clip")
    assert clip.path.read_bytes() == data


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from kling_desktop.core.library import Library
from kling_desktop.core.writer import Writer
from kling_desktop.store.clips import ClipStore
from kling_desktop.store.database import Database
folder, where = Path(sys.argv[1]), sys.argv[2]
database = Database(folder / "kling.sqlite3")
database.open()

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def trash(path):
    if where == path.suffix:
        die()
    path.unlink()

class Store(ClipStore):
    def save(self, clip):
        die()

store = (Store if where == "row" else ClipStore)(database)
library = Library(store, Writer(), folder / "posters", trash)
asyncio.run(library.trash("clip"))
die()
"""


@pytest.mark.parametrize(("where", "is_there"), [(".json", 1), (".mp4", 1), ("row", 1), ("", 0)])
async def test_killed_anywhere_while_deleting_it_is_deleted_or_not(house, where, is_there):
    clip = house.clip()
    names = house.files()
    died = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", KILLED, str(house.folder), where],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert died.returncode == -signal.SIGKILL
    library = house.restarted()
    await library.tidy()
    assert len(library.ids()) == is_there
    assert house.files() == (names if is_there else [])
    assert clip.path.exists() == bool(is_there)
    assert house.kept() == []
