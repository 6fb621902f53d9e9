"""Each bundled request type beside fal's own document (June 2026, texts removed)."""

import json
from pathlib import Path

import pytest

from kling_desktop.catalog.openapi import read_document
from tests.helpers.catalog import bundled

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.json"))
REASONS = {
    "limits": "fal declares no limits here; Kling's own documentation does",
    "formats": "as limits; WebP is added because fal's own example pictures are WebP",
}


def facts_of(field):
    return {
        "type": field.type,
        "required": field.required,
        "nullable": field.nullable,
        "default": (field.has_default, field.default),
        "enum": field.enum,
        "bounds": (
            field.minimum,
            field.maximum,
            field.exclusive_minimum,
            field.exclusive_maximum,
            field.multiple_of,
            field.min_length,
            field.max_length,
            field.pattern,
            field.min_items,
            field.max_items,
        ),
        "media": field.media,
        "formats": field.limits.formats if field.limits else None,
        "limits": field.limits and (field.limits.max_bytes, field.limits.min_width),
    }


def test_every_bundled_endpoint_has_its_document():
    ids = {json.loads(path.read_text("utf-8"))["endpoint_id"] for path in DOCUMENTS}
    assert ids == {one.endpoint_id for one in bundled().endpoints}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_field_by_field(path):
    theirs_endpoint, theirs = read_document(json.loads(path.read_text("utf-8")))
    ours = bundled().request_type_of(theirs_endpoint.endpoint_id)
    endpoint = bundled().endpoint(theirs_endpoint.endpoint_id)
    assert ours.name == theirs.name
    assert endpoint.makes == theirs_endpoint.makes
    assert endpoint.intentions == theirs_endpoint.intentions
    names = [one.name for one in theirs.in_schema_order()]
    assert [one.name for one in ours.in_schema_order()] == names
    differences = {
        word
        for name in names
        for word, fact in facts_of(theirs.field(name)).items()
        if facts_of(ours.field(name))[word] != fact
    }
    assert differences <= set(REASONS)
    assert set(ours.output["properties"]) == set(theirs.output["properties"])
