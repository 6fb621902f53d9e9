"""When the address of a result stands for its clip, and nothing has to be sent."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.core.result_urls import Life, ResultUrls, life_of, result_url
from kling_desktop.core.submit_edits import PRIVATE_SECONDS
from kling_desktop.core.tasks import Tasks
from kling_desktop.core.uploads import LASTS_AT_LEAST
from kling_desktop.core.writer import Writer
from kling_desktop.records.job import REHEARSAL_ORIGIN, Attempt, JobState
from kling_desktop.records.media import MediaRef
from kling_desktop.store.stores import open_stores
from tests.helpers.records import a_clip, a_job

FAL = "https://queue.fal.run"
HERE = "http://127.0.0.1:4711"
MADE = "https://v3b.fal.media/files/b/lion/abc_out.mp4"
SENT = 1000.0
NOW = 2000.0


def job(url=MADE, **changes):
    facts = {
        "job_id": "job-1",
        "origin": FAL,
        "state": JobState.FINISHED,
        "attempts": (Attempt(number=1, sent_at=SENT, body_sha256="0" * 64),),
        "result": {"video": {"url": url}},
    }
    return a_job(**{**facts, **changes})


CLIP = a_clip(clip_id="job-1.0", job_id="job-1", sha256="a" * 64)


def life(made, clip=CLIP, origin=FAL, now=NOW):
    return life_of(result_url(clip, made), origin, now + LASTS_AT_LEAST)


def test_the_result_of_a_job_at_the_same_origin_serves_if_it_is_there():
    found = result_url(CLIP, job())
    assert (found.url, found.origin, found.expires_at) == (MADE, FAL, None)
    assert life(job()) is Life.UNKNOWN


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOW, Life.SURE),
        (SENT + PRIVATE_SECONDS - LASTS_AT_LEAST - 1, Life.SURE),
        (SENT + PRIVATE_SECONDS - LASTS_AT_LEAST, Life.OVER),
        (SENT + PRIVATE_SECONDS + 1, Life.OVER),
    ],
)
def test_a_private_result_serves_for_its_known_life_and_no_longer(now, expected):
    assert life(job(private=True), now=now) is expected


@pytest.mark.parametrize(
    "made",
    [
        job(origin=REHEARSAL_ORIGIN, url=f"{HERE}/files/b/x"),
        job(origin=HERE, url=f"{HERE}/files/b/x"),
        job(url=f"{HERE}/files/b/x"),
        job(url="http://v3b.fal.media/x.mp4"),
        job(origin="https://queue.other.example"),
    ],
)
def test_nothing_else_serves_at_fal(made):
    assert life(made) is Life.OVER


@pytest.mark.parametrize("made", [job(result=None), job(result={"voice_id": "anna"})])
def test_a_result_without_a_file_has_no_address(made):
    assert result_url(CLIP, made) is None


@pytest.mark.parametrize("origin", [REHEARSAL_ORIGIN, HERE])
def test_a_server_on_this_computer_takes_its_own_and_never_those_of_fal(origin):
    assert life(job(origin=origin, url=f"{HERE}/files/b/x"), origin=origin) is Life.UNKNOWN
    assert life(job(url=f"{HERE}/files/b/x"), origin=origin) is Life.OVER


@pytest.mark.parametrize("host", ["127.0.0.2", "studio.localhost", "[::ffff:127.0.0.1]"])
def test_this_computer_has_more_than_one_name(host):
    made = job(url=f"http://{host}:1/f", origin=HERE)
    assert life(made, origin=HERE) is Life.UNKNOWN
    safe = job(url=f"https://{host}:1/f")
    assert life(safe) is Life.OVER
    there = job(url=f"{HERE}/f", origin=f"http://{host}:1")
    assert life(there, origin=f"http://{host}:1") is Life.UNKNOWN


def test_an_address_that_is_none_never_serves():
    assert life(job(url="https://x:port/f")) is Life.OVER


def test_rehearsal_takes_no_address_of_the_internet():
    assert life(job(origin=REHEARSAL_ORIGIN), origin=REHEARSAL_ORIGIN) is Life.OVER


@pytest.mark.parametrize(
    ("clip_id", "url"), [("job-1.0", "a"), ("job-1.1", "b"), ("job-1.2", ""), ("job-2.0", "")]
)
def test_each_file_of_a_result_has_its_own_address(clip_id, url):
    made = job(result={"images": [{"url": "https://x.example/a"}, {"url": "https://x.example/b"}]})
    found = result_url(replace(CLIP, clip_id=clip_id), made)
    assert (found.url if found else "") == (url and f"https://x.example/{url}")


origins = st.sampled_from([FAL, HERE, REHEARSAL_ORIGIN, "https://queue.other.example"])
urls = st.sampled_from(
    [
        MADE,
        f"{HERE}/f",
        "http://localhost:1/f",
        "https://127.0.0.2/f",
        "http://[::1]:1/f",
        "http://v3b.fal.media/f",
    ]
)


@given(origins, origins, urls, st.booleans(), st.floats(0, 1e6))
def test_no_address_ever_crosses_to_another_origin(asked, made_at, url, private, now):
    if life(job(url, origin=made_at, private=private), origin=asked, now=now) is Life.OVER:
        return
    assert asked == made_at
    is_here = "v3b.fal.media" not in url
    assert not is_here or asked in (HERE, REHEARSAL_ORIGIN)
    assert is_here or asked != REHEARSAL_ORIGIN


@pytest.fixture
def stores(tmp_path):
    opened = open_stores(tmp_path / "kling.sqlite3")
    opened.projects.add_shot("shot", "default", "Cat", 1.0)
    yield opened
    opened.database.close()


class Finder:
    """Looks through the stores, and notes where it looked outside."""

    def __init__(self, stores, *, is_there=True):
        self.looked = []
        self.is_there = is_there
        self.writer, self.tasks = Writer(), Tasks()
        self.urls = ResultUrls(stores, self.writer, self.tasks, self.look)

    async def look(self, at, url):
        self.looked.append((at, url))
        return self.is_there

    async def find(self, sha256=CLIP.sha256, origin=FAL):
        found = await self.urls.url_of(MediaRef(sha256, ".mp4"), origin, NOW + LASTS_AT_LEAST)
        await self.tasks.settle(5)
        return found


@pytest.fixture
def finder(stores):
    made = Finder(stores)
    yield made
    made.writer.close()


async def test_what_is_not_sure_is_looked_at_first(stores, finder):
    stores.clips.save(CLIP)
    stores.jobs.save(job())
    assert await finder.find() == MADE
    assert finder.looked == [(FAL, MADE)]
    finder.is_there = False
    assert await finder.find() is None


async def test_other_bytes_and_other_origins_find_nothing(stores, finder):
    stores.clips.save(CLIP)
    stores.jobs.save(job())
    assert await finder.find(origin=HERE) is None
    assert await finder.find(sha256="b" * 64) is None
    assert not finder.looked


async def test_what_is_sure_is_not_looked_at(stores, finder):
    stores.clips.save(CLIP)
    stores.jobs.save(job(private=True))
    assert await finder.find() == MADE
    assert not finder.looked


async def test_an_address_is_known_when_its_job_has_left_the_list(stores, finder):
    stores.clips.save(CLIP)
    assert await finder.find() is None
    stores.jobs.save(job())
    finder.urls.keep(CLIP)
    await finder.tasks.settle(5)
    stores.jobs.remove("job-1")
    assert stores.jobs.get("job-1") is None
    assert await finder.find() == MADE
