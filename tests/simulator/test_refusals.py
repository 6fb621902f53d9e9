"""How requests are turned away, and how bad inputs end."""

from __future__ import annotations

import base64

import httpx
import pytest

from kling_desktop.simulator.complaints import Complaint
from kling_desktop.simulator.strictness import complaints_about
from tests.helpers.simulator import openapi_document, simulator_here, write_documents
from tests.simulator.conftest import FROM_PICTURE, FROM_TEXT, START_END, Caller, picture

WORDS = {"prompt": "a boat on a quiet lake"}


@pytest.mark.parametrize(
    ("key", "status", "text"),
    [
        (
            "",
            401,
            'Cannot access application "fal-ai/kling-video". '
            "Authentication is required to access this application.",
        ),
        (
            "no-colon",
            401,
            "Invalid Key Authorization header format. Expected '<key_id>:<key_secret>'.",
        ),
        ("unknown:key", 401, "No user found for Key ID and Secret"),
        (
            "no-balance:key",
            403,
            "User is locked. Reason: Exhausted balance. "
            "Top up your balance at fal.ai/dashboard/billing.",
        ),
    ],
)
async def test_keys_are_refused_in_fals_words(call, key, status, text):
    answer = await call(key).http.post(f"/{FROM_TEXT}", json=WORDS)
    assert (answer.status_code, answer.json()) == (status, {"detail": text})


async def test_only_listed_keys_are_good_once_there_is_a_list(sim, caller, call):
    sim.context.accounts.accept_only(["good:key"])
    assert (await caller.http.post(f"/{FROM_TEXT}", json=WORDS)).status_code == 401
    submitted = await call("good:key").submit(FROM_TEXT, {**WORDS, "duration": "7"})
    sim.context.accounts.accept_only(None)
    assert (await call("good:key").result(submitted)).status_code == 422


async def test_storage_and_platform_refuse_in_words_of_their_own(call):
    nobody = call("")
    answer = await nobody.http.post("/storage/upload/initiate?storage_type=fal-cdn-v3", json={})
    assert (answer.status_code, answer.json()) == (
        401,
        {"detail": "Authorization header is required"},
    )
    answer = await nobody.http.get("/v1/models/pricing", params={"endpoint_id": FROM_TEXT})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "authorization_error"
    assert answer.json()["error"]["message"] == "API key authentication required"


async def test_an_unknown_app_is_refused_at_once_and_an_unknown_path_at_the_end(caller):
    answer = await caller.http.post("/fal-ai/nothing/at/all", json={})
    assert answer.status_code == 404
    assert answer.json() == {"detail": 'Application "fal-ai/nothing" not found'}
    result = await caller.result(await caller.submit("fal-ai/kling-video/v9/none", WORDS))
    assert (result.status_code, result.json()) == (404, {"detail": "Path /v9/none not found"})
    assert result.headers["x-fal-billable-units"] == "0"


async def test_bodies_that_are_too_large_or_no_object_are_refused(tmp_path, caller):
    assert (await caller.http.post(f"/{FROM_TEXT}", content=b"[1]")).status_code == 422
    assert (await caller.http.post(f"/{FROM_TEXT}", content=b"{")).status_code == 422
    async with simulator_here(tmp_path / "strict", max_json_bytes=1000) as strict:
        other = Caller(strict.url)
        answer = await other.http.post(f"/{FROM_TEXT}", json={"prompt": "x" * 2000})
        assert answer.status_code == 413
        await other.http.aclose()


@pytest.mark.parametrize(
    ("body", "loc", "kind"),
    [
        ({}, ["body", "prompt"], "missing"),
        ({"prompt": 5}, ["body", "prompt"], "string_type"),
        ({"prompt": None}, ["body", "prompt"], "string_type"),
        ({"prompt": "x" * 2501}, ["body", "prompt"], "string_too_long"),
        ({**WORDS, "duration": 5}, ["body", "duration"], "string_type"),
        ({**WORDS, "duration": "6"}, ["body", "duration"], "one_of"),
        ({**WORDS, "cfg_scale": 2}, ["body", "cfg_scale"], "less_than_equal"),
        ({**WORDS, "cfg_scale": "0.5"}, ["body", "cfg_scale"], "float_type"),
        ({**WORDS, "speed": 2}, ["body", "speed"], "extra_forbidden"),
    ],
)
async def test_a_bad_field_is_accepted_and_ends_as_422_at_its_place(caller, body, loc, kind):
    (entry,) = await caller.refused(FROM_TEXT, body)
    assert (entry["loc"], entry["type"]) == (loc, kind)
    assert entry["msg"]
    assert entry["url"] == f"https://docs.fal.ai/errors#{kind}"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture(640, 200), "image_too_small"),
        (picture(1200, 301), "image_aspect_ratio_error"),
        (picture()[:300], "image_load_error"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image_load_error"),
        (b"", "image_load_error"),
        (b"\0" * (10 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
async def test_a_bad_picture_ends_as_422_at_its_field(caller, data, kind):
    url = await caller.upload(data)
    (entry,) = await caller.refused(FROM_PICTURE, {**WORDS, "image_url": url})
    assert (entry["loc"], entry["type"]) == (["body", "image_url"], kind)


async def test_the_limits_are_told(caller):
    small = await caller.upload(picture(200, 200))
    (entry,) = await caller.refused(FROM_PICTURE, {**WORDS, "image_url": small})
    assert entry["ctx"] == {"min_height": 300, "min_width": 300}
    wide = await caller.upload(picture(1200, 301))
    (entry,) = await caller.refused(FROM_PICTURE, {**WORDS, "image_url": wide})
    assert entry["msg"] == "The aspect ratio of the image should be between 0.4 and 2.5."


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/nothing.png",
        "http://127.0.0.1:9/files/b/01234567/aaaaaaaaaaaaaaaaaaaaa_gone.png",
        "http://10.0.0.1/private.png",
        "ftp://example.org/x.png",
        "media://0000.png",
        "data:image/png;base64,%%%",
        "no address",
    ],
)
async def test_an_input_out_of_reach_ends_as_422(caller, url):
    (entry,) = await caller.refused(FROM_PICTURE, {**WORDS, "image_url": url})
    assert (entry["loc"], entry["type"]) == (["body", "image_url"], "file_download_error")


async def test_every_bad_input_is_told_at_once(caller):
    url = "http://127.0.0.1:9/nothing.png"
    found = await caller.refused(START_END, {**WORDS, "image_url": url, "tail_image_url": url})
    assert [one["loc"][1] for one in found] == ["image_url", "tail_image_url"]


async def test_a_data_uri_is_taken(caller, tmp_path):
    url = "data:image/png;base64," + base64.b64encode(picture()).decode()
    assert await caller.clip(FROM_PICTURE, {**WORDS, "image_url": url}, tmp_path / "clip.mp4")


async def test_pictures_may_come_from_elsewhere_where_that_is_allowed(tmp_path, caller):
    url = await caller.upload(picture())
    async with simulator_here(tmp_path / "open", private_inputs=True) as other:
        there = Caller(other.url)
        answer = await there.result(await there.submit(FROM_PICTURE, {**WORDS, "image_url": url}))
        assert answer.status_code == 200
        await there.http.aclose()


async def test_an_invented_schema_is_read_with_all_its_nesting(tmp_path):
    document = openapi_document(
        "somebody/model/v1",
        {
            "words": {"type": "string", "minLength": 2},
            "parts": {
                "anyOf": [
                    {
                        "type": "array",
                        "maxItems": 2,
                        "items": {
                            "type": "object",
                            "required": ["x"],
                            "properties": {"x": {"type": "integer"}},
                        },
                    },
                    {"type": "null"},
                ]
            },
        },
        required=["words"],
    )
    schemas = write_documents(tmp_path / "schemas", document)
    async with simulator_here(tmp_path / "simulator", schemas=schemas) as sim:
        caller = Caller(sim.url)
        found = await caller.refused("somebody/model/v1", {"words": "x", "parts": [{"x": 1}, {}]})
        assert [one["loc"] for one in found] == [["body", "words"], ["body", "parts", 1, "x"]]
        good = await caller.submit("somebody/model/v1", {"words": "xyz", "parts": None})
        assert (await caller.result(good)).status_code == 200
        await caller.http.aclose()


def test_numbers_and_choices_are_compared_exactly():
    schema = {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.1}
    assert complaints_about(0.3, schema, {}) == []
    assert [one.kind for one in complaints_about(0, schema, {})] == ["greater_than"]
    assert [one.kind for one in complaints_about(0.25, schema, {})] == ["multiple_of"]
    assert complaints_about(True, {"type": "integer"}, {})[0].kind == "int_type"
    assert complaints_about("c", {"enum": ["a", "b"]}, {}) == [
        Complaint((), "one_of", "Input should be 'a' or 'b'", "c", {"expected": ["a", "b"]})
    ]


async def test_no_key_is_ever_written_down(sim, caller, tmp_path):
    secret = "very-secret-part"
    async with httpx.AsyncClient() as client:
        await client.post(
            f"{sim.url}/{FROM_TEXT}", json=WORDS, headers={"Authorization": f"Key id:{secret}"}
        )
        seen = (await client.get(f"{sim.url}/_simulator/requests")).text
        queue = (await client.get(f"{sim.url}/_simulator/queue")).text
    assert secret not in seen + queue
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes()
