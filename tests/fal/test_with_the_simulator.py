"""The client and the simulator, each written from fal's documents and not from one another."""

from __future__ import annotations

import asyncio

import pytest
from PIL import Image

from kling_desktop.fal import errors, outcomes
from kling_desktop.fal.platform import KeyVerdict
from kling_desktop.simulator.faults import Drop, Fault
from tests.fal.conftest import KEY
from tests.helpers.simulator import simulator_here

FROM_PICTURE = "fal-ai/kling-video/v2.1/standard/image-to-video"
FROM_TEXT = "fal-ai/kling-video/v2.1/master/text-to-video"


@pytest.fixture
async def sim(tmp_path):
    async with simulator_here(tmp_path / "simulator") as running:
        yield running


@pytest.fixture
async def fal(sim, open_fal):
    return await open_fal(sim.url)


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    Image.effect_noise((400, 300), 60).save(path)
    return path


async def finished(fal, request):
    seen = []
    while not seen or not isinstance(seen[-1], outcomes.Completed):
        seen.append(await fal.queue.status(request, logs=True))
        await asyncio.sleep(0.02)
    return seen


async def made(fal, endpoint_id, body):
    accepted = await fal.queue.submit(endpoint_id, body)
    await finished(fal, accepted.request)
    return await fal.queue.result(accepted.request)


async def test_from_a_picture_to_a_clip(sim, fal, picture, tmp_path):
    uploaded = await fal.storage.upload(picture, picture.name, "image/png")
    body = {"prompt": "it rains", "image_url": uploaded.url, "duration": "5"}
    accepted = await fal.queue.submit(FROM_PICTURE, body)
    statuses = await finished(fal, accepted.request)
    assert isinstance(statuses[0], outcomes.InQueue)
    output = await fal.queue.result(accepted.request)
    part = tmp_path / "clip.mp4.part"
    done = await fal.files.download(output.json["video"]["url"], part)
    assert part.read_bytes()[4:8] == b"ftyp"
    assert done.length_proven
    assert len(sim.context.ledger.all("submit")) == 1
    assert not any(seen.key for seen in sim.context.ledger.all("upload"))
    assert not any(seen.key for seen in sim.context.ledger.all("file"))


async def test_a_job_lost_on_its_way_back_is_in_the_history(sim, fal):
    sim.context.faults.add(Fault(route="submit", drop=Drop.AFTER))
    body = {"prompt": "it rains", "duration": "5"}
    outcome = await fal.queue.submit(FROM_TEXT, body)
    assert type(outcome) is outcomes.Unconfirmed
    assert len(sim.context.ledger.all("submit")) == 1
    [row] = await fal.platform.requests_by_endpoint(FROM_TEXT, 0.0)
    assert row.input == body
    assert row.sent_at is not None
    found = fal.queue.rebuilt(FROM_TEXT, row.request_id)
    await finished(fal, found)
    assert type(await fal.queue.result(found)) is outcomes.Output


@pytest.mark.parametrize(
    "fault",
    [
        {"drop": Drop.BEFORE},
        {"nginx": 503},
        {"status": 500, "body": '{"detail": "Internal Server Error"}'},
        {"status_after": 504, "body": "{}"},
        {"truncate": 10},
        {"redirect": "https://elsewhere.example/"},
    ],
)
async def test_what_may_have_been_bought_is_unconfirmed_after_one_post(sim, fal, fault):
    sim.context.faults.add(Fault(route="submit", **fault))
    outcome = await fal.queue.submit(FROM_TEXT, {"prompt": "x"})
    assert type(outcome) is outcomes.Unconfirmed
    assert len(sim.context.ledger.all("submit")) == 1


async def test_a_refused_input_comes_as_fals_detail(fal):
    outcome = await made(fal, FROM_PICTURE, {"prompt": "x", "image_url": "nonsense"})
    assert type(outcome) is outcomes.ModelFailed
    assert outcome.detail[0]["loc"][:2] == ["body", "image_url"]


async def test_an_unknown_model_and_an_unknown_request(fal):
    outcome = await fal.queue.submit("fal-ai/no-such-app/x", {})
    assert type(outcome) is outcomes.Refused
    request = fal.queue.rebuilt(FROM_TEXT, "00000000-0000-0000-0000-000000000000")
    with pytest.raises(errors.NotFound):
        await fal.queue.status(request)
    assert type(await fal.queue.result(request)) is outcomes.Gone
    assert await fal.queue.cancel(request) == outcomes.NotFound()


async def test_cancel_before_and_after(sim, fal):
    accepted = await fal.queue.submit(FROM_TEXT, {"prompt": "x", "duration": "5"})
    await finished(fal, accepted.request)
    assert await fal.queue.cancel(accepted.request) == outcomes.AlreadyCompleted()
    sim.context.queue.hold("IN_QUEUE")
    waiting = await fal.queue.submit(FROM_TEXT, {"prompt": "y", "duration": "5"})
    assert type(await fal.queue.cancel(waiting.request)) in {
        outcomes.Removed, outcomes.CancelRequested,
    }  # fmt: skip


async def test_the_key_and_the_account(sim, open_fal):
    fal = await open_fal(sim.url)
    assert (await fal.platform.check_key()).verdict is KeyVerdict.VALID
    assert (await fal.platform.check_key(FROM_TEXT)).verdict is KeyVerdict.VALID
    unknown = await open_fal(sim.url, key="unknown:secret")
    assert (await unknown.platform.check_key()).verdict is KeyVerdict.REFUSED
    assert (await unknown.queue.submit(FROM_TEXT, {"prompt": "x"})).reason == "key"
    broke = await open_fal(sim.url, key="no-balance:secret")
    assert (await broke.queue.submit(FROM_TEXT, {"prompt": "x"})).reason == "balance"


async def test_prices_of_models(fal):
    prices = await fal.platform.price([FROM_TEXT, FROM_PICTURE])
    assert {price.endpoint_id for price in prices} == {FROM_TEXT, FROM_PICTURE}
    assert all(price.unit_price > 0 for price in prices)


async def test_a_rehearsal_goes_on_at_another_port(sim, fal, open_fal, tmp_path):
    accepted = await fal.queue.submit(FROM_TEXT, {"prompt": "x", "duration": "5"})
    await sim.simulator.stop()
    async with simulator_here(tmp_path / "simulator") as again:
        later = await open_fal(again.url)
        moved = later.queue.rebuilt(FROM_TEXT, accepted.request.request_id)
        await finished(later, moved)
        assert type(await later.queue.result(moved)) is outcomes.Output


async def test_the_key_is_in_no_log_record(sim, fal, picture, caplog):
    caplog.set_level(0)
    sim.context.accounts.accept_only(["other:key"])
    await fal.queue.submit(FROM_TEXT, {"prompt": "x"})
    with pytest.raises(errors.FalError):
        await fal.storage.upload(picture, picture.name, "image/png")
    assert caplog.records
    assert KEY.partition(":")[2] not in caplog.text
