"""Uploads, and the media host that serves them."""

from __future__ import annotations

import hashlib
from datetime import datetime

import httpx
import pytest

from kling_desktop.simulator.faults import Fault
from kling_desktop.simulator.files import file_id_for, new_file_id, safe_name
from kling_desktop.simulator.media_routes import part_of

DATA = bytes(range(256)) * 400


@pytest.fixture
async def plain():
    async with httpx.AsyncClient() as client:
        yield client


async def test_what_is_put_up_comes_down_again(sim, caller, plain):
    url = await caller.upload(DATA, "image/png", "ein Bild 😀 ../x.png")
    assert url.startswith(sim.url + "/files/b/")
    answer = await plain.get(url)
    assert answer.content == DATA
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["etag"] == f'"{hashlib.sha256(DATA).hexdigest()}"'
    head = await plain.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(DATA))


async def test_a_put_needs_the_whole_address_and_is_good_for_two_minutes(sim, caller, plain):
    there = (
        await caller.http.post(
            "/storage/upload/initiate?storage_type=gcs",
            json={"file_name": "x.png", "content_type": "image/png"},
        )
    ).json()
    assert (await plain.get(there["file_url"])).status_code == 404
    changed = await plain.put(there["upload_url"].replace("x.png", "y.png"), content=DATA)
    assert changed.status_code == 403
    sim.context.clock.advance(121)
    late = await plain.put(there["upload_url"], content=DATA)
    assert late.status_code == 403
    assert b"expired" in late.content


async def test_an_upload_needs_a_known_store(caller):
    answer = await caller.http.post("/storage/upload/initiate", json={"file_name": "x"})
    assert answer.status_code == 422


async def test_a_token_allows_direct_uploads(caller, plain):
    token = (await caller.http.post("/storage/auth/token?storage_type=fal-cdn-v3", json={})).json()
    assert datetime.fromisoformat(token["expires_at"]).tzinfo is not None
    headers = {
        "Authorization": f"{token['token_type']} {token['token']}",
        "Content-Type": "image/jpeg",
        "X-Fal-File-Name": "photo.jpg",
    }
    url = f"{token['base_url']}/files/upload"
    answer = await plain.post(url, content=DATA, headers=headers)
    assert (await plain.get(answer.json()["access_url"])).content == DATA
    headers["Authorization"] = "Bearer 99999999999.none"
    assert (await plain.post(url, content=DATA, headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("wanted", "status", "body", "content_range"),
    [
        ("bytes=0-9", 206, DATA[:10], f"bytes 0-9/{len(DATA)}"),
        ("bytes=1000-", 206, DATA[1000:], f"bytes 1000-{len(DATA) - 1}/{len(DATA)}"),
        ("bytes=-5", 206, DATA[-5:], f"bytes {len(DATA) - 5}-{len(DATA) - 1}/{len(DATA)}"),
        (f"bytes={len(DATA)}-", 416, b"", f"bytes */{len(DATA)}"),
        ("bytes=0-1,5-6", 200, DATA, None),
        ("lines=1-2", 200, DATA, None),
    ],
)
async def test_parts_of_a_file(caller, plain, wanted, status, body, content_range):
    url = await caller.upload(DATA)
    answer = await plain.get(url, headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (status, body)
    assert answer.headers.get("content-range") == content_range


async def test_a_part_of_a_file_that_has_changed_is_the_whole(caller, plain):
    url = await caller.upload(DATA)
    etag = (await plain.head(url)).headers["etag"]
    same = await plain.get(url, headers={"Range": "bytes=5-", "If-Range": etag})
    assert same.status_code == 206
    other = await plain.get(url, headers={"Range": "bytes=5-", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, DATA)


async def test_a_slow_reader_takes_an_upload_slowly(sim, caller):
    sim.context.faults.add(Fault(route="upload", read_rate=len(DATA) * 4))
    began = sim.context.clock.now()
    await caller.upload(DATA)
    assert sim.context.clock.now() - began > 0.2


async def test_the_ledger_knows_what_was_uploaded_and_with_which_authority(sim, caller):
    await caller.upload(DATA)
    (initiated,), (put,) = sim.context.ledger.all("initiate"), sim.context.ledger.all("upload")
    assert (initiated.scheme, put.scheme) == ("Key", "")
    assert (put.body_size, put.body_sha256) == (len(DATA), hashlib.sha256(DATA).hexdigest())
    assert put.status == 200
    assert initiated.connection != put.connection


def test_ranges_stay_inside_the_file():
    assert part_of("0", "99", 10) == (0, 10)
    assert part_of("", "99", 10) == (0, 10)
    assert part_of("9", "3", 10) is None
    assert part_of("", "0", 10) is None
    assert part_of("0", "", 0) is None


def test_names_and_ids_are_safe_to_stand_in_a_path():
    assert safe_name("../../.bashrc") == "bashrc"
    assert safe_name("\0😀") == "file"
    assert len(safe_name("x" * 300 + ".png")) == 80
    assert len(new_file_id()) == len(file_id_for("x")) == 21
    assert file_id_for("x") == file_id_for("x") != file_id_for("y")
