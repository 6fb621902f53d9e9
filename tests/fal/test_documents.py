"""What fal publishes of its models, and what comes back instead of it."""

from __future__ import annotations

import pytest

from kling_desktop.fal import errors
from kling_desktop.fal.hosts import Hosts
from tests.helpers import awkward_server as awkward

SITE, MODELS = "/api/openapi/queue/openapi.json", "/v1/models"
DOCUMENT = {"openapi": "3.0.4", "paths": {}}
NAMED = {"models": [{"endpoint_id": "acme/dream", "metadata": {"display_name": "Dream"}}]}
EXPANDED = {"models": [{**NAMED["models"][0], "openapi": DOCUMENT}]}


async def test_a_document_and_its_words_without_a_key(server, fal):
    server.on("GET", SITE, awkward.says(200, DOCUMENT))
    server.on("GET", MODELS, awkward.says(200, NAMED))
    found = await fal.documents.of("acme/dream")
    assert found == {
        "endpoint_id": "acme/dream",
        "metadata": {"display_name": "Dream"},
        "openapi": DOCUMENT,
    }
    assert server.seen[0].target == f"{SITE}?endpoint_id=acme%2Fdream"
    assert not any("authorization" in one.headers for one in server.seen)


async def test_a_form_can_do_without_the_words(server, fal):
    server.on("GET", SITE, awkward.says(200, DOCUMENT))
    server.on("GET", MODELS, awkward.says(404, {}))
    assert (await fal.documents.of("acme/dream"))["metadata"] == {}


@pytest.mark.parametrize(
    "answer", [awkward.says(404, None), awkward.page(404), awkward.says(200, [1])]
)
async def test_the_platform_is_asked_where_the_site_says_nothing(server, fal, answer):
    server.on("GET", SITE, answer)
    server.on("GET", MODELS, awkward.says(200, EXPANDED))
    assert (await fal.documents.of("acme/dream"))["openapi"] == DOCUMENT
    assert "expand=openapi-3.0" in server.seen[-1].target


async def test_a_model_that_nobody_knows(server, fal):
    server.on("GET", SITE, awkward.says(404, None))
    server.on("GET", MODELS, awkward.says(404, {"error": {"type": "not_found"}}))
    with pytest.raises(errors.NotFound):
        await fal.documents.of("acme/nothing")


async def test_no_answer_is_no_missing_model(server, fal):
    server.on("GET", SITE, awkward.says(503, {}))
    server.on("GET", MODELS, awkward.says(503, {}))
    with pytest.raises(errors.ServerTrouble):
        await fal.documents.of("acme/dream")


async def test_a_document_without_an_end_is_cut_off(server, fal):
    server.on("GET", SITE, awkward.says(200, {"text": "x" * (5 << 20)}))
    server.on("GET", MODELS, awkward.says(404, {}))
    with pytest.raises(errors.FalError):
        await fal.documents.of("acme/dream")


async def test_one_unknown_model_among_many_is_found_by_halving(server, fal):
    def answer(request):
        ids = request.target.partition("endpoint_id=")[2].partition("&")[0].split("%2C")
        if any("nothing" in one for one in ids):
            return awkward.says(404, {"error": {"type": "not_found"}})
        rows = [{"endpoint_id": one.replace("%2F", "/"), "openapi": DOCUMENT} for one in ids]
        return awkward.says(200, {"models": rows})

    server.on("GET", MODELS, answering(answer))
    known = [f"acme/m{number}" for number in range(7)]
    found = await fal.documents.of_all([*known[:3], "acme/nothing", *known[3:]])
    assert list(found) == known


def answering(choose):
    """An answer that hangs on what was asked."""

    async def answer(line):
        return await choose(line.seen)(line)

    return answer


def test_every_address_can_be_set():
    hosts = Hosts.single("http://127.0.0.1:9/base")
    assert (hosts.site, hosts.platform) == (
        "http://127.0.0.1:9/base",
        "http://127.0.0.1:9/base/v1",
    )
