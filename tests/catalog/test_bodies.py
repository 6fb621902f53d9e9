"""What is posted for every request type, against fal's own documents."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kling_desktop.catalog.normal_form import pointed_at
from kling_desktop.catalog.validation import body_of, validate
from tests.helpers.catalog import bodies, bundled

CATALOG = bundled()
DOCUMENTS = {}
for path in sorted((Path(__file__).parent / "documents").glob("*.json")):
    document = json.loads(path.read_text("utf-8"))
    name = CATALOG.endpoint(document["endpoint_id"]).request_type
    DOCUMENTS.setdefault(name, document)
OF_SCHEMAS = {
    "not_text", "not_whole", "not_a_number", "not_a_switch", "not_a_list", "not_a_group",
    "not_a_choice", "not_allowed", "number_too_small", "number_too_large", "text_too_long",
    "text_too_short", "too_many_items", "too_few_items", "required_value", "not_a_file",
}  # fmt: skip


def fal_validator(document):
    openapi = document["openapi"]
    posted = next(ways["post"] for ways in openapi["paths"].values() if "post" in ways)
    ref = posted["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert pointed_at(openapi, ref)
    return Draft202012Validator({"$ref": ref, "components": openapi["components"]})


@pytest.mark.parametrize("name", sorted(CATALOG.request_types))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_the_schema_takes_is_posted_whole(name, data):
    request_type = CATALOG.request_type(name)
    values = data.draw(bodies(request_type.schema))
    body = body_of(request_type, values)
    wrong = [one for one in validate(request_type, values, {}) if one.code in OF_SCHEMAS]
    assert not [one for one in wrong if one.code != "required_value" or one.severity == "error"]
    assert body_of(request_type, body) == body
    assert json.loads(json.dumps(body)) == body
    order = list(request_type.schema["properties"])
    assert list(body) == sorted(body, key=order.index)
    kept = {key: value for key, value in values.items() if value is not None}
    fixed = {one.name for one in request_type.fields if one.required and len(one.enum) == 1}
    assert set(body) == set(kept) | fixed
    if name in DOCUMENTS:
        fal_validator(DOCUMENTS[name]).validate(body)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_what_fal_requires_is_asked_for(name):
    request_type = CATALOG.request_type(name)
    required = {error.validator for error in fal_validator(DOCUMENTS[name]).iter_errors({})}
    asked = {str(one.loc[0]) for one in validate(request_type, {}, {}) if one.loc}
    assert asked >= set(request_type.schema["required"])
    assert bool(required) == bool(request_type.schema["required"])


def test_every_document_has_a_validator_that_refuses():
    for document in DOCUMENTS.values():
        assert list(fal_validator(document).iter_errors(5))
