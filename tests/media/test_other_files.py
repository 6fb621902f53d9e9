import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.media.magic import kind_of
from kling_desktop.media.other_files import other_file
from kling_desktop.records.media import MediaKind


@pytest.mark.parametrize(
    ("begins", "suffix"),
    [
        (b"glTF\x02\x00\x00\x00", ".glb"),
        (b"Kaydara FBX Binary  \x00", ".fbx"),
        (b"ply\nformat ascii 1.0\n", ".ply"),
        (b"\x1f\x8b\x08\x00", ".gz"),
        (b"%PDF-1.7\n", ".pdf"),
        (b"\x40\x00\x00\x00\x00\x00\x00\x00" + b'{"__metadata__":{}}', ".safetensors"),
    ],
)
def test_files_that_are_kept_though_nobody_here_shows_them(begins, suffix):
    assert other_file(begins.ljust(64, b"\0"))[:2] == (MediaKind.FILE, suffix)


def test_an_archive(tmp_path):
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "a")
    assert other_file(path.read_bytes())[1] == ".zip"


@pytest.mark.parametrize("begins", [b"", b"<html>", b'{"detail": "x"}', b"not found", bytes(64)])
def test_words_in_place_of_a_file_are_none(begins):
    assert other_file(begins) is None


@given(st.binary(max_size=80))
def test_any_bytes_are_told_apart(begins):
    assert other_file(begins) is None or kind_of(begins.ljust(64, b"\0")) is None
