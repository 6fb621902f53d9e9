"""Folders: everything below --data-dir, or where the platform keeps such things."""

from __future__ import annotations

from pathlib import Path

import pytest

from kling_desktop.core.folders import Folders


def test_with_a_data_folder_everything_lies_below_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folders = Folders.below(Path("here"))
    root = (tmp_path / "here").resolve()
    assert folders.data == root
    for path in (
        folders.clips, folders.database, folders.settings, folders.window, folders.inputs,
        folders.posters, folders.outgoing, folders.logs, folders.rehearsal,
    ):  # fmt: skip
        assert path.parent == root


def test_a_tilde_is_the_home_folder(own_home):
    assert Folders.below(Path("~/kling")).data == own_home / "kling"


def test_without_one_clips_go_to_videos_and_the_rest_to_the_platform(own_home):
    folders = Folders.below(None)
    assert folders.data.is_relative_to(own_home)
    assert folders.data.name == "kling-desktop"
    assert folders.clips.name == "Kling Desktop"
    assert folders.clips.is_relative_to(own_home)
    assert not folders.clips.is_relative_to(folders.data)


def test_folders_are_made_and_can_be_there_already(tmp_path):
    folders = Folders.below(tmp_path / "a" / "b")
    folders.create()
    folders.create()
    made = {path.name for path in folders.data.iterdir()}
    assert made == {"inputs", "posters", "logs", "rehearsal"}


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        Folders.below(tmp_path / "file" / "data").create()
