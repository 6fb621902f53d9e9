"""The simulator reads every bundled model by its own few lines, and takes what is posted."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kling_desktop.bundled import resources
from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.openapi import read_document
from kling_desktop.catalog.validation import body_of
from kling_desktop.simulator.endpoints import read_endpoints
from kling_desktop.simulator.inputs import input_files
from kling_desktop.simulator.strictness import complaints_about
from tests.helpers.catalog import bodies, bundled

CATALOG = bundled()
ENDPOINTS = read_endpoints(resources() / "catalogue")
IDS = [one.endpoint_id for one in ENDPOINTS.all()]


def complaints(endpoint, body):
    return complaints_about(body, endpoint.input_schema, endpoint.root)


def test_it_has_all_that_fal_has():
    offered = {
        one.endpoint_id for one in CATALOG.endpoints if one.status is not EndpointStatus.WITHDRAWN
    }
    assert set(IDS) >= offered
    assert ENDPOINTS.has_app("fal-ai/kling-video")
    assert ENDPOINTS.has_app("kling/v4")


@pytest.mark.parametrize("endpoint_id", IDS)
@settings(max_examples=5)
@given(data=st.data())
def test_it_takes_what_is_posted(endpoint_id, data):
    endpoint = ENDPOINTS.get(endpoint_id)
    request_type = CATALOG.request_type_of(endpoint_id)
    body = body_of(request_type, data.draw(bodies(request_type.schema)))
    assert complaints(endpoint, body) == []
    linked = json.dumps(body).count("https://")
    assert len(input_files(endpoint, body)) == linked


@pytest.mark.parametrize("endpoint_id", IDS)
def test_it_refuses_what_is_missing_or_too_much(endpoint_id):
    endpoint = ENDPOINTS.get(endpoint_id)
    required = CATALOG.request_type_of(endpoint_id).schema["required"]
    missing = [one for one in complaints(endpoint, {}) if one.kind == "missing"]
    assert [one.loc for one in missing] == [(name,) for name in required]
    extra = [one for one in complaints(endpoint, {"odd": 1}) if one.kind == "extra_forbidden"]
    assert len(extra) == 1


@pytest.mark.parametrize("endpoint_id", IDS)
def test_the_document_that_it_publishes_can_be_read(endpoint_id):
    endpoint, request_type = read_document(dict(ENDPOINTS.get(endpoint_id).document))
    known = CATALOG.request_type_of(endpoint_id)
    assert endpoint.endpoint_id == endpoint_id
    assert [one.name for one in request_type.in_schema_order()] == [
        one.name for one in known.in_schema_order()
    ]
    assert set(request_type.output["properties"]) == set(known.output["properties"])
    assert "x-kling-desktop" not in json.dumps(ENDPOINTS.get(endpoint_id).document)
