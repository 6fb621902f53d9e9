"""Uploads: where the bytes go, what the bar says meanwhile, and what may go wrong."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.fal import errors
from kling_desktop.fal.storage import plain_name
from tests.fal.conftest import KEY
from tests.helpers import awkward_server as awkward

INITIATE = "/storage/upload/initiate"
MEGABYTE = 1 << 20


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(bytes(range(256)) * 1200)
    return path


def gives_slot(server, put="/put/1", **more):
    slot = {"upload_url": f"{server.url}{put}?signature=s", "file_url": "https://media.example/f"}
    return awkward.says(200, {**slot, **more})


async def upload(fal, path, **more):
    return await fal.storage.upload(path, "picture.png", "image/png", **more)


async def test_a_file_arrives_whole_and_without_the_key(server, fal, picture):
    server.on("POST", INITIATE, gives_slot(server))
    server.on("PUT", "/put/1", awkward.status(200))
    heard = []
    uploaded = await upload(fal, picture, progress=heard.append)
    assert (uploaded.url, uploaded.expires_at) == ("https://media.example/f", None)
    initiate, put = server.seen
    assert initiate.target == f"{INITIATE}?storage_type=fal-cdn-v3"
    assert initiate.json == {"content_type": "image/png", "file_name": "picture.png"}
    assert initiate.headers["authorization"] == f"Key {KEY}"
    assert put.body == picture.read_bytes()
    assert put.headers["content-type"] == "image/png"
    assert "authorization" not in put.headers
    assert KEY not in str(put.headers)
    assert heard[0] == 0
    assert heard[-1] == len(put.body)
    assert heard == sorted(heard)


async def test_a_lifetime_is_asked_for_and_remembered(server, fal, picture):
    server.on("POST", INITIATE, gives_slot(server))
    server.on("PUT", "/put/1", awkward.status(204))
    uploaded = await upload(fal, picture, lifetime=3600)
    headers = server.seen[0].headers
    assert headers["x-fal-object-lifecycle"] == '{"expiration_duration_seconds": 3600}'
    assert headers["x-fal-object-lifecycle-preference"] == headers["x-fal-object-lifecycle"]
    assert uploaded.expires_at == pytest.approx(time.time() + 3600, abs=60)


async def test_progress_follows_a_slow_reader(open_fal, tmp_path):
    path = tmp_path / "large.bin"
    path.write_bytes(b"x" * (24 * MEGABYTE))
    reader = awkward.SlowReader(pause=0.002)
    gaps, before_the_answer = [], []

    def progress(done):
        gaps.append(done - reader.taken)
        if not reader.finished:
            before_the_answer.append(done)

    # Left alone, the receiving system's own buffer grows by chance, to be read by nobody.
    async with awkward.AwkwardServer().running(receive_buffer=256 << 10) as server:
        server.on("POST", INITIATE, gives_slot(server))
        server.on("PUT", "/put/1", reader, reads_body=False)
        await upload(await open_fal(server.url), path, progress=progress)
    assert len(gaps) > 24
    assert max(gaps) <= 2 * MEGABYTE
    assert max(before_the_answer) < 24 * MEGABYTE


async def test_the_bar_is_full_only_with_the_answer(server, fal, picture):
    arrived, answered = asyncio.Event(), asyncio.Event()

    async def answers_late(line):
        arrived.set()
        await answered.wait()
        return await awkward.status(200)(line)

    server.on("POST", INITIATE, gives_slot(server))
    server.on("PUT", "/put/1", answers_late)
    heard = []
    running = asyncio.create_task(upload(fal, picture, progress=heard.append))
    await arrived.wait()
    assert max(heard) < picture.stat().st_size
    answered.set()
    await running
    assert heard[-1] == picture.stat().st_size


async def test_an_expired_address_is_replaced_once(server, fal, picture):
    server.on("POST", INITIATE, gives_slot(server, "/put/1"), gives_slot(server, "/put/2"))
    expired = awkward.sends(403, b"<?xml version='1.0'?><Error>Expired</Error>")
    server.on("PUT", "/put/1", expired)
    server.on("PUT", "/put/2", awkward.status(200))
    await upload(fal, picture)
    assert server.seen[-1].body == picture.read_bytes()


async def test_a_store_that_always_refuses_is_believed(server, fal, picture):
    server.on("POST", INITIATE, gives_slot(server))
    server.on("PUT", "/put/1", awkward.status(403))
    with pytest.raises(errors.UploadRefused) as caught:
        await upload(fal, picture)
    assert server.count("PUT") == 2
    assert "signature=s" not in str(caught.value.problem)


@pytest.mark.parametrize("trouble", [awkward.page(502), awkward.hangs_up, awkward.status(429)])
async def test_passing_trouble_is_tried_again_from_the_start(server, fal, picture, waits, trouble):
    server.on("POST", INITIATE, gives_slot(server))
    server.on("PUT", "/put/1", trouble, awkward.status(200))
    heard = []
    await upload(fal, picture, progress=heard.append)
    assert server.seen[-1].body == picture.read_bytes()
    assert heard.count(0) == 2
    assert waits == [1.0]


async def test_trouble_that_stays_is_an_error_that_may_pass(server, fal, picture):
    server.on("POST", INITIATE, gives_slot(server))
    server.on("PUT", "/put/1", awkward.page(503))
    with pytest.raises(errors.ServerTrouble):
        await upload(fal, picture)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (awkward.says(401, {"detail": "no"}), errors.KeyRefused),
        (awkward.says(403, {"detail": "no"}), errors.Forbidden),
        (awkward.says(404, {"detail": "no"}), errors.UploadRefused),
        (awkward.says(200, {"upload_url": "x"}), errors.Unintelligible),
        (awkward.page(200), errors.Unintelligible),
    ],
)
async def test_no_address_no_upload(server, fal, picture, answer, error):
    server.on("POST", INITIATE, answer)
    with pytest.raises(error):
        await upload(fal, picture)
    assert server.count("PUT") == 0


@pytest.mark.parametrize("target", ["http://10.0.0.1/x", "http://media.example/x", "ftp://m/x"])
async def test_no_upload_to_an_unsafe_address(server, fal, picture, target):
    server.on("POST", INITIATE, gives_slot(server, upload_url=target))
    with pytest.raises(errors.UploadRefused):
        await upload(fal, picture)


async def test_an_empty_file_is_refused(server, fal, tmp_path):
    path = tmp_path / "empty.png"
    path.touch()
    with pytest.raises(errors.UploadRefused) as caught:
        await upload(fal, path)
    assert caught.value.problem.code == "upload_file_empty"
    assert server.seen == []


async def test_a_missing_file_and_a_folder_are_refused(fal, tmp_path):
    for path in (tmp_path / "missing.png", tmp_path):
        with pytest.raises(errors.UploadRefused):
            await upload(fal, path)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Café ☕ at night.JPG", "Cafe-at-night.jpg"),
        ("🎬.png", "file.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a.png", "a.png"),
        ("n" * 200 + ".webp", "n" * 60 + ".webp"),
        (".bashrc", "file.bashrc"),
        ("a\r\nX-Evil: 1.png", "a-X-Evil-1.png"),
    ],
)
def test_names_are_made_plain(name, plain):
    assert plain_name(name) == plain


@given(st.text(max_size=300))
def test_any_name_is_made_safe(name):
    plain = plain_name(name)
    assert plain.isascii()
    assert plain.isprintable()
    assert 0 < len(plain) < 80
    assert not {"/", "\\", " ", ":"} & set(plain)
