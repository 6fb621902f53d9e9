"""Uploads: one per input and origin, shared by everyone who waits, ended when nobody does."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass

import pytest

from kling_desktop.core.inputs import Inputs
from kling_desktop.core.tasks import Tasks
from kling_desktop.core.uploads import AT_ONCE, LASTS_AT_LEAST, Uploads
from kling_desktop.core.writer import Writer
from kling_desktop.records.problem import ProblemError, ProblemKind
from kling_desktop.store.database import Database
from kling_desktop.store.inputs import InputStore
from kling_desktop.store.uploads import UploadStore
from tests.helpers.core import until
from tests.helpers.media_zoo import animation, camera_jpeg, scene

FAL, OTHER = "https://queue.example", "https://other.example"
BROKE = ProblemKind(code="broke", what="The connection broke.")
FULL = ProblemKind(code="full", what="The disk is full.")


@dataclass(frozen=True)
class Sent:
    url: str
    expires_at: float | None = None


class Server:
    """Takes files when it is let, and remembers what it was given."""

    def __init__(self):
        self.open = asyncio.Event()
        self.open.set()
        self.sent = []
        self.under_way = self.most_at_once = 0
        self.steps = ()
        self.fails = 0
        self.expires_at = None
        self.progress = None

    async def __call__(self, origin, path, name, content_type, progress):
        self.sent.append((origin, path, name, content_type, path.read_bytes()))
        number = len(self.sent)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        self.progress = progress
        try:
            await asyncio.sleep(0)
            for step in self.steps:
                progress(step)
            await self.open.wait()
            if self.fails:
                self.fails -= 1
                raise ProblemError(BROKE())
            return Sent(f"{origin}/{number}", self.expires_at)
        finally:
            self.under_way -= 1


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "kling.sqlite3")
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
async def house(tmp_path, database):
    """Inputs, uploads and a server, with all that happened to the states."""
    (tmp_path / "inputs").mkdir()
    made = House(tmp_path, database)
    yield made
    await made.tasks.close()
    made.writer.close()


class House:
    def __init__(self, folder, database):
        self.folder = folder
        self.writer, self.tasks, self.server = Writer(), Tasks(), Server()
        self.inputs = Inputs(
            folder / "inputs", folder / "outgoing", InputStore(database), self.writer, None
        )
        self.store = UploadStore(database)
        self.uploads = Uploads(self.inputs, self.server, self.store, self.writer, self.tasks)
        self.heard = []
        self.uploads.changed.connect(self.heard.append)

    async def picture(self, number=0):
        path = self.folder / f"cat {number}.jpg"
        return (await self.inputs.take_file(camera_jpeg(path, size=(480 + number, 320)))).ref


async def test_a_picture_goes_up_once_and_its_address_is_kept(house):
    ref = await house.picture()
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/1"
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/1"
    assert house.store.url_for(ref.sha256, FAL, time.time()) == f"{FAL}/1"
    ((origin, _path, name, content_type, data),) = house.server.sent
    assert (origin, name, content_type) == (FAL, "cat 0.jpg", "image/jpeg")
    assert b"Secret" not in data
    assert house.uploads.state(ref, FAL).url == f"{FAL}/1"


async def test_the_copy_that_was_sent_is_thrown_away(house):
    await house.uploads.url_of(await house.picture(), FAL)
    await until(lambda: not list((house.folder / "outgoing").rglob("*.jpg")))


async def test_what_is_sent_has_the_name_and_type_of_its_bytes(house):
    moving = animation(house.folder / "cat.gif")
    ref = (await house.inputs.take_file(moving)).ref
    await house.uploads.url_of(ref, FAL)
    (_, _, name, content_type, data) = house.server.sent[0]
    assert (name, content_type, data[:4]) == ("cat.png", "image/png", b"\x89PNG")


async def test_everyone_who_waits_shares_one_upload(house):
    ref = await house.picture()
    urls = await asyncio.gather(*(house.uploads.url_of(ref, FAL) for _ in range(20)))
    assert set(urls) == {f"{FAL}/1"}
    assert len(house.server.sent) == 1


async def test_each_origin_has_its_own(house):
    ref = await house.picture()
    urls = await asyncio.gather(house.uploads.url_of(ref, FAL), house.uploads.url_of(ref, OTHER))
    assert {url.rpartition("/")[0] for url in urls} == {FAL, OTHER}


async def test_a_few_at_a_time(house):
    refs = [await house.picture(number) for number in range(7)]
    house.server.open.clear()
    asking = [asyncio.ensure_future(house.uploads.url_of(ref, FAL)) for ref in refs]
    await until(lambda: house.server.under_way == AT_ONCE)
    await asyncio.sleep(0.05)
    assert len(house.server.sent) == AT_ONCE
    assert all(house.uploads.state(ref, FAL) is not None for ref in refs)
    house.server.open.set()
    assert len(set(await asyncio.gather(*asking))) == 7
    assert house.server.most_at_once == AT_ONCE


async def test_one_who_stops_waiting_stops_nobody_else(house):
    ref = await house.picture()
    house.server.open.clear()
    first, second = (asyncio.ensure_future(house.uploads.url_of(ref, FAL)) for _ in range(2))
    await until(lambda: house.server.under_way)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    house.server.open.set()
    assert await second == f"{FAL}/1"
    assert len(house.server.sent) == 1


async def test_when_the_last_one_stops_waiting_it_ends(house):
    ref = await house.picture()
    house.server.open.clear()
    asking = asyncio.ensure_future(house.uploads.url_of(ref, FAL))
    await until(lambda: house.server.under_way)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    await until(lambda: not house.server.under_way)
    assert house.uploads.state(ref, FAL) is None
    house.server.open.set()
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/2"


async def test_a_job_that_stops_waiting_leaves_what_the_form_wants(house):
    ref = await house.picture()
    house.server.open.clear()
    house.uploads.start(ref, FAL)
    asking = asyncio.ensure_future(house.uploads.url_of(ref, FAL))
    await until(lambda: house.server.under_way)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    assert house.server.under_way == 1
    house.server.open.set()
    await until(lambda: house.uploads.state(ref, FAL).url)


async def test_early_it_begins_without_anybody_waiting(house):
    ref = await house.picture()
    house.uploads.start(ref, FAL)
    house.uploads.start(ref, FAL)
    await until(lambda: (state := house.uploads.state(ref, FAL)) and state.url)
    assert len(house.server.sent) == 1


async def test_taking_the_picture_out_ends_it(house):
    ref = await house.picture()
    house.server.open.clear()
    house.uploads.start(ref, FAL)
    await until(lambda: house.server.under_way)
    house.uploads.stop(ref, FAL)
    await until(lambda: not house.server.under_way)
    assert house.uploads.state(ref, FAL) is None
    assert (house.heard[-1].done, house.heard[-1].url, house.heard[-1].problem) == (0, None, None)
    house.uploads.stop(ref, FAL)


async def test_it_does_not_end_while_a_job_waits(house):
    ref = await house.picture()
    house.server.open.clear()
    house.uploads.start(ref, FAL)
    asking = asyncio.ensure_future(house.uploads.url_of(ref, FAL))
    await until(lambda: house.server.under_way)
    house.uploads.stop(ref, FAL)
    house.server.open.set()
    assert await asking == f"{FAL}/1"


async def test_out_and_in_again_at_once_begins_anew(house):
    """A job that comes just after the stop must not get the end of the stopped upload."""
    ref = await house.picture()
    house.server.open.clear()
    house.uploads.start(ref, FAL)
    await until(lambda: house.server.under_way)
    house.uploads.stop(ref, FAL)
    house.server.open.set()
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/2"


async def test_a_failure_is_shown_told_to_all_and_tried_again_when_next_wanted(house):
    ref = await house.picture()
    house.server.fails = 1
    asked = [house.uploads.url_of(ref, FAL) for _ in range(3)]
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert [error.problem.code for error in told] == ["broke"] * 3
    assert house.uploads.state(ref, FAL).problem.code == "broke"
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/2"
    assert house.uploads.state(ref, FAL).problem is None


async def test_an_early_failure_troubles_nobody(house):
    ref = await house.picture()
    house.server.fails = 1
    house.uploads.start(ref, FAL)
    await until(lambda: (state := house.uploads.state(ref, FAL)) and state.problem)
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/2"


async def test_a_file_that_is_gone_is_a_problem_of_its_upload(house):
    ref = await house.picture()
    house.inputs.path(ref).unlink()
    with pytest.raises(ProblemError):
        await house.uploads.url_of(ref, FAL)
    assert house.uploads.state(ref, FAL).problem.code == "input_gone"
    assert house.server.sent == []


async def test_a_mistake_of_the_program_is_logged_and_reaches_whoever_waits(house, noise):
    noise.allow("broke")

    async def send(*_):
        raise KeyError("no such origin")

    ref = await house.picture()
    uploads = Uploads(house.inputs, send, house.store, house.writer, house.tasks)
    with pytest.raises(KeyError, match="no such origin"):
        await uploads.url_of(ref, FAL)


async def test_progress_never_falls_unless_it_begins_anew(house):
    ref = await house.picture()
    size = (await house.inputs.to_send(ref)).size
    house.server.steps = (0, 10, 5000, size * 2, 0, 7, size - 1)
    await house.uploads.url_of(ref, FAL)
    done = [state.done for state in house.heard]
    assert done[:2] == [0, 0]
    # 10, 5000 and 7 come too soon after the last one to be seen.
    assert done[2:] == [size, 0, size]
    assert {state.total for state in house.heard[1:]} == {size}


async def test_progress_is_shown_at_a_pace_that_eyes_can_follow(house):
    ref = await house.picture()
    house.server.steps = tuple(range(10_000))
    await house.uploads.url_of(ref, FAL)
    assert len(house.heard) < 20


async def test_what_comes_after_the_end_does_not_count(house):
    ref = await house.picture()
    house.server.fails = 1
    with contextlib.suppress(ProblemError):
        await house.uploads.url_of(ref, FAL)
    house.server.progress(1)
    assert house.uploads.state(ref, FAL).problem is not None


async def test_an_address_that_ends_too_soon_is_not_used(house):
    ref = await house.picture()
    house.server.expires_at = time.time() + LASTS_AT_LEAST + 60
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/1"
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/1"
    await house.uploads.forget(ref, FAL)
    house.server.expires_at = time.time() + LASTS_AT_LEAST - 60
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/2"
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/3"


async def test_an_address_that_is_gone_is_forgotten_and_made_anew(house):
    ref = await house.picture()
    await house.uploads.url_of(ref, FAL)
    await house.uploads.forget(ref, FAL)
    assert house.uploads.state(ref, FAL) is None
    assert await house.uploads.url_of(ref, FAL) == f"{FAL}/2"


async def test_after_a_restart_nothing_goes_up_twice(house):
    ref = await house.picture()
    await house.uploads.url_of(ref, FAL)
    again = Uploads(house.inputs, house.server, house.store, house.writer, house.tasks)
    assert await again.url_of(ref, FAL) == f"{FAL}/1"
    assert again.state(ref, FAL).url == f"{FAL}/1"


async def test_an_address_that_cannot_be_kept_serves_all_the_same(house, noise):
    noise.allow("address is not kept")

    class Full(UploadStore):
        def remember(self, *_):
            raise ProblemError(FULL())

    ref = await house.picture()
    store = Full(house.store._database)
    uploads = Uploads(house.inputs, house.server, store, house.writer, house.tasks)
    assert await uploads.url_of(ref, FAL) == f"{FAL}/1"


async def test_a_listener_that_breaks_does_not_break_the_upload(house, noise):
    noise.allow("a listener to")
    house.uploads.changed.connect(lambda _state: 1 // 0)
    assert await house.uploads.url_of(await house.picture(), FAL) == f"{FAL}/1"


async def test_the_end_of_the_program_ends_uploads_and_those_who_wait(house):
    ref = await house.picture()
    house.server.open.clear()
    asking = asyncio.ensure_future(house.uploads.url_of(ref, FAL))
    await until(lambda: house.server.under_way)
    await house.tasks.close()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert house.server.under_way == 0


async def test_a_picture_that_is_clean_stays_where_it_is(house):
    path = house.folder / "clean.png"
    scene().save(path)
    ref = (await house.inputs.take_file(path)).ref
    await house.uploads.url_of(ref, FAL)
    await asyncio.sleep(0.02)
    assert house.inputs.path(ref).exists()


class Made:
    """What fal made itself and still has."""

    def __init__(self, url):
        self.url, self.asked = url, []

    async def url_of(self, ref, origin, good_until):
        self.asked.append((ref, origin, good_until))
        return self.url


async def test_what_fal_made_itself_is_not_sent_to_it(house):
    made = Made("https://v3b.fal.media/out.mp4")
    uploads = Uploads(house.inputs, house.server, house.store, house.writer, house.tasks, made)
    ref = await house.picture()
    assert await uploads.url_of(ref, FAL) == made.url
    assert uploads.state(ref, FAL).url == made.url
    assert not house.server.sent
    assert made.asked[0][2] >= time.time() + LASTS_AT_LEAST - 60
    made.url = None
    assert await uploads.url_of(ref, FAL) == f"{FAL}/1"


async def test_what_fal_made_and_could_not_load_is_uploaded_from_then_on(house):
    made = Made("https://v3b.fal.media/out.mp4")
    uploads = Uploads(house.inputs, house.server, house.store, house.writer, house.tasks, made)
    ref = await house.picture()
    await uploads.url_of(ref, FAL)
    await uploads.forget(ref, FAL)
    assert await uploads.url_of(ref, FAL) == f"{FAL}/1"
    assert await uploads.url_of(ref, FAL) == f"{FAL}/1"
    assert await uploads.url_of(ref, OTHER) == made.url
    assert len(made.asked) == 2
