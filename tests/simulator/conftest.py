"""A running simulator and somebody who calls it with a plain HTTP client."""

from __future__ import annotations

import asyncio
import io

import httpx
import pytest
from PIL import Image

from tests.helpers.footage import watch
from tests.helpers.simulator import KEY, simulator_here, write_documents
from tests.simulator.kinds import documents

FROM_PICTURE = "fal-ai/kling-video/v2.1/standard/image-to-video"
FROM_TEXT = "fal-ai/kling-video/v2.1/master/text-to-video"
START_END = "fal-ai/kling-video/v2.1/pro/image-to-video"


class Caller:
    """Calls one simulator with one key, and knows nothing that fal's docs do not say."""

    def __init__(self, url, key=KEY):
        self.url = url
        self.http = httpx.AsyncClient(
            base_url=url, headers={"Authorization": f"Key {key}"} if key else {}, timeout=20
        )

    async def upload(self, data, content_type="image/png", name="picture.png"):
        answer = await self.http.post(
            "/storage/upload/initiate?storage_type=fal-cdn-v3",
            json={"file_name": name, "content_type": content_type},
        )
        assert answer.status_code == 200, answer.text
        there = answer.json()
        async with httpx.AsyncClient() as plain:
            put = await plain.put(
                there["upload_url"], content=data, headers={"Content-Type": content_type}
            )
        assert put.status_code == 200, put.text
        return there["file_url"]

    async def submit(self, endpoint_id, body, **options):
        answer = await self.http.post(f"/{endpoint_id}", json=body, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def status(self, submitted, logs=True):
        answer = await self.http.get(submitted["status_url"], params={"logs": int(logs)})
        assert answer.status_code in {200, 202}, answer.text
        return answer.json()

    async def completed(self, submitted):
        return await self.reached(submitted, "COMPLETED")

    async def reached(self, submitted, wanted):
        status = await self.status(submitted)
        if status["status"] == wanted:
            return status
        assert status["status"] != "COMPLETED"
        await asyncio.sleep(0.02)
        return await self.reached(submitted, wanted)

    async def result(self, submitted):
        await self.completed(submitted)
        return await self.http.get(submitted["response_url"])

    async def refused(self, endpoint_id, body):
        """The `detail` list with which a request ends."""
        answer = await self.result(await self.submit(endpoint_id, body))
        assert answer.status_code == 422, answer.text
        return answer.json()["detail"]

    async def clip(self, endpoint_id, body, target):
        answer = await self.result(await self.submit(endpoint_id, body))
        assert answer.status_code == 200, answer.text
        video = answer.json()["video"]
        async with httpx.AsyncClient() as plain:
            data = (await plain.get(video["url"])).content
        assert len(data) == video["file_size"]
        target.write_bytes(data)
        return target


def picture(width=640, height=400, colors=("#d04030", "#3050c0"), kind="PNG"):
    """The bytes of a picture whose left half has one color and its right another."""
    image = Image.new("RGB", (width, height), colors[0])
    image.paste(colors[1], (width // 2, 0, width, height))
    image.paste("#f0e070", (width // 8, height // 8, width // 4, height // 3))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture
async def sim(tmp_path):
    async with simulator_here(tmp_path / "simulator") as running:
        yield running


@pytest.fixture
async def caller(sim):
    one = Caller(sim.url)
    yield one
    await one.http.aclose()


@pytest.fixture
async def call(sim):
    """Makes further callers with keys of their own."""
    made = []

    def make(key, url=sim.url):
        made.append(Caller(url, key))
        return made[-1]

    yield make
    for one in made:
        await one.http.aclose()


class Maker:
    """Orders something of one kind and gets the files that came of it."""

    def __init__(self, caller):
        self.caller = caller

    async def upload(self, data, content_type="image/png"):
        return await self.caller.upload(data, content_type, "given")

    async def answer(self, kind, **body):
        result = await self.caller.result(await self.caller.submit(f"here/{kind}/v1", body))
        assert result.status_code == 200, result.text
        return result.json()

    async def files(self, kind, **body):
        answer = await self.answer(kind, **body)
        return {name: await self.fetched(value) for name, value in answer.items()}

    async def fetched(self, file):
        async with httpx.AsyncClient() as plain_client:
            data = (await plain_client.get(file["url"])).content
        assert len(data) == file["file_size"]
        return data

    async def film(self, kind, **body):
        return watch((await self.files(kind, **body))["video"])

    async def refused(self, kind, **body):
        (complaint,) = await self.caller.refused(f"here/{kind}/v1", body)
        return complaint


@pytest.fixture
async def maker(tmp_path):
    schemas = write_documents(tmp_path / "schemas", *documents())
    async with simulator_here(tmp_path / "simulator", schemas=schemas) as sim:
        caller = Caller(sim.url)
        yield Maker(caller)
        await caller.http.aclose()
