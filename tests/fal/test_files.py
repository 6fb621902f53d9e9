"""Downloads: whole or resumable, never with the key, never where they must not go."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random

import pytest

from kling_desktop.fal import errors
from kling_desktop.fal.files import Limits
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.part_file import Origin, PartFile, note_of
from tests.fal.conftest import KEY
from tests.helpers import awkward_server as awkward

DATA = random.Random(7).randbytes(300_000)  # any bytes will do
HEAD = {"Content-Length": "300000", "ETag": '"one"'}


@pytest.fixture
def part(tmp_path):
    return tmp_path / "clip.mp4.part"


async def test_a_file_comes_whole_without_the_key(server, fal, part):
    server.on("GET", "/clip.mp4", awkward.serves(DATA))
    heard = []
    done = await fal.files.download(
        f"{server.url}/clip.mp4", part, progress=lambda *now: heard.append(now)
    )
    assert part.read_bytes() == DATA
    assert (done.size, done.content_type, done.length_proven) == (len(DATA), "video/mp4", True)
    assert heard[-1] == (len(DATA), len(DATA))
    headers = server.seen[0].headers
    assert "authorization" not in headers
    assert KEY not in str(headers)
    assert headers["accept-encoding"] == "identity"
    assert not note_of(part).exists()


async def test_a_broken_download_goes_on_where_it_stopped(server, fal, part):
    server.on("GET", "/c", awkward.serves(DATA, breaks_at=100_000))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA
    assert [seen.headers.get("range") for seen in server.seen] == [
        None, "bytes=100000-", "bytes=200000-",
    ]  # fmt: skip
    assert server.seen[1].headers["if-range"] == '"one"'


async def test_it_goes_on_after_a_restart_of_the_program(server, fal, open_fal, part):
    server.on(
        "GET", "/c", awkward.cuts(DATA, 120_000, {"Content-Length": "300000", "ETag": '"one"'})
    )
    with pytest.raises(errors.AnswerLost):
        await fal.files.download(f"{server.url}/c?signature=1", part)
    assert part.stat().st_size == 120_000
    assert "signature" not in note_of(part).read_text()
    server.on("GET", "/c", awkward.serves(DATA))
    later = await open_fal(server.url)
    await later.files.download(f"{server.url}/c?signature=2", part)
    assert part.read_bytes() == DATA
    assert server.seen[-1].headers["range"] == "bytes=120000-"


async def test_another_file_at_the_same_address_starts_anew(server, fal, part):
    other = DATA[::-1]
    server.on("GET", "/c", awkward.cuts(DATA, 1000, HEAD))
    with pytest.raises(errors.AnswerLost):
        await fal.files.download(f"{server.url}/c", part)
    server.on("GET", "/c", awkward.serves(other, etag='"two"'))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == other


async def test_a_part_of_unknown_origin_is_not_trusted(server, fal, part):
    part.write_bytes(b"something else")
    server.on("GET", "/c", awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA
    assert "range" not in server.seen[0].headers


async def test_a_part_that_was_whole_already(server, fal, part):
    part.write_bytes(DATA)
    origin = {"url": f"{server.url}/c", "validator": '"one"', "total": len(DATA)}
    note_of(part).write_text(json.dumps(origin))
    server.on("GET", "/c", awkward.serves(DATA))
    done = await fal.files.download(f"{server.url}/c", part)
    assert (done.size, server.count("GET")) == (len(DATA), 1)
    assert part.read_bytes() == DATA


async def test_a_server_that_lies_about_ranges(server, fal, part):
    part.write_bytes(DATA[:1000])
    origin = {"url": f"{server.url}/c", "validator": "", "total": len(DATA)}
    note_of(part).write_text(json.dumps(origin))
    head = {"Content-Range": f"bytes 0-{len(DATA) - 1}/{len(DATA)}"}
    server.on("GET", "/c", awkward.sends(206, DATA, head), awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA


async def test_a_cut_without_a_length_is_told(server, fal, part):
    server.on("GET", "/c", awkward.cuts(DATA, 1000, {}))
    done = await fal.files.download(f"{server.url}/c", part)
    assert (done.size, done.length_proven) == (1000, False)


async def test_cut_chunks_are_noticed(server, fal, part):
    server.on(
        "GET", "/c", awkward.cuts(b"5\r\nabcde\r\n5\r\nab", 14, {"Transfer-Encoding": "chunked"})
    )
    with pytest.raises(errors.AnswerLost):
        await fal.files.download(f"{server.url}/c", part)


async def test_a_file_that_is_cut_for_ever_is_given_up(server, fal, part, waits):
    server.on("GET", "/c", awkward.cuts(DATA, 1000, {"Content-Length": "300000"}))
    with pytest.raises(errors.AnswerLost):
        await fal.files.download(f"{server.url}/c", part)
    assert len(waits) == 4


@pytest.mark.parametrize("code", [401, 403, 404, 410])
async def test_a_link_that_is_gone(server, fal, part, code):
    server.on("GET", "/c", awkward.status(code))
    with pytest.raises(errors.LinkGone):
        await fal.files.download(f"{server.url}/c", part)
    assert server.count("GET") == 1


async def test_trouble_passes(server, fal, part):
    server.on("GET", "/c", awkward.page(503), awkward.hangs_up, awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA


async def test_a_compressed_file_is_unpacked_within_the_cap(server, fal, part):
    server.on("GET", "/c", awkward.zipped(200, {"a": 1}), awkward.bomb(64))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == b'{"a": 1}'
    with pytest.raises(errors.FileTooLarge):
        await fal.files.download(f"{server.url}/c", part, limits=Limits(most_bytes=4 << 20))
    assert part.stat().st_size <= 5 << 20


async def test_a_giant_is_refused_by_its_length_and_by_its_bytes(server, fal, part):
    limits = Limits(most_bytes=200_000)
    server.on("GET", "/c", awkward.serves(DATA), awkward.cuts(DATA, len(DATA), {}))
    for _ in range(2):
        with pytest.raises(errors.FileTooLarge):
            await fal.files.download(f"{server.url}/c", part, limits=limits)


async def test_a_drip_is_a_standstill(server, fal, part):
    server.on("GET", "/c", awkward.drips(DATA, 0.01))
    limits = Limits(window=0.15)
    with pytest.raises(errors.AnswerLost) as caught:
        await fal.files.download(f"{server.url}/c", part, limits=limits)
    assert caught.value.problem.code == "download_stalled"


async def test_slow_but_steady_is_fine(server, fal, part):
    async def steady(line):
        await line.head(200, {"Content-Length": str(len(DATA))})
        for begin in range(0, len(DATA), 10_000):
            await line.send(DATA[begin : begin + 10_000])
            await asyncio.sleep(0.02)
        return True

    server.on("GET", "/c", steady)
    limits = Limits(window=0.2, least_in_window=30_000)
    await fal.files.download(f"{server.url}/c", part, limits=limits)
    assert part.read_bytes() == DATA


# Redirects and addresses.


async def test_redirects_are_followed_to_safe_addresses(server, fal, part):
    server.on("GET", "/c", awkward.redirects("/d?x=1"))
    server.on("GET", "/d", awkward.redirects(f"{server.url}/e", 307))
    server.on("GET", "/e", awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA


async def test_three_redirects_and_no_more(server, fal, part):
    server.on("GET", "/c", awkward.redirects("/c"))
    with pytest.raises(errors.Unintelligible):
        await fal.files.download(f"{server.url}/c", part)


@pytest.mark.parametrize(
    "target", ["http://media.example/x", "https://10.0.0.1/x", "ftp://media.example/x",
               "https://user:pass@media.example/x"]
)  # fmt: skip
async def test_redirects_to_unsafe_addresses_are_not_followed(server, fal, part, target):
    server.on("GET", "/c", awkward.redirects(target))
    with pytest.raises(errors.AddressRefused):
        await fal.files.download(f"{server.url}/c", part)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x", "https://127.0.0.1/x", "http://v3.fal.media/x", "https://[::1]/x",
     "https://169.254.169.254/latest", "https://192.168.0.1/x", "file:///etc/passwd", "x", "",
     "https://[::ffff:10.0.0.1]/x", "https://printer/x", "https://nas.local/x", "https:///x"],
)  # fmt: skip
async def test_fal_may_not_point_into_the_neighborhood(open_fal, part, address):
    fal = await open_fal(Hosts.official())
    with pytest.raises(errors.AddressRefused):
        await fal.files.download(address, part)
    assert not part.exists()


# The disk.


async def test_a_folder_that_is_gone(server, fal, tmp_path):
    with pytest.raises(errors.FolderRefused):
        await fal.files.download(f"{server.url}/c", tmp_path / "gone" / "c.part")


async def test_a_link_in_the_parts_place_is_not_followed(server, fal, part, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("untouched")
    part.symlink_to(secret)
    with pytest.raises(errors.FolderRefused):
        await fal.files.download(f"{server.url}/c", part)
    assert secret.read_text() == "untouched"


async def test_a_pipe_in_the_parts_place_is_not_waited_for(server, fal, part):
    os.mkfifo(part)
    with pytest.raises(errors.FolderRefused):
        await fal.files.download(f"{server.url}/c", part)


async def test_more_than_the_disk_holds_is_not_begun(server, fal, part):
    limits = Limits(most_bytes=1 << 62)
    server.on("GET", "/c", awkward.cuts(b"", 0, {"Content-Length": str(1 << 60)}))
    with pytest.raises(errors.DiskFull):
        await fal.files.download(f"{server.url}/c", part, limits=limits)


def test_a_full_disk_has_its_own_name(tmp_path):
    file = PartFile(tmp_path / "c.part")
    file.begin(Origin("u"))
    os.dup2(os.open("/dev/full", os.O_WRONLY), file._file.fileno())
    with pytest.raises(errors.DiskFull):
        file.write([b"x"])
    file.close()


# Answers that are neither a file nor an error of the usual kind.


async def test_a_range_of_unknown_place_begins_anew(server, fal, part):
    part.write_bytes(DATA[:1000])
    origin = {"url": f"{server.url}/c", "validator": '"one"', "total": len(DATA)}
    note_of(part).write_text(json.dumps(origin))
    server.on("GET", "/c", awkward.sends(206, DATA), awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA
    assert "range" not in server.seen[1].headers


async def test_a_part_that_is_longer_than_the_file_begins_anew(server, fal, part):
    part.write_bytes(DATA + b"more")
    origin = {"url": f"{server.url}/c", "validator": '"one"', "total": None}
    note_of(part).write_text(json.dumps(origin))
    server.on("GET", "/c", awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA


async def test_a_range_that_nobody_asked_for(server, fal, part):
    head = {"Content-Range": f"bytes 1000-{len(DATA) - 1}/{len(DATA)}"}
    server.on("GET", "/c", awkward.sends(206, DATA[1000:], head), awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA


async def test_a_note_that_cannot_be_read_is_no_note(server, fal, part):
    part.write_bytes(b"x")
    note_of(part).write_text('{"url": 1, "surprise": 2}')
    server.on("GET", "/c", awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert part.read_bytes() == DATA


async def test_a_long_refusal_is_not_read_to_its_end(server, fal, part):
    server.on("GET", "/c", awkward.sends(404, b"x" * 5_000_000))
    with pytest.raises(errors.LinkGone) as caught:
        await fal.files.download(f"{server.url}/c", part)
    assert len(caught.value.problem.details) < 3000


async def test_a_large_file_is_written_on_the_way(server, fal, part):
    data = DATA * 12
    heard = []
    server.on("GET", "/c", awkward.serves(data))
    await fal.files.download(f"{server.url}/c", part, progress=lambda done, _: heard.append(done))
    assert part.read_bytes() == data
    assert len(heard) >= 3
    assert heard == sorted(heard)


async def test_a_cancelled_download_keeps_what_it_has(server, fal, part):
    async def sends_half(line):
        await line.head(200, {"Content-Length": str(len(DATA)), "ETag": '"one"'})
        await line.send(DATA[:150_000])
        await asyncio.sleep(3600)

    server.on("GET", "/c", sends_half)
    began = asyncio.Event()
    running = asyncio.create_task(
        fal.files.download(f"{server.url}/c", part, progress=lambda *_: began.set())
    )
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(began.wait(), 0.5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    kept = part.stat().st_size
    assert kept > 0
    assert part.read_bytes() == DATA[:kept]
    server.on("GET", "/c", awkward.serves(DATA))
    await fal.files.download(f"{server.url}/c", part)
    assert server.seen[-1].headers["range"] == f"bytes={kept}-"
    assert part.read_bytes() == DATA


async def test_a_look_asks_for_one_byte_without_the_key(server, fal):
    server.on("GET", "/clip.mp4", awkward.serves(DATA))
    assert await fal.files.is_there(f"{server.url}/clip.mp4")
    headers = server.seen[0].headers
    assert headers["range"] == "bytes=0-0"
    assert "authorization" not in headers
    assert KEY not in str(headers)


@pytest.mark.parametrize("status", [403, 404, 410, 500])
async def test_a_file_that_is_not_handed_out_is_not_there(server, fal, status):
    server.on("GET", "/clip.mp4", awkward.status(status))
    assert not await fal.files.is_there(f"{server.url}/clip.mp4")


@pytest.mark.parametrize(
    "url",
    ["http://example.com/x.mp4", "https://10.0.0.1/x.mp4", "nonsense", "http://127.0.0.1:9/x"],
)
async def test_where_nobody_can_tell_it_is_not_there(fal, url):
    assert not await fal.files.is_there(url)
