"""Each bundled request type beside fal's own document (June 2026, texts removed)."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.openapi import read_document
from tests.helpers.catalog import bundled

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.json"))
CATALOG = bundled()
SEED = {
    "TextToVideoV21MasterRequest", "V1TextToVideoRequest", "ImageToVideoRequest",
    "ProImageToVideoRequest", "LipsyncA2VRequest", "LipsyncT2VRequest",
    "ImageToVideoV21MasterRequest", "ImageToVideoV21StandardRequest", "ImageToVideoV21ProRequest",
    "V1ImageToVideoRequest", "TextToVideoRequest", "VideoEffectsRequest",
    "MultiImageToVideoRequest", "TextToVideoV2MasterRequest", "ImageToVideoV2MasterRequest",
}  # fmt: skip

PICTURE = ("max_bytes", "min_width", "min_height", "min_ratio", "max_ratio")
CLIP = ("max_bytes", "min_width", "max_width", "min_height", "max_height")
LENGTH = ("min_duration", "max_duration")
KLING_PICTURE = "fal declares no limits here; Kling's own documentation does"
KLING_SOUND = "fal declares no limits here; Kling's own documentation does, and they only warn"
IN_WORDS = "fal's document says it in its words, not in its schema"
DIFFERENCES = {
    "image_url": (PICTURE, KLING_PICTURE),
    "tail_image_url": (PICTURE, KLING_PICTURE),
    "input_image_urls[]": (PICTURE, KLING_PICTURE),
    "input_image_urls": (("min_items", "max_items"), IN_WORDS),
    "audio_url": (("max_bytes", *LENGTH), f"{IN_WORDS}; for avatars: {KLING_SOUND}"),
    "video_url": ((*CLIP, *LENGTH), IN_WORDS),
    "voice_url": (LENGTH, IN_WORDS),
    "voice_ids": (("max_items",), IN_WORDS),
    "elements": (("max_items",), IN_WORDS),
    "elements[].reference_image_urls": (("max_items",), IN_WORDS),
    "dynamic_masks": (("max_items",), "Kling's own documentation: six areas"),
    "dynamic_masks[].trajectories": (
        ("min_items", "max_items"),
        "Kling's own documentation: 2 to 77 points",
    ),
}
"""Where ours says more than fal's schema, what more, and why. It never says less or otherwise."""
FORMATS = "fal's schemas name no formats; its words, its own examples and Kling do"
FURTHER_INTENTIONS = {
    "video-to-video/reference": "the video is a reference too",
    "v1/standard/text-to-video": "its camera is found under More",
    "v1/standard/image-to-video": "its motion brush is found under More",
    "v1.5/pro/image-to-video": "its motion brush is found under More",
}
_LIMIT_NAMES = [one.name for one in fields(FieldLimits) if one.name not in ("formats", "unsure")]
_PLAIN_NAMES = [
    "type", "required", "nullable", "has_default", "default", "enum", "media",
    "minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of",
    "min_length", "max_length", "pattern", "min_items", "max_items",
]  # fmt: skip


def facts_of(field):
    facts = {name: getattr(field, name) for name in _PLAIN_NAMES}
    limits = field.limits or FieldLimits()
    return facts | {name: getattr(limits, name) for name in _LIMIT_NAMES}


def differences(ours, theirs, path):
    """Every fact in which two fields differ, however deep."""
    assert [one.name for one in ours.properties] == [one.name for one in theirs.properties]
    mine, said = facts_of(ours), facts_of(theirs)
    yield from ((path, name, said[name]) for name in said if mine[name] != said[name])
    for inner in ours.properties:
        yield from differences(inner, theirs.child(inner.name), f"{path}.{inner.name}")
    if theirs.items is not None:
        yield from differences(ours.items, theirs.items, f"{path}[]")


def read(path):
    return read_document(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_field_by_field(path):
    theirs_endpoint, theirs = read(path)
    ours = CATALOG.request_type_of(theirs_endpoint.endpoint_id)
    endpoint = CATALOG.endpoint(theirs_endpoint.endpoint_id)
    assert ours.name == theirs.name
    assert endpoint.makes == theirs_endpoint.makes
    names = [one.name for one in theirs.in_schema_order()]
    assert [one.name for one in ours.in_schema_order()] == names
    assert ours.schema["required"] == theirs.schema["required"]
    for name in names:
        for place, fact, said in differences(ours.field(name), theirs.field(name), name):
            allowed, reason = DIFFERENCES[place]
            assert fact in allowed, f"{place}: {fact} differs, which {reason} does not explain"
            assert said is None, f"{place}: fal says {fact} itself"
    assert set(ours.output["properties"]) == set(theirs.output["properties"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_what_it_is_for_is_what_its_inputs_say_and_at_times_more(path):
    theirs, _ = read(path)
    ours = CATALOG.endpoint(theirs.endpoint_id)
    assert ours.intentions[0] == theirs.intention
    more = set(ours.intentions) - set(theirs.intentions)
    assert not more or any(theirs.endpoint_id.endswith(one) for one in FURTHER_INTENTIONS)
    assert set(theirs.intentions) <= set(ours.intentions)


def test_every_listed_difference_is_one():
    found = set()
    for path in DOCUMENTS:
        endpoint, theirs = read(path)
        ours = CATALOG.request_type_of(endpoint.endpoint_id)
        for field in theirs.fields:
            found |= {
                (place, fact)
                for place, fact, _ in differences(ours.field(field.name), field, field.name)
            }
    listed = {(place, fact) for place, (facts, _) in DIFFERENCES.items() for fact in facts}
    assert found == listed


def test_every_document_has_its_row_and_the_rest_say_where_they_come_from():
    documented = {read(path)[0].endpoint_id for path in DOCUMENTS}
    ids = {one.endpoint_id for one in CATALOG.endpoints}
    assert len(documented) == 67
    assert documented <= ids
    assert len(ids) == len(CATALOG.endpoints) == 86
    for endpoint_id in ids - documented:
        request_type = CATALOG.request_type_of(endpoint_id)
        is_shared = request_type.name in SEED
        assert is_shared or request_type.schema["x-kling-desktop"]["source"]


def test_every_request_type_of_the_first_page_is_there():
    assert set(CATALOG.request_types) >= SEED
    brush = CATALOG.request_type("V1ImageToVideoRequest").field("dynamic_masks").items
    assert [one.name for one in brush.properties] == ["mask_url", "trajectories"]
    assert [one.name for one in brush.child("trajectories").items.properties] == ["x", "y"]
    camera = CATALOG.request_type("V1TextToVideoRequest").field("advanced_camera_control")
    assert [one.name for one in camera.properties] == ["movement_type", "movement_value"]


def test_withdrawn_ones_stay():
    gone = {one.endpoint_id for one in CATALOG.endpoints if one.status is EndpointStatus.WITHDRAWN}
    assert len(gone) == 4
    assert all(CATALOG.request_type_of(one).fields for one in gone)


def test_what_is_added_to_a_schema_names_its_source():
    for name in CATALOG.request_types:
        for outer in _schemas(CATALOG.request_type(name).schema):
            own = outer.get("x-kling-desktop", {})
            if {"formats", "unsure"} & set(own) and "x-fal" in outer:
                assert own["source"], outer["title"]


def _schemas(schema):
    yield schema
    for inner in schema.get("properties", {}).values():
        yield from _schemas(inner)
    if "items" in schema:
        yield from _schemas(schema["items"])
