import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.catalog.openapi import read_document
from kling_desktop.catalog.problems import ModelUnreadable
from kling_desktop.catalog.validation import body_of, validate
from kling_desktop.records.media import MediaKind
from tests.helpers.catalog import a_document, odd_schemas
from tests.helpers.records import json_values

TEXT = {"type": "string"}
FILE = {"$ref": "#/components/schemas/File"}


def a_schema(*required, **properties):
    return {"type": "object", "properties": properties, "required": list(required)}


def read(schema, output=None, **more):
    return read_document(a_document(schema, output, **more))


def test_a_document_of_an_awkward_kind():
    point = {
        "title": "Point",
        "type": "object",
        "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}},
        "required": ["x", "y"],
    }
    tree = {"type": "object", "properties": {"twig": {"$ref": "#/components/schemas/Tree"}}}
    schema = {
        "title": "DreamIn",
        "properties": {
            "spell": {"allOf": [TEXT, {"maxLength": 40}], "description": "What to conjure"},
            "points": {
                "anyOf": [
                    {"type": "array", "items": {"$ref": "#/components/schemas/Point"}},
                    {"type": "null"},
                ]
            },
            "tree": {"$ref": "#/components/schemas/Tree"},
            "size": {"oneOf": [{"$ref": "#/components/schemas/Point"}, {"enum": ["s", "l"]}]},
            "blob": {"type": "blob", "weird": [1]},
            "style": {"enum": [f"style_{i}" for i in range(200)]},
        },
        "required": ["spell"],
        "x-fal-order-properties": ["style", "spell"],
    }
    endpoint, request_type = read(schema, Point=point, Tree=tree)
    assert (endpoint.endpoint_id, endpoint.tier) == ("acme/dream/v9/pro", "Pro")
    assert (endpoint.title, endpoint.family) == ("Dream v9 pro", "Dream")
    kinds = {one.name: one.type for one in request_type.fields}
    assert kinds == {
        "spell": FieldType.STRING,
        "points": FieldType.ARRAY,
        "tree": FieldType.OBJECT,
        "size": FieldType.STRING,
        "blob": FieldType.ANY,
        "style": FieldType.STRING,
    }
    assert request_type.field_at(("points", 0, "x")).required
    values = {"spell": "rain", "points": [{"x": 1, "y": 2}], "blob": [1], "size": "s"}
    assert validate(request_type, values, {}) == ()
    assert list(body_of(request_type, values)) == ["spell", "points", "size", "blob"]


def test_the_platforms_model_object():
    document = a_document(a_schema("prompt", prompt=TEXT))
    model = {
        "endpoint_id": "acme/other",
        "metadata": {
            "display_name": "Acme Dream",
            "description": "It\n dreams.",
            "status": "deprecated",
            "group": {"key": "k", "label": "Dreams"},
        },
        "openapi": document,
    }
    endpoint, request_type = read_document({"models": [model], "has_more": False})
    assert endpoint.endpoint_id == "acme/other"
    assert (endpoint.title, endpoint.family) == ("Acme Dream", "Dreams")
    assert (endpoint.summary, endpoint.status) == ("It dreams.", EndpointStatus.DEPRECATED)
    assert request_type.name == endpoint.request_type == "DreamInput"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (None, "no_such_model"),
        ({}, "no_such_model"),
        ({"models": []}, "no_such_model"),
        ({"models": [1]}, "no_such_model"),
        ([], "no_such_model"),
        ({"openapi": {"error": {"code": "expansion_failed"}}}, "model_without_form"),
        ({"openapi": "3.0.4"}, "model_without_form"),
        ({"openapi": "3.0.4", "paths": {"/a": {"get": {}}}}, "model_without_form"),
        (a_document(a_schema()), "model_without_form"),
        (a_document({"$ref": "#/components/schemas/Nothing"}), "model_without_form"),
    ],
)
def test_what_describes_no_model(document, code):
    with pytest.raises(ModelUnreadable) as raised:
        read_document(document)
    assert raised.value.problem.code == code


def test_a_model_without_any_name():
    document = a_document(a_schema(prompt=TEXT))
    document["info"] = {}
    assert read_document(document)[0].endpoint_id == "acme/dream/v9/pro"
    document["paths"] = {"/": document["paths"]["/acme/dream/v9/pro"]}
    with pytest.raises(ModelUnreadable):
        read_document(document)


def test_a_direct_answer_instead_of_a_queue():
    document = a_document(a_schema(prompt=TEXT))
    post = document["paths"]["/acme/dream/v9/pro"]
    answer = {"content": {"application/json": {"schema": a_schema(images={"items": FILE})}}}
    post["post"]["responses"]["200"] = answer
    document["paths"] = {"/acme": post}
    assert read_document(document)[0].makes is MediaKind.IMAGE
    del post["post"]["responses"]["200"]["content"]
    assert read_document(document)[0].makes is MediaKind.FILE


@pytest.mark.parametrize(
    ("output", "category", "makes"),
    [
        ({"video": FILE}, "", MediaKind.VIDEO),
        ({"video": FILE, "seconds": {"type": "number"}}, "odd", MediaKind.VIDEO),
        ({"images": {"type": "array", "items": FILE}}, "text-to-video", MediaKind.IMAGE),
        ({"audio": FILE, "video": FILE}, "video-to-audio", MediaKind.AUDIO),
        ({"audio": FILE, "video": FILE}, "video-to-video", MediaKind.VIDEO),
        ({"audio": FILE, "video": FILE}, "text-to-image", MediaKind.AUDIO),
        ({"audio": FILE, "video": FILE}, "", MediaKind.AUDIO),
        ({"model_mesh": FILE}, "image-to-3d", MediaKind.FILE),
        ({"voice_id": TEXT}, "audio-to-audio", MediaKind.FILE),
        ({"result": a_schema(video_file=FILE)}, "", MediaKind.VIDEO),
    ],
)
def test_what_it_makes(output, category, makes):
    document = a_document(a_schema(prompt=TEXT), a_schema(**output))
    document["info"]["x-fal-metadata"]["category"] = category
    assert read_document(document)[0].makes is makes


IMAGES = {"type": "array", "items": TEXT}


@pytest.mark.parametrize(
    ("schema", "intentions"),
    [
        (a_schema("prompt", prompt=TEXT), ("from_text",)),
        (a_schema("image_url", image_url=TEXT), ("from_picture",)),
        (a_schema(image_url=TEXT), ("from_picture",)),
        (
            a_schema("image_url", image_url=TEXT, end_image_url=TEXT),
            ("from_picture", "start_end"),
        ),
        (a_schema("image_url", image_url=TEXT, image_mask_url=TEXT), ("from_picture",)),
        (a_schema(image_urls=IMAGES, prompt=TEXT), ("references",)),
        (a_schema("video_url", video_url=TEXT, image_urls=IMAGES), ("edit",)),
        (a_schema("video_url", "audio_url", video_url=TEXT, audio_url=TEXT), ("lip_sync",)),
        (a_schema("video_url", "voice_id", video_url=TEXT, voice_id=TEXT), ("lip_sync",)),
        (a_schema("video_url", "image_url", video_url=TEXT, image_url=TEXT), ("more",)),
        (a_schema("image_url", "audio_url", image_url=TEXT, audio_url=TEXT), ("lip_sync",)),
        (a_schema("scene", scene={"enum": list(range(40))}, image_urls=IMAGES), ("effects",)),
    ],
)
def test_what_a_person_wants_of_it(schema, intentions):
    assert read(schema)[0].intentions == intentions


def test_what_makes_no_video_stands_under_more():
    assert read(a_schema(prompt=TEXT), a_schema(image=FILE))[0].intentions == ("more",)


@given(odd_schemas, odd_schemas)
def test_no_document_makes_it_stumble(schema, output):
    try:
        _, request_type = read(schema, output if isinstance(output, dict) else None)
    except ModelUnreadable:
        return
    validate(request_type, {}, {})


@given(
    st.dictionaries(
        st.sampled_from(["models", "openapi", "metadata", "endpoint_id", "info", "paths"]),
        json_values,
    )
)
def test_no_answer_makes_it_stumble(document):
    with pytest.raises(ModelUnreadable):
        read_document(document)


def test_no_part_of_a_document_makes_it_stumble():
    for cut in ("info", "components", "paths"):
        for odd in (None, [], "x", {"a": 1}, {"a": {"post": 5}}):
            document = a_document(a_schema(prompt=TEXT)) | {cut: odd}
            try:
                read_document(document)
            except ModelUnreadable:
                continue
