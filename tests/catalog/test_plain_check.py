import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kling_desktop.catalog.normal_form import normal_form
from kling_desktop.catalog.plain_check import plain_check
from tests.helpers.catalog import bodies, bundled, odd_schemas
from tests.helpers.records import json_values

TYPES = bundled().request_types


@given(odd_schemas, json_values)
def test_what_surely_fits_does_fit(raw, value):
    schema = normal_form(raw)
    if plain_check(schema)(value):
        assert Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("name", sorted(TYPES))
@settings(max_examples=5)
@given(data=st.data())
def test_what_a_form_holds_is_seen_at_once(name, data):
    assert plain_check(TYPES[name].schema)(data.draw(bodies(TYPES[name].schema)))


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer"}, True),
        ({"type": "string"}, 5),
        ({"enum": [1, 2]}, True),
        ({"enum": ["a"]}, "b"),
        ({"const": "a"}, "b"),
        ({"minimum": 3}, 2),
        ({"maximum": 3}, 4.5),
        ({"minLength": 2}, "a"),
        ({"maxItems": 1}, [1, 2]),
        ({"required": ["a"]}, {}),
        ({"properties": {"a": {"type": "string"}}}, {"a": 1}),
        ({"items": {"type": "string"}}, ["a", 1]),
        ({"not": {}}, 1),
        ({"multipleOf": 2}, 3),
        ({"type": ["string", "null"]}, 1),
    ],
)
def test_what_does_not_fit_does_not(schema, value):
    assert not plain_check(schema)(value)
