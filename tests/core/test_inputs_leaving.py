"""Inputs on their way out, copies that fit, and what a killed run left behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.core.inputs import Inputs
from kling_desktop.media.probe import probe
from kling_desktop.records.media import MediaRef
from kling_desktop.records.sound import Part
from kling_desktop.store.database import Database
from tests.helpers.inputs import ZOO, inputs_in, refused, saved
from tests.helpers.media_zoo import ClipPlan, camera_jpeg, numbered_clip, scene
from tests.helpers.sounds import stairs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "kling.sqlite3")
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def web():
    """What lies at each URL; an error is raised."""
    return {}


@pytest.fixture
def inputs(tmp_path, database, web):
    made = inputs_in(tmp_path, database, web)
    yield made
    made._writer.close()


@pytest.fixture
def files(tmp_path):
    """The names in the store of inputs."""
    return lambda: sorted(path.name for path in (tmp_path / "inputs").iterdir())


@pytest.fixture
def given(tmp_path):
    """A folder of the person's own."""
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


async def test_a_copy_that_fits(inputs, given):
    stored = await inputs.take_file(saved(scene(900, 600), given / "wide cat.bmp"))
    limits = FieldLimits(max_width=600, formats=("image/jpeg",))
    fitted = await inputs.fitted(stored.ref, limits)
    assert (fitted.name, fitted.facts.content_type) == ("wide cat.jpg", "image/jpeg")
    assert (fitted.facts.width, fitted.facts.height) == (600, 400)
    assert inputs.get(stored.ref) is not None


async def test_a_copy_that_cannot_fit_or_be_written(inputs, given, tmp_path):
    stored = await inputs.take_file(saved(scene(), given / "a.png"))
    assert (await refused(inputs.fitted(stored.ref, FieldLimits(min_width=9000)))).code
    shutil.rmtree(tmp_path / "outgoing")
    (tmp_path / "outgoing").write_text("in the way")
    limits = FieldLimits(max_width=100)
    assert (await refused(inputs.fitted(stored.ref, limits))).code == "input_not_kept"


async def test_a_part_of_a_sound(inputs, given):
    stored = await inputs.take_file(stairs(given / "my talk.wav", 7))
    limits = FieldLimits(max_duration=60, formats=("audio/mpeg",))
    part = await inputs.sound_of(stored.ref, limits, Part(1, 4))
    assert (part.name, part.facts.content_type) == ("my talk.mp3", "audio/mpeg")
    assert part.facts.duration == pytest.approx(3, abs=0.01)
    assert inputs.path(stored.ref).exists()
    assert (await refused(inputs.sound_of(stored.ref, limits, Part(8, 9)))).code
    assert not [one for one in inputs._outgoing_now.iterdir() if one.suffix != ".part"]


async def test_the_beginning_of_a_clip(inputs, given):
    stored = await inputs.take_file(numbered_clip(given / "a.mp4", ClipPlan(frames=48)))
    short = await inputs.beginning_of(stored.ref, 1.0)
    assert short.facts.duration <= 1
    assert (short.name, inputs.path(stored.ref).exists()) == ("a.mp4", True)


async def test_what_is_sent_tells_nothing_of_the_person(inputs, given):
    stored = await inputs.take_file(camera_jpeg(given / "a.jpg", orientation=6))
    parcel = await inputs.to_send(stored.ref)
    with Image.open(parcel.path) as picture:
        assert not picture.getexif()
        assert picture.size == (480, 320)
    assert b"Secret" not in parcel.path.read_bytes()
    assert parcel.size == parcel.path.stat().st_size
    inputs.sent(parcel)
    inputs.sent(parcel)
    assert not parcel.path.exists()
    assert inputs.path(stored.ref).exists()


async def test_what_is_clean_is_sent_as_it_is(inputs, given):
    stored = await inputs.take_file(saved(scene(), given / "a.png"))
    parcel = await inputs.to_send(stored.ref)
    assert parcel.path == inputs.path(stored.ref)
    inputs.sent(parcel)
    assert parcel.path.exists()


@pytest.mark.parametrize(("sort", "content_types"), [
    ("gif that moves", {"image/jpeg", "image/png"}),
    ("cmyk", {"image/jpeg"}),
    ("clip", {"video/mp4"}),
    ("sound", {"audio/mp4"}),
])  # fmt: skip
async def test_the_content_type_is_that_of_the_bytes_sent(inputs, given, sort, content_types):
    stored = await inputs.take_file(ZOO[sort](given))
    parcel = await inputs.to_send(stored.ref)
    assert parcel.content_type in content_types
    assert parcel.content_type == probe(parcel.path).content_type
    assert parcel.name == f"a{parcel.path.suffix}"


async def test_what_cannot_be_sent_is_told(inputs, given, tmp_path):
    stored = await inputs.take_file(camera_jpeg(given / "a.jpg"))
    unknown = MediaRef("0" * 64, ".jpg")
    assert (await refused(inputs.to_send(unknown))).values["name"] == unknown.file_name
    (tmp_path / "outgoing").write_text("in the way")
    assert (await refused(inputs.to_send(stored.ref))).code == "copy_not_made"
    inputs.path(stored.ref).unlink()
    assert (await refused(inputs.to_send(stored.ref))).code == "input_gone"


async def test_what_an_earlier_run_left_is_cleaned_and_nothing_else(inputs, given, files, tmp_path):
    stored = await inputs.take_file(camera_jpeg(given / "a.jpg"))
    parcel = await inputs.to_send(stored.ref)
    earlier = Inputs(tmp_path / "inputs", tmp_path / "outgoing", None, None, None)
    for left in (earlier._part(".jpg"), earlier._part(), inputs._part()):
        left.write_bytes(b"half")
    (tmp_path / "inputs" / "old.part.from").write_text("{}")
    (earlier._made_folder() / "copy.jpg").write_bytes(b"x")
    (tmp_path / "outgoing" / "loose.jpg").write_bytes(b"x")
    await inputs.tidy()
    assert len(files()) == 2
    assert stored.ref.file_name in files()
    assert [path.parent for path in (tmp_path / "outgoing").rglob("*.*")] == [parcel.path.parent]


DIES = """
import asyncio, os, signal, sys
from pathlib import Path
from kling_desktop.core.inputs import Inputs
from kling_desktop.core.writer import Writer
folder, given, where = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def half(url, part):
    part.write_bytes(given.read_bytes()[:1000])
    die()

class Store:
    add = die

inputs = Inputs(folder / "inputs", folder / "outgoing", Store(), Writer(), half)
asyncio.run(inputs.take_url("https://x/a.jpg") if where == "fetch" else inputs.take_file(given))
"""


@pytest.mark.parametrize(("where", "left"), [("fetch", ".part"), ("row", ".jpg")])
async def test_killed_in_the_middle_the_next_drop_finds_a_clean_house(
    inputs, given, files, tmp_path, where, left
):
    path = camera_jpeg(given / "a.jpg")
    died = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", DIES, str(tmp_path), str(path), where],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert died.returncode == -signal.SIGKILL
    assert [Path(name).suffix for name in files()] == [left]
    await inputs.tidy()
    stored = await inputs.take_file(path)
    assert files() == [stored.ref.file_name]
    assert inputs.get(stored.ref) == stored
