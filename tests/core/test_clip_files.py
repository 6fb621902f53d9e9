"""A finished download that is no media finds its place too: it was paid for."""

import pytest

from kling_desktop.core.clip_files import finish, recognized
from kling_desktop.core.clip_places import ClipPlace
from kling_desktop.core.problems import ClipRefusedError
from kling_desktop.media.recipe import sidecar_of
from kling_desktop.records.media import MediaKind
from tests.helpers.library import RECIPE

MESH = b"glTF\x02\x00\x00\x00" + bytes(200)


def test_a_mesh_is_kept_as_it_is(tmp_path):
    part = tmp_path / "download.part"
    part.write_bytes(MESH)
    place = ClipPlace(tmp_path / "clips", "dream_A")
    place.folder.mkdir()
    file = finish(part, place, RECIPE)
    assert file.path.name == "dream_A.glb"
    assert file.path.read_bytes() == MESH
    assert (file.facts.kind, file.facts.size) == (MediaKind.FILE, len(MESH))
    assert sidecar_of(file.path).exists()
    assert not part.exists()
    again = recognized(place, RECIPE)
    assert again is not None
    assert again.path == file.path


def test_words_in_place_of_a_file_are_refused(tmp_path):
    part = tmp_path / "download.part"
    part.write_text('{"detail": "gone"}')
    with pytest.raises(ClipRefusedError):
        finish(part, ClipPlace(tmp_path, "dream_A"), RECIPE)
    assert part.exists()
