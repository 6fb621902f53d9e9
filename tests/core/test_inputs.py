"""Inputs: whatever is dropped is kept whole under its hash, or refused with a reason."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
import tracemalloc

import pytest

from kling_desktop.media.probe import probe
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemError, ProblemKind
from kling_desktop.store.database import Database
from kling_desktop.store.inputs import InputStore
from tests.helpers.core import full_disk, until
from tests.helpers.inputs import ZOO, inputs_in, refused, saved
from tests.helpers.media_zoo import as_bytes, bomb_png, camera_jpeg, scene, sound_only, wav

NO_ANSWER = ProblemKind(code="no_answer", what="No answer.")


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


@pytest.mark.parametrize("sort", ZOO)
async def test_every_sort_of_file_is_kept_as_it_is(inputs, database, given, files, sort):
    path = ZOO[sort](given)
    data = path.read_bytes()
    stored = await inputs.take_file(path)
    assert stored.ref.sha256 == hashlib.sha256(data).hexdigest()
    assert inputs.path(stored.ref).read_bytes() == data == path.read_bytes()
    assert stored.facts == probe(path)
    assert stored.name == path.name
    assert files() == [stored.ref.file_name]
    database.close()
    assert InputStore(database).get(stored.ref) == stored


def _page(path):
    path.write_text("<!doctype html><html>not a picture")


def _cut(path):
    path.write_bytes(as_bytes(scene(), "PNG")[:-2000])


def _huge(path):
    with path.open("wb") as file:
        file.write(as_bytes(scene(), "JPEG"))
        file.truncate(10_000_000_000)


def _huge_picture(path):
    with path.open("wb") as file:
        file.write(as_bytes(scene(), "PNG"))
        file.truncate(300_000_000)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_page, "media_web_page"),
        (lambda path: path.write_bytes(b""), "media_empty"),
        (_cut, "media_picture_broken"),
        (lambda path: path.write_bytes(b"\x00" * 5000), "media_unknown_content"),
        (lambda path: bomb_png(path), "media_too_many_pixels"),
        (lambda path: os.mkfifo(path), "media_not_a_file"),
        (lambda path: path.symlink_to("/dev/zero"), "media_not_a_file"),
        (lambda path: path.mkdir(), "media_not_a_file"),
        (lambda path: path.symlink_to("/nowhere/at/all"), "media_unreadable"),
        (_huge, "media_file_too_large"),
        (_huge_picture, "media_file_too_large"),
    ],
)
async def test_what_is_no_picture_is_refused_and_leaves_nothing(inputs, given, files, make, code):
    path = given / "cat.png"
    make(path)
    async with asyncio.timeout(10):
        problem = await refused(inputs.take_file(path))
    assert problem.code == code
    assert files() == []


async def test_a_raw_picture_is_known_by_its_name(inputs, given):
    path = saved(scene(), given / "a.DNG", format="TIFF")
    assert (await refused(inputs.take_file(path))).code == "media_camera_raw"


async def test_a_link_to_a_picture_is_the_picture(inputs, given):
    path = camera_jpeg(given / "a.jpg")
    (given / "link.jpg").symlink_to(path)
    stored = await inputs.take_file(given / "link.jpg")
    assert (stored.name, inputs.path(stored.ref).is_symlink()) == ("link.jpg", False)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("кот 🐈.jpg", "кот 🐈.jpg"),
        (f"{'x' * 240}.jpg", f"{'x' * 240}.jpg"),
        (os.fsdecode(b"caf\xe9.jpg"), "caf?.jpg"),
        ("two\nlines\x07.jpg", "two lines .jpg"),
        ("no suffix", "no suffix"),
        ("a.b c", "a.b c"),
    ],
)
async def test_names_of_every_sort(inputs, database, given, name, kept):
    stored = await inputs.take_file(camera_jpeg(given / "x.jpg").rename(given / name))
    assert stored.name == kept
    assert stored.ref.suffix == ".jpg"
    assert InputStore(database).get(stored.ref).name == kept


async def test_the_same_bytes_are_one_input_whatever_they_are_called(inputs, given, files):
    first = camera_jpeg(given / "a.jpg")
    second = given / "b.PNG"
    second.write_bytes(first.read_bytes())
    one, two = await inputs.take_file(first), await inputs.take_file(second)
    assert one.ref == two.ref
    assert inputs.get(one.ref).name == "b.PNG"
    assert files() == [one.ref.file_name]


async def test_dropped_many_times_at_once_it_is_there_once(inputs, given, files):
    path = camera_jpeg(given / "a.jpg")
    taken = await asyncio.gather(*(inputs.take_file(path) for _ in range(8)))
    assert {stored.ref for stored in taken} == {taken[0].ref}
    assert files() == [taken[0].ref.file_name]


async def test_a_file_that_changes_meanwhile_is_one_of_its_states_or_refused(inputs, given):
    path, stop = given / "a.jpg", threading.Event()
    states = [as_bytes(scene(64 * n, 48 * n), "JPEG") for n in range(1, 6)]
    path.write_bytes(states[0])

    def change():
        number = 0
        while not stop.is_set():
            number += 1
            path.write_bytes(states[number % len(states)])

    changing = threading.Thread(target=change)
    changing.start()
    try:
        for _ in range(25):
            try:
                stored = await inputs.take_file(path)
            except ProblemError:
                continue
            kept = inputs.path(stored.ref)
            assert hashlib.sha256(kept.read_bytes()).hexdigest() == stored.ref.sha256
            assert probe(kept) == stored.facts
    finally:
        stop.set()
        changing.join()


async def test_dropping_it_again_heals_a_damaged_copy(inputs, given):
    path = camera_jpeg(given / "a.jpg")
    stored = await inputs.take_file(path)
    inputs.path(stored.ref).write_bytes(b"damaged")
    assert (await refused(inputs.to_send(stored.ref))).code == "input_gone"
    await inputs.take_file(path)
    assert inputs.path(stored.ref).read_bytes() == path.read_bytes()


async def test_a_large_file_is_never_in_memory_as_a_whole(inputs, given):
    path = wav(given / "a.wav", seconds=3000)
    size = path.stat().st_size
    tracemalloc.start()
    try:
        await inputs.take_file(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 40_000_000
    assert peak < 8_000_000


async def test_a_full_disk_is_told_and_leaves_nothing(inputs, given, files):
    path = camera_jpeg(given / "a.jpg", size=(1600, 1200))
    with full_disk(20_000):
        problem = await refused(inputs.take_file(path))
        pasted = await refused(inputs.take_bytes(path.read_bytes(), "pasted.png"))
    assert (problem.code, problem.values["reason"]) == ("input_not_kept", "File too large")
    assert pasted.code == "input_not_kept"
    assert files() == []
    await inputs.take_file(path)


async def test_a_folder_that_refuses_is_told(tmp_path, inputs, given, web):
    path = camera_jpeg(given / "a.jpg")
    (tmp_path / "inputs").rmdir()
    (tmp_path / "inputs").write_text("in the way")
    for work in (inputs.take_file(path), inputs.take_bytes(path.read_bytes(), "a.jpg")):
        problem = await refused(work)
        assert (problem.code, problem.values["reason"]) == ("input_not_kept", "Not a directory")


async def test_stopping_in_the_middle_leaves_the_next_one_free(inputs, given, files):
    path = camera_jpeg(given / "a.jpg", size=(2400, 1800))
    for _ in range(4):
        taking = asyncio.ensure_future(inputs.take_file(path))
        await asyncio.sleep(0.005)
        taking.cancel()
    stored = await inputs.take_file(path)
    await until(lambda: files() == [stored.ref.file_name])


async def test_a_pasted_picture(inputs, files):
    data = as_bytes(scene(), "PNG")
    stored = await inputs.take_bytes(data, "pasted.png")
    assert (stored.ref.sha256, stored.ref.suffix) == (hashlib.sha256(data).hexdigest(), ".png")
    assert (await refused(inputs.take_bytes(b"text", "x.png"))).code == "media_unknown_content"
    assert files() == [stored.ref.file_name]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://pics.example/cats/big%20cat.jpg?size=9#x", "big cat.jpg"),
        ("https://pics.example/", "pics.example"),
        ("https://pics.example/cats/", "cats"),
        ("https://pics.example/a%0Ab", "a b"),
    ],
)
async def test_a_picture_from_the_web(inputs, web, files, url, name):
    web[url] = as_bytes(scene(), "JPEG")
    stored = await inputs.take_url(url)
    assert stored.name == name
    assert files() == [stored.ref.file_name]


async def test_what_the_web_does_not_give_leaves_nothing(inputs, web, files):
    url = "https://pics.example/a.jpg"
    for found, code in (
        (ProblemError(NO_ANSWER()), "no_answer"),
        (b"<html>sorry", "media_web_page"),
        (b"", "media_unreadable"),
    ):
        web[url] = found
        assert (await refused(inputs.take_url(url))).code == code
        assert files() == []


async def test_a_thumbnail(inputs, given):
    stored = await inputs.take_file(camera_jpeg(given / "a.jpg"))
    data = await inputs.thumbnail(stored.ref, 96)
    (given / "small.jpg").write_bytes(data)
    assert probe(given / "small.jpg").width == 96
    sound = await inputs.take_file(sound_only(given / "a.m4a"))
    assert sound.facts.kind is MediaKind.AUDIO
    assert (await refused(inputs.thumbnail(sound.ref, 96))).code == "media_nothing_to_show"


async def test_a_suffix_that_no_file_should_have_stays_out_of_names(inputs):
    for suffix in ("./../x", ".ж", ".", "", ".a b"):
        assert inputs._part(suffix).suffix == ".part"
    assert inputs._part(".DNG").suffix == ".dng"
