"""A framed picture knows its original: it is made anew of that one, also after a restart."""

from __future__ import annotations

import pytest

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.records.framing import EDGE, WHITE, Framing
from kling_desktop.store.database import Database
from tests.helpers.heic import heic
from tests.helpers.inputs import inputs_in, saved
from tests.helpers.media_zoo import camera_jpeg, scene

NONE = FieldLimits()
CROP = Framing(left=100, top=50, width=400, height=400, ratio="1:1")


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "kling.sqlite3")
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def inputs(tmp_path, database):
    made = inputs_in(tmp_path, database, {})
    yield made
    made._writer.close()


@pytest.fixture
async def photo(inputs, tmp_path):
    return await inputs.take_file(camera_jpeg(tmp_path / "photo.jpg", 6, (900, 600)))


async def test_the_original_and_the_frame_are_known_after_a_restart(
    inputs, photo, tmp_path, database
):
    framed = await inputs.fitted(photo.ref, NONE, CROP)
    assert framed.size == (400, 400)
    assert framed.name == "photo.jpg"
    again = inputs_in(tmp_path, database, {})
    assert again.original(framed.ref) == (photo, CROP)
    assert again.original(photo.ref) == (photo, Framing.whole((900, 600)))
    again._writer.close()


async def test_another_frame_begins_from_the_original(inputs, photo):
    framed = await inputs.fitted(photo.ref, NONE, CROP)
    wide = Framing(left=0, top=0, width=900, height=300)
    other = await inputs.fitted(framed.ref, NONE, wide)
    assert other.size == (900, 300)
    assert inputs.original(other.ref) == (photo, wide)


async def test_what_is_made_smaller_later_keeps_its_frame(inputs, photo):
    pad = Framing(left=0, top=-150, width=900, height=900, fill=WHITE)
    padded = await inputs.fitted(photo.ref, NONE, pad)
    small = await inputs.fitted(padded.ref, FieldLimits(max_width=450))
    assert small.size == (450, 450)
    assert inputs.original(small.ref) == (photo, pad)


async def test_the_whole_picture_is_the_original_again(inputs, photo):
    framed = await inputs.fitted(photo.ref, NONE, CROP)
    whole = Framing.whole(photo.size)
    assert await inputs.fitted(framed.ref, NONE, whole) == photo
    small = await inputs.fitted(framed.ref, FieldLimits(max_width=450), whole)
    assert small.size == (450, 300)
    shrunk = Framing(left=0, top=0, width=900, height=600, most=300)
    assert (await inputs.fitted(framed.ref, NONE, shrunk)).size == (300, 200)


async def test_a_framed_picture_that_is_dropped_again_is_still_known(inputs, photo):
    framed = await inputs.fitted(photo.ref, NONE, CROP)
    dropped = await inputs.take_file(inputs.path(framed.ref), "other name.jpg")
    assert dropped.ref == framed.ref
    assert dropped.name == "other name.jpg"
    assert dropped.made == framed.made
    assert inputs.get(framed.ref) == dropped


async def test_without_its_original_it_stands_for_itself(inputs, photo):
    framed = await inputs.fitted(photo.ref, NONE, CROP)
    inputs.path(photo.ref).unlink()
    assert inputs.original(framed.ref) == (framed, Framing.whole((400, 400)))
    small = await inputs.fitted(framed.ref, NONE, Framing(left=0, top=0, width=200, height=400))
    assert small.size == (200, 400)


async def test_heic_is_taken_framed_and_sent(inputs, tmp_path):
    stored = await inputs.take_file(heic(tmp_path / "IMG_0001.HEIC", scene()))
    assert stored.facts.content_type == "image/heic"
    parcel = await inputs.to_send(stored.ref)
    assert (parcel.name, parcel.content_type) == ("IMG_0001.jpg", "image/jpeg")
    inputs.sent(parcel)
    framed = await inputs.fitted(stored.ref, NONE, Framing(left=0, top=0, width=320, height=320))
    assert (framed.name, framed.size) == ("IMG_0001.jpg", (320, 320))
    assert await inputs.fitted(framed.ref, NONE, Framing.whole((480, 320))) == stored


async def test_a_png_stays_lossless(inputs, tmp_path):
    stored = await inputs.take_file(saved(scene(), tmp_path / "a.png"))
    pad = Framing(left=-100, top=0, width=680, height=320, fill=EDGE)
    assert (await inputs.fitted(stored.ref, NONE, pad)).facts.content_type == "image/png"
