"""What *Add model…* and a refreshed catalogue are built against: documents, lists and prices."""

from __future__ import annotations

import io
import json

import httpx
from PIL import Image

from kling_desktop.bundled import resources
from kling_desktop.simulator.endpoints import read_endpoints
from kling_desktop.simulator.products import product_of
from tests.helpers.simulator import openapi_document, simulator_here, write_documents
from tests.simulator.conftest import FROM_PICTURE, FROM_TEXT, Caller

SITE = "/api/openapi/queue/openapi.json"


def walked(value):
    """Every object inside a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walked(inner)


def pointed_at(document, ref):
    for part in ref.removeprefix("#/").split("/"):
        document = document[part]
    return document


async def test_each_bundled_endpoint_has_a_document_like_fals(sim, caller):
    async with httpx.AsyncClient(base_url=sim.url) as nobody:
        for endpoint in sim.context.endpoints.all():
            one = endpoint.endpoint_id
            document = (await nobody.get(SITE, params={"endpoint_id": one})).json()
            assert document["openapi"] == "3.0.4"
            assert set(document["paths"]) == {
                f"/{one}",
                f"/{one}/requests/{{request_id}}",
                f"/{one}/requests/{{request_id}}/status",
                f"/{one}/requests/{{request_id}}/cancel",
            }
            assert "QueueStatus" in document["components"]["schemas"]
            assert document["info"]["x-fal-metadata"]["endpointId"] == one
            for inner in walked(document):
                if isinstance(inner.get("$ref"), str):
                    assert pointed_at(document, inner["$ref"])
            assert "$defs" not in str(document)
            assert "x-kling-desktop" not in str(document)


async def test_the_site_and_the_platform_give_the_same_document(caller):
    site = (await caller.http.get(SITE, params={"endpoint_id": FROM_PICTURE})).json()
    asked = {"endpoint_id": FROM_PICTURE, "expand": "openapi-3.0"}
    (model,) = (await caller.http.get("/v1/models", params=asked)).json()["models"]
    assert model["openapi"] == site


async def test_what_is_served_can_be_read_again(sim, tmp_path):
    documents = [dict(one.document) for one in sim.context.endpoints.all()]
    again = read_endpoints(write_documents(tmp_path / "again", *documents))
    for before in sim.context.endpoints.all():
        after = again.get(before.endpoint_id)
        assert after is not None
        assert set(after.properties) == set(before.properties)
        assert product_of(after, {}) == product_of(before, {})


async def test_models_can_be_looked_for(caller):
    async def ids(**asked):
        found = (await caller.http.get("/v1/models", params=asked)).json()["models"]
        return [one["endpoint_id"] for one in found]

    everything = await ids(limit=100)
    assert FROM_TEXT in await ids(q="text-to-video", limit=100)
    assert FROM_PICTURE not in await ids(q="text-to-video", limit=100)
    assert await ids(q="nothing has this name") == []
    assert set(await ids(status="active", limit=100)) <= set(everything)
    assert set(await ids(category="image-to-video", limit=100)) < set(everything)


async def test_at_most_fifty_are_asked_for_at_once(caller):
    many = [("endpoint_id", FROM_TEXT)] * 51
    for path in ("/v1/models", "/v1/models/pricing"):
        answer = await caller.http.get(path, params=many)
        assert answer.status_code == 400
        assert answer.json()["error"]["type"] == "validation_error"


async def test_what_is_withdrawn_is_unknown_and_what_is_deprecated_says_so(tmp_path):
    folder = tmp_path / "catalogue"
    write_documents(folder / "request_types")
    schema = '{"type": "object", "properties": {"prompt": {"type": "string"}}}'
    (folder / "request_types" / "R.json").write_text(schema)
    rows = [
        {"endpoint_id": f"a/b/{name}", "title": name, "request_type": "R", **more}
        for name, more in {
            "new": {"status": "current", "price": {"first": "0.007"}},
            "old": {"status": "deprecated", "price": {"per_second": "0.1"}, "short_side": 2160},
            "gone": {"status": "withdrawn"},
        }.items()
    ]
    (folder / "endpoints.json").write_text(json.dumps({"endpoints": rows}))
    async with simulator_here(tmp_path / "simulator", schemas=folder) as sim:
        caller = Caller(sim.url)
        models = (await caller.http.get("/v1/models")).json()["models"]
        said = {one["endpoint_id"]: one["metadata"]["status"] for one in models}
        assert said == {"a/b/new": "active", "a/b/old": "deprecated"}
        gone = await caller.http.get(SITE, params={"endpoint_id": "a/b/gone"})
        assert (gone.status_code, gone.json()) == (404, None)
        both = [("endpoint_id", "a/b/new"), ("endpoint_id", "a/b/old")]
        prices = (await caller.http.get("/v1/models/pricing", params=both)).json()["prices"]
        assert [(one["unit_price"], one["unit"]) for one in prices] == [
            (0.007, "generations"),
            (0.1, "seconds"),
        ]
        await caller.http.aclose()


async def test_more_lines_than_are_rendered_are_owned_up_to(tmp_path):
    properties = {"prompt": {"type": "string"}, "duration": {"type": "string", "default": "1"}}
    document = openapi_document("somebody/model/4k/text-to-video", properties)
    schemas = write_documents(tmp_path / "schemas", document)
    async with simulator_here(tmp_path / "simulator", schemas=schemas, short_side=None) as sim:
        caller = Caller(sim.url)
        submitted = await caller.submit("somebody/model/4k/text-to-video", {"prompt": "night"})
        status = await caller.completed(submitted)
        said = [line["message"] for line in status["logs"]]
        assert "The model gives 2160 lines; this rehearsal 1080." in said
        await caller.http.aclose()


def test_the_bundled_catalogue_is_read_without_loss():
    table = json.loads((resources() / "catalogue" / "endpoints.json").read_text())
    wanted = {one["endpoint_id"] for one in table["endpoints"] if one["status"] != "withdrawn"}
    found = {one.endpoint_id for one in read_endpoints(resources() / "catalogue").all()}
    assert found == wanted


async def test_documents_that_are_added_later_are_known_at_once(tmp_path):
    added = tmp_path / "added"
    added.mkdir()
    async with simulator_here(tmp_path / "simulator", added=added) as sim:
        caller = Caller(sim.url)
        before = await caller.http.post("/somebody/model/v1", json={})
        assert before.status_code == 404
        write_documents(added, openapi_document("somebody/model/v1", SIZED, output=ADDRESSES))
        body = {"image_size": "portrait_4_3", "count": 1}
        result = await caller.result(await caller.submit("somebody/model/v1", body))
        assert result.status_code == 200, result.text
        (address,) = result.json()["image_urls"]
        data = (await caller.http.get(address)).content
        assert Image.open(io.BytesIO(data)).size == (96, 128)
        assert FROM_TEXT in {one.endpoint_id for one in sim.context.endpoints.all()}
        asked = {"endpoint_id": "somebody/model/v1"}
        assert (await caller.http.get(SITE, params=asked)).status_code == 200
        await caller.http.aclose()


SIZED = {"image_size": {"type": "string"}, "count": {"type": "integer"}}
ADDRESSES = {
    "image_urls": {"type": "array", "items": {"type": "string"}},
    "timings": {"type": "object"},
}
