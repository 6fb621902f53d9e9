import json

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from kling_desktop.catalog.normal_form import normal_form, pointed_at
from tests.helpers.catalog import odd_schemas
from tests.helpers.records import json_values


def test_references_are_resolved_with_what_stands_beside_them():
    root = {"$defs": {"a/b": {"type": "string", "title": "Under"}}}
    found = normal_form({"$ref": "#/$defs/a~1b", "title": "Over"}, root)
    assert found == {"type": "string", "title": "Over"}


@pytest.mark.parametrize("ref", ["#/nothing", "other.json#/a", 5, "#/list/7", "#/list/x"])
def test_a_reference_to_nothing_leaves_the_value_free(ref):
    assert normal_form({"$ref": ref, "title": "T"}, {"list": [1]}) == {"title": "T"}


def test_pointers_go_through_lists():
    assert pointed_at({"a": [{"b": 1}]}, "#/a/0/b") == 1
    assert pointed_at({"a": 1}, "#") == {"a": 1}


def test_a_cycle_ends():
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}
    found = normal_form({"$ref": "#/$defs/Node"}, {"$defs": {"Node": node}})
    assert found["properties"]["next"] == {}


def test_a_schema_that_doubles_itself_ends():
    defs = {
        f"n{i}": {"properties": {side: {"$ref": f"#/$defs/n{i + 1}"} for side in "ab"}}
        for i in range(60)
    }
    text = json.dumps(normal_form({"$ref": "#/$defs/n0"}, {"$defs": defs}))
    assert len(text) < 3_000_000


def test_all_of_is_merged():
    found = normal_form(
        {
            "allOf": [
                {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                {"properties": {"b": {"type": "integer"}}, "required": ["b"], "title": "Part"},
            ],
            "title": "Whole",
        }
    )
    assert set(found["properties"]) == {"a", "b"}
    assert sorted(found["required"]) == ["a", "b"]
    assert found["title"] == "Whole"
    assert "allOf" not in found


def test_null_is_folded_wherever_it_stands():
    assert normal_form({"anyOf": [{"enum": ["a"], "type": "string"}, {"type": "null"}]}) == {
        "enum": ["a", None],
        "type": ["string", "null"],
    }
    assert normal_form({"const": "a", "nullable": True}) == {"enum": ["a", None]}
    two = {"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": True}
    assert {"type": "null"} in normal_form(two)["anyOf"]
    both = normal_form({"oneOf": [{"type": "string"}], "anyOf": [{"type": "integer"}]})
    assert both == {"type": "integer"}


def test_bounds_of_older_documents():
    assert normal_form({"minimum": 1, "exclusiveMinimum": True}) == {"exclusiveMinimum": 1}
    assert normal_form({"maximum": 1, "exclusiveMaximum": False}) == {"maximum": 1}


@pytest.mark.parametrize(
    "odd",
    [
        {"pattern": "("},
        {"pattern": "a{99999999999999999999}"},
        {"pattern": 5},
        {"minimum": "1"},
        {"minimum": True},
        {"maxLength": -1},
        {"maxLength": 1.5},
        {"multipleOf": 0},
        {"required": True},
        {"enum": "a"},
        {"enum": []},
        {"properties": []},
        {"anyOf": []},
        {"uniqueItems": "yes"},
        {"not": {"type": "file"}},
        {"items": [{}]},
        {"type": []},
    ],
)
def test_keywords_with_odd_values_are_dropped(odd):
    assert normal_form(odd) == {}


def test_pattern_properties_would_forbid_too_much_alone():
    given = {"patternProperties": {"^x": {}}, "additionalProperties": False}
    assert normal_form(given) == {}
    assert normal_form({"additionalProperties": False}) == {"additionalProperties": False}
    typed = {"additionalProperties": {"type": "string"}}
    assert normal_form(typed) == typed


def test_what_is_no_schema_is_free():
    assert normal_form("text") == {}
    assert normal_form(None) == {}


def test_very_deep_schemas_end():
    deep: dict = {}
    for _ in range(200):
        deep = {"items": deep}
    assert json.dumps(normal_form(deep)).count("items") < 40


@given(odd_schemas, json_values)
def test_any_schema_becomes_one_that_a_validator_can_run(schema, value):
    found = normal_form(schema)
    list(Draft202012Validator(found).iter_errors(value))


@given(odd_schemas)
def test_the_normal_form_of_the_normal_form_is_itself(schema):
    once = normal_form(schema)
    assert normal_form(once) == once
