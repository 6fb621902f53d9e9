"""Forms of models that nobody here has seen: shapes as fal publishes them, and nonsense."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kling_desktop.catalog.openapi import read_document
from kling_desktop.catalog.problems import ModelUnreadable
from kling_desktop.catalog.validation import body_of, validate
from kling_desktop.records.media import MediaKind
from tests.helpers.catalog import a_document, odd_schemas

TEXT = {"type": "string"}
PICTURE = {"type": "string", "ui": {"field": "image"}}


def nullable(schema):
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema, **more):
    return {"type": "array", "items": schema, **more}


def at(name):
    return {"$ref": f"#/components/schemas/{name}"}


def group(*required, **properties):
    return {"type": "object", "properties": properties, "required": list(required)}


SIZE = group(
    width={"type": "integer", "exclusiveMinimum": 0, "maximum": 14142, "default": 512},
    height={"type": "integer", "exclusiveMinimum": 0, "maximum": 14142, "default": 512},
)
FILE = group(
    "url",
    url={"type": "string", "format": "binary"},
    content_type=nullable(TEXT),
    file_name=nullable(TEXT),
    file_size=nullable({"type": "integer"}),
)
LORA = group("path", path=TEXT, scale={"type": "number", "minimum": 0, "maximum": 4, "default": 1})
TEXT_TO_IMAGE = group(
    "prompt",
    prompt=TEXT,
    image_size={
        "anyOf": [at("ImageSize"), {"enum": ["square", "portrait_4_3", "landscape_16_9"]}],
        "default": "landscape_16_9",
    },
    num_inference_steps={"type": "integer", "minimum": 1, "maximum": 50, "default": 28},
    seed=nullable({"type": "integer"}),
    guidance_scale={"type": "number", "minimum": 1, "maximum": 20, "default": 3.5},
    loras=listed(at("LoraWeight"), default=[]),
    enable_safety_checker={"type": "boolean", "default": True},
    output_format={"enum": ["jpeg", "png"], "type": "string", "default": "jpeg"},
)
SPEECH = group(
    "text",
    text={"type": "string", "minLength": 1, "maxLength": 5000},
    voice={"type": "string", "enum": [f"Voice {number}" for number in range(200)]},
    voice_setting={"allOf": [at("Voice")], "default": {"speed": 1}},
    pronunciation={"type": "object", "additionalProperties": TEXT},
)
VOICE = group(speed={"type": "number", "minimum": 0.5, "maximum": 2, "default": 1})
MESH = group(
    "input_image_urls",
    input_image_urls=listed(PICTURE, minItems=1, maxItems=5),
    texture_size={"enum": [512, 1024], "default": 1024},
    mesh_simplify={"type": "number", "default": 0.95},
)
UPSCALE = group("video", video=at("Video"), factor={"type": "integer", "default": 2})
TALK = group(
    "image_url",
    "audio_url",
    image_url=PICTURE,
    audio_url={"type": "string", "ui": {"field": "audio"}},
    tree=at("Branch"),
)
BRANCH = group(name=TEXT, twigs=listed(at("Branch")))


def made(**fields):
    return group(**fields)


FILE_OUT = at("File")
ADDRESS = "https://v3.fal.media/files/a/b.png"
CASES = {
    "a picture from words": (
        TEXT_TO_IMAGE, made(images=listed(FILE_OUT)), {"prompt": "rain"}, MediaKind.IMAGE,
    ),
    "speech": (SPEECH, made(audio=FILE_OUT), {"text": "Hello"}, MediaKind.AUDIO),
    "a mesh from pictures": (
        MESH, made(model_mesh=FILE_OUT), {"input_image_urls": [ADDRESS]}, MediaKind.FILE,
    ),
    "a larger clip": (UPSCALE, made(video=FILE_OUT), {"video": {"url": ADDRESS}}, MediaKind.VIDEO),
    "a talking picture": (
        TALK, made(video=FILE_OUT), {"image_url": ADDRESS, "audio_url": ADDRESS}, MediaKind.VIDEO,
    ),
}  # fmt: skip
PARTS = {
    "ImageSize": SIZE, "LoraWeight": LORA, "Voice": VOICE, "Video": FILE, "Branch": BRANCH,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_form_and_a_body(form, name):
    schema, output, values, makes = CASES[name]
    endpoint, request_type = read_document(a_document(schema, output, **PARTS))
    assert endpoint.makes is makes
    form.set_request_type(request_type)
    form.set_values(values)
    assert form.values() == values
    assert validate(request_type, values, {}) == ()
    assert body_of(request_type, values) == values


def test_files_have_slots_however_they_are_written():
    kinds = {}
    for schema, output, *_ in CASES.values():
        _, request_type = read_document(a_document(schema, output, **PARTS))
        kinds |= {
            one.name: one.media for top in request_type.fields for one in top.walk() if one.media
        }
    assert kinds["url"] is MediaKind.VIDEO
    assert kinds["image_url"] is MediaKind.IMAGE
    assert kinds["audio_url"] is MediaKind.AUDIO


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(properties=st.dictionaries(st.sampled_from("abc"), odd_schemas, min_size=1, max_size=3))
def test_nonsense_gives_a_form_or_a_problem(form, properties):
    try:
        _, request_type = read_document(a_document({"properties": properties}))
    except ModelUnreadable:
        return
    form.set_request_type(request_type)
    form.set_values(request_type.defaults())
    body_of(request_type, form.values())
